"""A word is mended only where another one was likelier meant, and then the right one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.text.folding import clean, fold
from lueckenlos.kernels.text.mending import understand
from lueckenlos.kernels.text.spelling import Speller, allowed_changes
from tests.kernels.text.test_words import analyzer

WORDS = {
    "Kind": 753, "Kinder": 648, "Väter": 129, "Carer": 2, "ohne": 158, "nicht": 300, "bricht": 1, "Schule": 250,
    "Scheu": 1, "Boxen": 3, "Krabbelgruppe": 40, "Hausaufgaben": 30, "Düren": 60, "Sprachförderung": 12,
    "Grundschule": 55, "Gewalt": 20, "mein": 306, "Chor": 9, "Feld": 1, "über": 150, "schwanger": 30,
    "Jugendfeuerwehr": 42, "Hilfe": 200, "Selbsthilfe": 8,
}  # fmt: skip
SPELLER = Speller(WORDS)
LONG = sorted(word for word in WORDS if len(word) >= 8)


def meant(text: str) -> str:
    return understand(text, analyzer=analyzer(), speller=SPELLER, known=lambda key: False, lang="de").text


def swapped(word: str, at: int) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


ERRORS: list[Callable[[str, int], str]] = [
    lambda word, at: word[:at] + word[at + 1 :],
    lambda word, at: word[: at + 1] + word[at:],
    swapped,
]


@given(st.sampled_from(sorted(WORDS)), st.sampled_from([str.upper, str.lower, str.capitalize, fold]))
def test_a_known_word_is_never_mended_however_it_is_written(word: str, written: Callable[[str], str]) -> None:
    assert SPELLER.mend(written(word)) is None


@given(st.sampled_from(LONG), st.integers(0, 14), st.sampled_from(ERRORS))
def test_one_error_anywhere_in_a_long_word_is_mended(
    word: str, at: int, err: Callable[[str, int], str]
) -> None:
    typed = err(word, at % len(word))
    if fold(typed) != fold(word):
        mended = SPELLER.mend(typed)
        assert mended and mended.meant == word


@given(st.text(alphabet="abcdefghiklmnorstuwzäöüß", min_size=1, max_size=16))
def test_what_is_mended_is_a_known_word_with_no_more_changes_than_allowed(typed: str) -> None:
    mended = SPELLER.mend(typed)
    if mended is not None:
        assert mended.meant in WORDS
        assert 0 < mended.distance <= allowed_changes(len(typed))


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_and_what_was_mended_stood_there(text: str) -> None:
    understood = understand(text, analyzer=analyzer(), speller=SPELLER, known=lambda key: False, lang="de")
    assert all(one.meant in understood.text for one in understood.mended)
    assert understood.mended or len(understood.text) <= len(clean(text))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cäter", "Väter"),
        ("bicht", "nicht"),
        ("Schue", "Schule"),
        ("xhor", "Chor"),
        ("achule", "Schule"),
        ("pber", "über"),
    ],
)
def test_the_commoner_word_was_meant_where_two_are_near(typed: str, expected: str) -> None:
    assert meant(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), [("Väer", "Väter"), ("Boen", "Boxen")])
def test_a_letter_missing_before_an_e_makes_no_umlaut(typed: str, expected: str) -> None:
    assert meant(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("hne", "ohne"), ("Knd", "Kind"), ("KND", "KND"), ("xyz", "xyz")]
)
def test_of_three_letters_one_may_be_missing_but_an_abbreviation_stands(typed: str, expected: str) -> None:
    assert meant(typed) == expected


def test_a_word_that_no_service_holds_any_more_is_forgotten() -> None:
    speller = Speller({"Klettern": 0, "Klettergarten": 2})
    assert "Klettern" not in speller
    assert speller.mend("Kletern") is None


def test_only_the_word_itself_is_mended_not_the_same_letters_in_another() -> None:
    assert meant("Kinder und Knd") == "Kinder und Kind"
    assert meant("Gewalt und Gewal") == "Gewalt und Gewalt"


@pytest.mark.parametrize("text", ["Grundschulkind", "Sprachförderung Grundschulkind", "Hausaufgabenhilfe"])
def test_a_compound_is_right_in_the_form_that_its_parts_take_before_others(text: str) -> None:
    assert meant(text) == text


def test_a_word_that_german_has_is_not_mended_into_a_commoner_one() -> None:
    assert meant("das Geld der Wälder") == "das Geld der Wälder"


def test_a_letter_twice_is_mended_even_where_german_could_bend_a_word_so() -> None:
    rare = Speller({"Schule": 60, "mein": 60})
    understood = understand(
        "meinn Schulee", analyzer=analyzer(), speller=rare, known=lambda key: False, lang="de"
    )
    assert understood.text == "mein Schule"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("geschuttelt", "geschüttelt"),
        ("Schulen fur Madchen", "Schulen für Mädchen"),
        ("Ubergang", "Übergang"),
        ("Duren", "Duren"),
        ("mein Vater", "mein Vater"),
        ("meine Mutter schon", "meine Mutter schon"),
    ],
)
def test_dots_are_put_where_the_word_is_none_without_them(typed: str, expected: str) -> None:
    assert meant(typed) == expected
