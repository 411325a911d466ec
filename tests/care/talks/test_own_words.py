"""A family says on its own page what shall be spoken about; only those hear it who may."""

from __future__ import annotations

from uuid import UUID

import pytest

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.types import Voice
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.core.actor import NOBODY, Actor, link_to
from tests.care.talks.table import HEALTH, SCHOOL, Table

WORDS = "Bitte über die Nachmittage sprechen, nicht über das Geld."


def own(person: UUID) -> Actor:
    """Somebody of the family on their own page."""
    return link_to(person, purpose="own-data")


def heard(actor: Actor, item: UUID) -> list[tuple[Voice, str]]:
    """What the actor reads of an item."""
    return [(each.voice, each.text) for each in selectors.contributions(actor, item)]


def test_parents_say_it_for_their_child_and_only_offices_that_may_hear_read_it(table: Table) -> None:
    item = table.named().id
    assert [talk.about for talk in selectors.own_talks(own(table.mother))] == [table.child]
    services.say_for_oneself(item, words=WORDS, actor=own(table.mother))
    assert heard(table.bringer, item) == [(Voice.FAMILY, WORDS)]
    assert heard(table.speaker(SCHOOL), item) == []
    table.both_agree(SCHOOL)
    assert heard(table.speaker(SCHOOL), item) == [(Voice.FAMILY, WORDS)]
    assert heard(table.speaker(HEALTH), item) == []


def test_new_words_stand_in_place_of_the_old_and_none_take_them_back(table: Table) -> None:
    item = table.named().id
    for words in ("erst dies", WORDS):
        services.say_for_oneself(item, words=words, actor=own(table.mother))
    assert heard(table.bringer, item) == [(Voice.FAMILY, WORDS)]
    assert [talk.words for talk in selectors.own_talks(own(table.mother))] == [WORDS]
    services.say_for_oneself(item, words="", actor=own(table.mother))
    assert heard(table.bringer, item) == []


def test_what_one_parent_says_neither_the_other_nor_the_child_reads(table: Table) -> None:
    item = table.named().id
    services.say_for_oneself(item, words=WORDS, actor=own(table.mother))
    assert [talk.words for talk in selectors.own_talks(own(table.father))] == [""]
    for other in (table.father, table.child):
        assert selectors.about_person(own(other), table.child) == []
    services.say_for_oneself(item, words="vom Vater", actor=own(table.father))
    assert {text for _voice, text in heard(table.bringer, item)} == {WORDS, "vom Vater"}


def test_the_child_reads_its_own_words(table: Table) -> None:
    item = table.named().id
    services.say_for_oneself(item, words="Ich will Fußball spielen.", actor=own(table.child))
    found = selectors.about_person(own(table.child), table.child)
    assert [each.text for each in found] == ["Ich will Fußball spielen."]


def test_nobody_else_says_anything_and_nothing_after_it_was_taken_off(table: Table) -> None:
    item = table.named().id
    stranger = table.world.worker(table.offices[SCHOOL]).person
    for other in (own(stranger), table.bringer, table.speaker(SCHOOL), NOBODY):
        assert selectors.own_talks(other) == []
        with pytest.raises(NotYours):
            services.say_for_oneself(item, words=WORDS, actor=other)
    services.take_back(item, actor=table.bringer, now=table.talk.starts_at)
    assert selectors.own_talks(own(table.mother)) == []
    with pytest.raises(NotYours):
        services.say_for_oneself(item, words=WORDS, actor=own(table.mother))
