"""Whoever copies a code from paper with one slip is told so, and no slip leads to somebody else's code."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.codes import ALPHABET, DRAWN, LENGTH, NotACode, Slip, compose, grouped, read

numbers = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=DRAWN, max_size=DRAWN)
codes = numbers.map(compose)


def slip_in(typed: str) -> Slip | None:
    try:
        read(typed)
    except NotACode as error:
        return error.slip
    return None


def test_the_alphabet_is_a_prime_number_of_signs_that_nobody_confuses() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    for alike in ("0OQ", "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert sum(sign in ALPHABET for sign in alike) <= 1
    assert not set("AEIOUÄÖÜ") & set(ALPHABET)


@given(numbers)
def test_what_is_composed_is_read_again(drawn: list[int]) -> None:
    code = compose(drawn)
    assert len(code) == LENGTH
    assert read(code) == code
    assert read(grouped(code)) == code


@given(codes)
def test_every_single_wrong_character_is_found(code: str) -> None:
    for place in range(LENGTH):
        for sign in ALPHABET.replace(code[place], ""):
            assert slip_in(code[:place] + sign + code[place + 1 :]) is Slip.CHECK


@given(codes)
def test_every_two_characters_that_changed_places_are_found(code: str) -> None:
    for one, other in combinations(range(LENGTH), 2):
        if code[one] == code[other]:
            continue
        signs = list(code)
        signs[one], signs[other] = signs[other], signs[one]
        assert slip_in("".join(signs)) is Slip.CHECK


@given(codes, st.integers(0, LENGTH - 1))
def test_a_character_too_few_or_too_many_is_found(code: str, place: int) -> None:
    assert slip_in(code[:place] + code[place + 1 :]) is Slip.LENGTH
    assert slip_in(code[:place] + "2" + code[place:]) is Slip.LENGTH


@given(codes)
def test_case_and_gaps_do_not_matter(code: str) -> None:
    spaced = " ".join(grouped(code).split("-")).lower()
    for typed in (spaced, f"  {grouped(code)}\n", grouped(code).replace("-", "–"), "\u200e" + code):
        assert read(typed) == code


@given(codes)
def test_a_sign_that_is_never_printed_is_read_as_what_it_looks_like(code: str) -> None:
    misread = code.translate(str.maketrans("2568V", "ZsGbu"))
    assert read(misread) == code


@given(codes)
def test_keyboards_with_other_digits_and_letters_work(code: str) -> None:
    arabic = code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))
    cyrillic = code.translate(str.maketrans("CHKMPTXY", "СНКМРТХУ"))
    assert read(arabic) == read(cyrillic) == code


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_code_or_a_slip(typed: str) -> None:
    slip = slip_in(typed)
    assert slip is not None or len(read(typed)) == LENGTH


@pytest.mark.parametrize("drawn", [[0] * 10, [0] * 12, [23] + [0] * 10, [-1] + [0] * 10])
def test_only_eleven_numbers_below_the_base_make_a_code(drawn: list[int]) -> None:
    with pytest.raises(ValueError, match="11 numbers"):
        compose(drawn)


def test_a_sign_of_no_alphabet_is_named_as_such() -> None:
    assert slip_in("2345-6789-CDFÄ") is Slip.CHARACTER
    assert slip_in("2345-6789-CDF0") is Slip.CHARACTER
