"""Names stand in lists as a German reader looks for them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.sortkey import sort_key


@pytest.mark.parametrize(
    "order",
    [
        ["Aachen", "Aldenhoven", "Duisburg", "Düren", "Übach", "Udenbreth", "Vettweiß"],
        ["Mull", "Müll", "Muller", "Müller", "Mullerei"],
        ["Assemann", "Aßmann", "Astmann"],
        ["Masse", "Maße", "Massen"],
        ["Bad Münster", "Bad-Zimmer", "Badenweiler"],
        ["Neu Ulm", "Neudorf"],
        ["Maier", "Maier-Huber", "Mayer"],
        ["a", "A", "ä", "Ä", "b"],
        ["cote", "coté", "côte", "côté"],
        ["Gruppe A", "Gruppe 2", "Gruppe 10"],
        ["Zebra", "3. Weg"],
        ["„Papillon“ e. V.", "Pappel"],
        ["Łódź", "Lohn"],
    ],
)
def test_the_order_is_that_of_a_german_dictionary(order: list[str]) -> None:
    assert sorted(order, key=sort_key) == order
    assert all(sort_key(one) != sort_key(other) for one, other in pairwise(order))


@given(st.text())
def test_every_text_has_a_key_that_a_column_can_hold(text: str) -> None:
    key = sort_key(text)
    assert len(key) <= 200
    assert "\x00" not in key


@given(
    st.text(st.characters(categories=["L"]), max_size=30),
    st.text(st.characters(categories=["L"]), max_size=30),
)
def test_the_beginning_of_a_word_comes_before_the_word(start: str, end: str) -> None:
    assert sort_key(start) <= sort_key(start + " " + end)


@given(st.text(max_size=60))
def test_composed_and_decomposed_spellings_share_their_key(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))
