"""Groups that may find a door closed: who speaks a language, needs no steps, has no money or cannot wait.

What is not known of a service (barrier-free or not, no language given) opens the door at most, never at least. A
waiting time that nobody gave is none: it would close every door whose provider has no list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.types import Bools, Service, Settings

BARRIER_FREE: Final = "barrier_free"
FREE: Final = "free"
NO_WAITING: Final = "no_waiting"
LANGUAGE: Final = "language:"
"""Before the code of a language: `language:tr`."""


@dataclass(frozen=True, eq=False)
class Group:
    """A group with the services that are surely open to it, and those that may be (a superset)."""

    key: str
    surely: Bools
    maybe: Bools


def groups(services: Sequence[Service], *, settings: Settings) -> tuple[Group, ...]:
    """Every group of the county: languages that enough children's families speak, then the other three."""
    languages = sorted(
        language for language, share in settings.group_languages.items() if share >= settings.language_share
    )
    access = [each.accessible for each in services]
    spoken = [
        _group(
            LANGUAGE + language,
            [language in each.languages for each in services],
            [language in each.languages or not each.languages for each in services],
        )
        for language in languages
    ]
    free = [each.is_free for each in services]
    soon = [each.waiting_weeks is None or each.waiting_weeks <= settings.waiting_weeks for each in services]
    return (
        *spoken,
        _group(BARRIER_FREE, [each is True for each in access], [each is not False for each in access]),
        _group(FREE, free, free),
        _group(NO_WAITING, soon, soon),
    )


def _group(key: str, surely: Sequence[bool], maybe: Sequence[bool]) -> Group:
    return Group(key, np.array(surely, dtype=np.bool_), np.array(maybe, dtype=np.bool_))
