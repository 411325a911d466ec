"""Canonical JSON is one text for one value, and no change of a chain goes unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lueckenlos.kernels.ledger import (
    GENESIS,
    Break,
    Entry,
    Fault,
    Head,
    NotCanonical,
    canonical,
    entry_hash,
    is_signed,
    payload_hash,
    sign,
    verify,
)

CHAIN = "county"
texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=5,
)


def chain(bodies: list[str], *, personal: bool = True) -> list[Entry]:
    entries: list[Entry] = []
    previous = GENESIS
    for place, body in enumerate(bodies, start=1):
        salt, content = (
            (bytes([place % 256]) * 16, f'{{"name":"{place}"}}') if personal and place % 2 else (None, None)
        )
        hashed = payload_hash(salt, content) if salt is not None and content is not None else None
        bare = Entry(place, f"2026-11-01T10:00:00.{place:06d}Z", body, hashed, previous, "", salt, content)
        previous = entry_hash(CHAIN, bare)
        entries.append(bare._replace(hash=previous))
    return entries


def head_of(entries: list[Entry]) -> Head:
    return Head(CHAIN, entries[-1].sequence, entries[-1].hash)


bodies = st.lists(
    values.map(lambda value: canonical({"deed": "a.deed", "details": value})), min_size=2, max_size=9
)


@given(values)
def test_the_canonical_text_is_json_of_the_same_value(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(texts, values, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_the_canonical_text_has_no_room_for_taste() -> None:
    assert (
        canonical({"b": [1, True, None], "ä": 'ß\n"\\', "a": {}})
        == '{"a":{},"b":[1,true,null],"ä":"ß\\n\\"\\\\"}'
    )
    # RFC 8785 orders keys by UTF-16 units: a sign beyond the first plane comes before U+FFFF's neighbors.
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53, {1: "a"}, {"a": {3}}, b"a", "\ud800", {"\ud800": 1}]
)
def test_what_has_no_one_text_is_refused_with_its_place(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical({"details": [value]})


@given(bodies)
def test_an_untouched_chain_holds_to_its_end(texts_: list[str]) -> None:
    entries = chain(texts_)
    verdict = verify(CHAIN, entries, head=head_of(entries), seals=[head_of(entries[:1]), head_of(entries)])
    assert verdict.holds
    assert verdict.head == head_of(entries)


@given(bodies, st.data())
def test_an_edit_is_found_at_its_place(texts_: list[str], data: st.DataObject) -> None:
    entries = chain(texts_)
    place = data.draw(st.integers(0, len(entries) - 1))
    change: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"body": '{"deed":"another"}'},
                {"time": "2026-11-01T10:00:01.000000Z"},
                {"payload_hash": "0" * 64},
                {"hash": "0" * 64},
            ]
        )
    )
    entries[place] = entries[place]._replace(**change)
    assert verify(CHAIN, entries).broken == Break(CHAIN, place + 1, Fault.EDITED)


@given(bodies, st.data())
def test_an_edit_with_a_fresh_hash_is_found_at_the_next_entry(texts_: list[str], data: st.DataObject) -> None:
    entries = chain(texts_)
    head = head_of(entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    forged = entries[place]._replace(body='{"deed":"another"}')
    entries[place] = forged._replace(hash=entry_hash(CHAIN, forged))
    broken = verify(CHAIN, entries, head=head).broken
    last = place == len(entries) - 1
    assert broken == (
        Break(CHAIN, place + 1, Fault.EDITED) if last else Break(CHAIN, place + 2, Fault.DETACHED)
    )


@given(bodies, st.data())
def test_a_deleted_entry_is_named_by_its_own_number(texts_: list[str], data: st.DataObject) -> None:
    entries = chain(texts_)
    head = head_of(entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    del entries[place]
    fault = Fault.CUT_OFF if place == len(entries) else Fault.MISSING
    assert verify(CHAIN, entries, head=head).broken == Break(CHAIN, place + 1, fault)


@given(bodies, st.data())
def test_two_entries_that_changed_places_are_found(texts_: list[str], data: st.DataObject) -> None:
    entries = chain(texts_)
    first, second = sorted(
        data.draw(st.lists(st.integers(0, len(entries) - 1), min_size=2, max_size=2, unique=True))
    )
    one, other = entries[first], entries[second]
    entries[first], entries[second] = other._replace(sequence=first + 1), one._replace(sequence=second + 1)
    assert verify(CHAIN, entries).broken == Break(CHAIN, first + 1, Fault.EDITED)


@given(bodies, st.data())
def test_an_inserted_entry_is_found(texts_: list[str], data: st.DataObject) -> None:
    entries = chain(texts_)
    head = head_of(entries)
    place = data.draw(st.integers(1, len(entries)))
    extra = Entry(place + 1, entries[place - 1].time, "{}", None, entries[place - 1].hash, "")
    later = [entry._replace(sequence=entry.sequence + 1) for entry in entries[place:]]
    entries = [*entries[:place], extra._replace(hash=entry_hash(CHAIN, extra)), *later]
    broken = verify(CHAIN, entries, head=head).broken
    assert broken is not None
    assert broken.sequence in {place + 1, place + 2}


@given(bodies, st.data())
def test_a_cut_end_is_found_against_a_seal_even_if_the_head_was_turned_back(
    texts_: list[str], data: st.DataObject
) -> None:
    entries = chain(texts_)
    seal = head_of(entries)
    kept = entries[: data.draw(st.integers(1, len(entries) - 1))]
    assert verify(CHAIN, kept, head=head_of(kept)).holds
    broken = verify(CHAIN, kept, head=head_of(kept), seals=[seal]).broken
    assert broken == Break(CHAIN, len(kept) + 1, Fault.CUT_OFF)


@given(bodies, bodies)
def test_a_chain_written_anew_is_not_the_one_that_was_sealed(texts_: list[str], others: list[str]) -> None:
    assume(texts_[: len(others)] != others and len(others) >= len(texts_))
    seal = head_of(chain(texts_))
    anew = chain(others)
    assume(anew[seal.sequence - 1].hash != seal.hash)
    assert verify(CHAIN, anew, head=head_of(anew), seals=[seal]).broken == Break(
        CHAIN, seal.sequence, Fault.NOT_AS_SEALED
    )


def test_an_entry_of_one_chain_does_not_fit_into_another() -> None:
    assert verify("organization:1", chain(["{}", "{}"])).broken == Break("organization:1", 1, Fault.EDITED)


def test_a_personal_part_must_be_whole_or_blackened_by_a_recorded_deed() -> None:
    entries = chain(['{"deed":"a.deed"}'] * 3)
    changed = [entries[0]._replace(payload="x"), *entries[1:]]
    assert verify(CHAIN, changed).broken == Break(CHAIN, 1, Fault.PAYLOAD_EDITED)
    gone = [entries[0]._replace(salt=None, payload=None), *entries[1:]]
    assert verify(CHAIN, gone).broken == Break(CHAIN, 1, Fault.PAYLOAD_MISSING)
    black = [gone[0]._replace(blackened=True), *entries[1:]]
    assert verify(CHAIN, black).broken == Break(CHAIN, 1, Fault.PAYLOAD_BLACKENED_UNRECORDED)
    half = [entries[0]._replace(blackened=True), *entries[1:]]
    assert verify(CHAIN, half).broken == Break(CHAIN, 1, Fault.PAYLOAD_EDITED)
    deed = canonical({"deed": "audit.blackened", "details": {"sequences": [1]}})
    recorded = chain(['{"deed":"a.deed"}', '{"deed":"a.deed"}', deed])
    recorded[0] = recorded[0]._replace(salt=None, payload=None, blackened=True)
    assert verify(CHAIN, recorded).holds
    # A deed of another name that only mentions the word explains nothing.
    lie = canonical({"deed": "a.deed", "details": {"sequences": [1], "x": "audit.blackened"}})
    liar = chain(['{"deed":"a.deed"}', '{"deed":"a.deed"}', lie])
    liar[0] = liar[0]._replace(salt=None, payload=None, blackened=True)
    assert verify(CHAIN, liar).broken == Break(CHAIN, 1, Fault.PAYLOAD_BLACKENED_UNRECORDED)


def test_an_empty_chain_holds_unless_something_was_promised() -> None:
    assert verify(CHAIN, []).holds
    assert verify(CHAIN, [], seals=[Head(CHAIN, 3, "a" * 64)]).broken == Break(CHAIN, 1, Fault.CUT_OFF)
    assert verify(CHAIN, [], seals=[Head("other", 3, "a" * 64)]).holds


def test_a_signature_belongs_to_one_text_and_one_key() -> None:
    signature = sign("ein Text", b"key")
    assert is_signed("ein Text", signature, b"key")
    assert not is_signed("ein text", signature, b"key")
    assert not is_signed("ein Text", signature, b"kez")
