"""In which of its languages a family is written to."""

from __future__ import annotations

from django.conf import settings

from lueckenlos.commons.families.types import PersonView


def language_of(person: PersonView | None) -> str:
    """The first of a person's languages that the house speaks, else German."""
    spoken = dict(settings.LANGUAGES)
    return next((each for each in person.languages if each in spoken), "de") if person is not None else "de"
