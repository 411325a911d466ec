"""What looks like the same thing twice: side by side, and a decision that stays."""

from collections.abc import Callable

import pytest
from django.test import Client

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import Rule
from lueckenlos.steering.chain.models import DuplicateDecision
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.selectors.duplicates import (
    Aspect,
    double,
    doubles,
    group_key,
    on_purpose,
    past_decisions,
    shared_words,
)
from lueckenlos.steering.chain.services.access import NotCoordination
from lueckenlos.steering.chain.services.duplicates import decide_duplicate
from lueckenlos.steering.chain.types import DuplicateVerdict
from tests.house.fences import bad_skeleton

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_every_group_comes_with_what_is_the_same() -> None:
    found = doubles()
    assert found
    for each in found:
        same = {row.aspect for row in each.evidence if row.is_same}
        assert Aspect.KIND in same
        assert len(each.services) >= 2
        assert each.state is None
        if each.group.rule == "same_place_and_weekday" and len(each.services) == 2:
            assert Aspect.WEEKDAYS in same


def test_the_order_of_services_does_not_change_a_groups_key() -> None:
    assert group_key(["b", "a"]) == group_key(["a", "b"]) != group_key(["a", "b", "c"])


def test_words_that_all_texts_share_are_named() -> None:
    texts = [
        "Beratung bei Überschuldung, kostenlos.",
        "Kostenlose Beratung: Überschuldung ist kein Schicksal.",
    ]
    assert shared_words(texts) == ("überschuldung", "beratung")
    assert shared_words([]) == ()


def test_a_decision_counts_until_the_next_and_both_stay_readable(coordination: Actor) -> None:
    first = doubles()[0]
    keys = first.group.services
    decide_duplicate(
        keys, decision=DuplicateVerdict.TALK, note="Bis März", actor=coordination, now=clock.now()
    )
    decide_duplicate(
        keys, decision=DuplicateVerdict.INTENDED, note="Zwei Sprachen", actor=coordination, now=clock.now()
    )
    again = double(first.key)
    assert again is not None
    assert again.state is DuplicateVerdict.INTENDED
    assert [each.note for each in again.decisions] == ["Zwei Sprachen", "Bis März"]
    assert on_purpose() == (frozenset(keys),)


def test_a_cell_says_that_a_double_is_on_purpose(coordination: Actor, signed_in: SignIn) -> None:
    chain = drawn().chain
    cell, reason = next(
        (cell, reason) for cell in chain.cells for reason in cell.reasons if reason.rule is Rule.DOUBLE
    )
    group = next(each for each in doubles() if set(reason.services) <= set(each.group.services))
    client, address = signed_in("koordination"), f"/kette/zelle/{cell.area}/{cell.phase}/{cell.field}/"
    assert "So gewollt" not in client.get(address).content.decode()
    decide_duplicate(
        group.group.services,
        decision=DuplicateVerdict.INTENDED,
        note="Zwei Sprachen",
        actor=coordination,
        now=clock.now(),
    )
    assert "So gewollt" in client.get(address).content.decode()


def test_nobody_else_decides(titz: Actor) -> None:
    with pytest.raises(NotCoordination):
        decide_duplicate(("a", "b"), decision=DuplicateVerdict.MERGED, note="", actor=titz, now=clock.now())
    assert not DuplicateDecision.objects.exists()


def test_a_group_that_is_gone_keeps_its_decision(coordination: Actor) -> None:
    decide_duplicate(
        ("weg-eins", "weg-zwei"),
        decision=DuplicateVerdict.MERGED,
        note="",
        actor=coordination,
        now=clock.now(),
    )
    past = past_decisions(without=[each.key for each in doubles()])
    assert [keys for keys, _decision in past] == [("weg-eins", "weg-zwei")]


def test_coordination_decides_on_the_page_and_the_group_leaves_the_open_ones(signed_in: SignIn) -> None:
    client, first = signed_in("koordination"), doubles()[0]
    page = client.get("/kette/doppelt/").content.decode()
    assert bad_skeleton(page) == []
    assert first.services[0].name in page
    address = f"/kette/doppelt/{first.key}/"
    assert bad_skeleton(client.get(address).content.decode()) == []
    missing = client.post(address, {})
    assert missing.status_code == 422
    assert "Bitte wählen Sie, was daraus wird." in missing.content.decode()
    groundless = client.post(address, {"decision": "intended", "note": ""})
    assert "Bitte schreiben Sie, warum das so gewollt ist." in groundless.content.decode()
    odd = client.post(address, {"decision": "burn", "note": "x"})
    assert "„burn“ gibt es nicht" in odd.content.decode()
    assert client.post(address, {"decision": "intended", "note": "Zwei Zielgruppen"}).status_code == 302
    assert address not in client.get("/kette/doppelt/").content.decode()
    kept = client.get("/kette/doppelt/?stand=gewollt").content.decode()
    assert address in kept
    assert "Zwei Zielgruppen" in kept
    assert client.get("/kette/doppelt/?stand=unsinn").status_code == 200


@pytest.mark.parametrize("person", ["kommune", "anbieter", "familienbuero"])
def test_a_stranger_does_not_learn_that_the_page_exists(signed_in: SignIn, person: str) -> None:
    client, key = signed_in(person), doubles()[0].key
    assert client.get("/kette/doppelt/").status_code == 404
    assert client.get(f"/kette/doppelt/{key}/").status_code == 404
    assert client.post(f"/kette/doppelt/{key}/", {"decision": "talk"}).status_code == 404
    assert signed_in("koordination").get("/kette/doppelt/gibt-es-nicht/").status_code == 404
