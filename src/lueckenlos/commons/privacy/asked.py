"""What the page says to the one who is asked: in two languages, line by line, with the picture before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import picture, selectors
from lueckenlos.commons.privacy.picture import Line, Picture, Standing
from lueckenlos.commons.privacy.rights import GivenView
from lueckenlos.commons.privacy.types import DraftAnswer, DraftView, Mode, ScopeValue, TextView
from lueckenlos.commons.privacy.wording import CATEGORIES, MODES, PURPOSES
from lueckenlos.core.actor import Actor

GERMAN: Final = "de"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One thing that can be allowed: its place among the scopes, and its words in both languages."""

    place: int
    label: str
    second: str
    icon: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OfficeRows:
    """One office for one purpose with the lines that it asks for."""

    name: str
    purpose: str
    second: str
    rows: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """The office that asks, and how to reach it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One line that still holds, as it can be taken back."""

    scope: UUID
    office: str
    label: str
    purpose: str


@dataclass(frozen=True, slots=True)
class AskedPage:
    """Everything on the page of the one who is asked."""

    draft: DraftView
    text: TextView
    second: TextView | None
    office: Office
    offices: tuple[OfficeRows, ...]
    given: tuple[GivenView, ...]
    picture: Picture
    until: str

    @property
    def is_open(self) -> bool:
        """The answer is still to come."""
        return self.draft.answer is DraftAnswer.OPEN

    @property
    def is_for_another(self) -> bool:
        """It is about a child, so others may have to agree too."""
        return self.draft.asked != self.draft.subject

    @property
    def open_lines(self) -> list[GivenView]:
        """What was allowed and still holds."""
        return [each for each in self.given if each.is_open]

    @property
    def open_rows(self) -> list[GivenRow]:
        """The same in words, by office."""
        names = directory.organization_names({each.value.organization for each in self.open_lines})
        rows = [
            GivenRow(
                each.scope,
                names.get(each.value.organization, ""),
                str(CATEGORIES[each.value.category]),
                _what_for(each.value),
            )
            for each in self.open_lines
        ]
        return sorted(rows, key=lambda row: (row.office, row.purpose))


def asked_page(
    actor: Actor,
    key: UUID,
    *,
    language: str,
    beside: str = GERMAN,
    chosen: Iterable[int] = (),
    now: datetime,
) -> AskedPage | None:
    """Gather the page of a question; nothing where it may not be known, or its time is over."""
    draft = selectors.draft(actor, key)
    if draft is None or draft.answer is DraftAnswer.REVOKED:
        return None
    if draft.answer is DraftAnswer.OPEN and draft.expires_at <= now:
        return None
    given = tuple(selectors.draft_given(actor, key))
    return AskedPage(
        draft=draft,
        text=selectors.text(draft.text.id, language=language) or draft.text,
        second=second_text(draft, language=language, beside=beside),
        office=office_of(actor, key),
        offices=office_rows(draft.scopes, language=language, beside=beside, chosen=frozenset(chosen)),
        given=given,
        picture=picture.picture_of(lines_after(given) if given else lines_before(draft)),
        until=picture.day(draft.valid_until),
    )


def second_text(draft: DraftView, *, language: str, beside: str) -> TextView | None:
    """The same text in the language beside it; none where there is only one language on the sofa."""
    if beside == language or beside not in dict(settings.LANGUAGES):
        return None
    found = selectors.text(draft.text.id, language=beside)
    return found if found is not None and found.language == beside else None


def office_of(actor: Actor, key: UUID) -> Office:
    """The office that asks."""
    asker = selectors.draft_asker(actor, key)
    if asker is None:
        return Office("", "")
    names, phones = directory.organization_names([asker]), directory.organization_phones([asker])
    return Office(names.get(asker, ""), phones.get(asker, ""))


def office_rows(
    scopes: Sequence[ScopeValue], *, language: str, beside: str, chosen: frozenset[int]
) -> tuple[OfficeRows, ...]:
    """The lines by office and purpose, each with its place among the scopes."""
    names = directory.organization_names({scope.organization for scope in scopes})
    grouped: dict[tuple[UUID, str, str], list[int]] = {}
    for place, scope in enumerate(scopes):
        grouped.setdefault((scope.organization, scope.purpose.value, scope.mode.value), []).append(place)
    other = beside if beside != language else ""
    found = []
    for (organization, _purpose, _mode), places in grouped.items():
        first = scopes[places[0]]
        found.append(
            OfficeRows(
                name=names.get(organization, ""),
                purpose=_what_for(first),
                second=said(_lazy_what_for(first), other),
                rows=tuple(
                    LineRow(
                        place=place,
                        label=str(CATEGORIES[scopes[place].category]),
                        second=said([CATEGORIES[scopes[place].category]], other),
                        icon=picture.ICONS[scopes[place].category],
                        is_chosen=place in chosen,
                    )
                    for place in places
                ),
            )
        )
    return tuple(sorted(found, key=lambda each: each.name))


def said(words: Iterable[Promise | str], language: str) -> str:
    """The same words in another language; empty without one."""
    if not language:
        return ""
    with translation.override(language):
        return ", ".join(str(each) for each in words)


def lines_before(draft: DraftView) -> list[Line]:
    """What the question would open."""
    return [Line(scope, draft.valid_until, Standing.ASKED) for scope in draft.scopes]


def lines_after(given: Iterable[GivenView]) -> list[Line]:
    """What was allowed: open, waiting for others, or taken back."""
    return [Line(each.value, each.until, _standing(each)) for each in given]


def _standing(given: GivenView) -> Standing:
    if not given.is_open:
        return Standing.ENDED
    return Standing.OPEN if given.is_released else Standing.WAITING


def _lazy_what_for(scope: ScopeValue) -> list[Promise | str]:
    purpose = PURPOSES[scope.purpose]
    return [purpose] if scope.mode is Mode.VIEW else [purpose, MODES[scope.mode]]


def _what_for(scope: ScopeValue) -> str:
    return ", ".join(str(each) for each in _lazy_what_for(scope))
