"""Whatever somebody types into the search is answered in a clear sentence, and shown as words alone."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LONG = "Das ist ein langer Text. Wir haben nur den Anfang gelesen."


def told(**given: str) -> str:
    answer = Client().get("/suche/", given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_of_a_letter_only_the_beginning_is_read_and_that_is_said() -> None:
    page = told(q="Hilfe " * 1_700)

    assert LONG in page
    assert page.count("Hilfe Hilfe Hilfe") < 100
    assert LONG not in told(q="Hilfe bei Schulden")


@pytest.mark.parametrize("age", ["hundert", "99", "-", "3 Jahre", "<b>3</b>"])
def test_what_is_no_age_is_named(age: str) -> None:
    page = told(q="Kurs", alter=age)

    assert "verstehen wir nicht als Alter" in page
    assert "<b>3" not in page


@pytest.mark.parametrize("age", ["", "3", "0,5", "17"])
def test_an_age_is_understood_without_a_word(age: str) -> None:
    assert "verstehen wir nicht als Alter" not in told(q="Kurs", alter=age)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("Köln", "„Köln“ liegt nicht im Kreis."),
        ("Xyzzy", "Den Ort „Xyzzy“ kennen wir nicht."),
        ("'; DROP TABLE places_village; --", "kennen wir nicht."),
        ("<script>alert(1)</script>", "kennen wir nicht."),
    ],
)
def test_a_place_that_is_none_of_ours_is_named(place: str, sentence: str) -> None:
    page = told(q="Schwimmkurs", ort=place)

    assert sentence in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "words", ["\x00\x07\x1b[31m", "\u202eHilfe\u202c", "%_\\", "'; DROP TABLE x; --", "🙂" * 50]
)
def test_signs_are_no_questions_and_break_nothing(words: str) -> None:
    page = told(q=words)

    assert "\x1b" not in page
    assert "\u202e" not in page
