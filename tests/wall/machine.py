"""The state machine: deeds in any order, and after each every row is compared as every actor sees it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import psycopg
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from lueckenlos.config.house import connect_to
from tests import servers
from tests.core.databases import superuser_url
from tests.wall import deeds_consents, deeds_files, deeds_rooms
from tests.wall.play import Play, Tally

Deed = Callable[[Play, Random], None]
DEEDS: tuple[Deed, ...] = (*deeds_files.DEEDS, *deeds_consents.DEEDS, *deeds_rooms.DEEDS)
MOST_AT_FIRST = 130
_PICK = st.integers(0, 2**32 - 1)


class Wall(RuleBasedStateMachine):
    """One county from its first file on; each deed is followed by all comparisons."""

    tally = Tally()

    def __init__(self) -> None:
        super().__init__()
        self.url = servers.clone(servers.EMPTY)
        connect_to(self.url)
        self.past = psycopg.connect(superuser_url(self.url), autocommit=True)
        self.play = Play(self.url, self.past, tally=self.tally)

    def teardown(self) -> None:
        """Throw the county away."""
        self.play.close()
        self.past.close()
        connection.close()
        servers.drop(self.url)

    @initialize(pick=_PICK)
    def begin(self, pick: int) -> None:
        """A few files with people, words and consents, so that there is something to see from the first step on."""
        begin(self.play, Random(pick))

    def do(self, deed: Deed, pick: int) -> None:
        """One deed, then everything compared."""
        before = self.play.facts
        deed(self.play, Random(pick))
        if self.play.facts is not before:
            check(self.play)


def begin(play: Play, rnd: Random) -> None:
    """Lay a county out."""
    for _ in range(4):
        deeds_files.open_file(play, rnd)
    first = (
        *[deeds_rooms.write] * 12,
        *[deeds_consents.consent] * 12,
        *[deeds_files.protect] * 2,
        *[deeds_files.cover] * 2,
        *[deeds_rooms.follow] * 3,
        *[deeds_rooms.relate] * 3,
        *[deeds_rooms.refer] * 2,
        deeds_rooms.set_goal,
        deeds_rooms.set_goal,
        deeds_rooms.add_document,
        deeds_rooms.answer_report,
        deeds_consents.ask,
        deeds_consents.disclose,
        deeds_files.add_known,
    )
    while play.facts.count < MOST_AT_FIRST:
        for deed in first:
            deed(play, rnd)


def check(play: Play) -> None:
    """Nothing derived wrongly, nothing open without consent, and everybody sees what they may."""
    assert play.misderived() == set()
    assert play.unfounded() == []
    differences = play.compare()
    assert differences == [], differences[:3]


def _rule(deed: Deed) -> Any:
    def step(self: Wall, pick: int) -> None:
        self.do(deed, pick)

    step.__name__ = step.__qualname__ = deed.__name__
    step.__doc__ = deed.__doc__
    return rule(pick=_PICK)(step)


# One rule for each deed; a deed that stands twice in its list is done twice as often.
for _number, _deed in enumerate(DEEDS):
    setattr(Wall, f"{_deed.__name__}_{_number}", _rule(_deed))
