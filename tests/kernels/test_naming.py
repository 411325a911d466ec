"""A pseudonymous text is looked through for signs of a person: what is one, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.naming import Sign, signs_of_a_person


def found(text: str, *, known: tuple[str, ...] = ()) -> list[tuple[Sign, str]]:
    return [(mark.sign, mark.words) for mark in signs_of_a_person(text, known=known)]


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        ("Frau Kaczmarek ruft oft an", Sign.NAME, "Frau Kaczmarek"),
        ("Die Familie Özdemir braucht Hilfe", Sign.NAME, "Familie Özdemir"),
        ("Der Junge heißt Tjark", Sign.NAME, "heißt Tjark"),
        ("Mit Leonie klappt es nicht", Sign.NAME, "Leonie"),
        ("Leonies Mutter arbeitet nachts", Sign.NAME, "Leonies"),
        ("das Kind von M. K. fehlt", Sign.NAME, "M. K."),
        ("geboren am 3.4.2015", Sign.BIRTHDAY, "3.4.2015"),
        ("geboren am 3. April 2015", Sign.BIRTHDAY, "3. April 2015"),
        ("geboren 2015-04-03", Sign.BIRTHDAY, "2015-04-03"),
        ("wohnt in der Zülpicher Straße 12", Sign.ADDRESS, "Zülpicher Straße 12"),
        ("wohnt im Lindenweg 4b", Sign.ADDRESS, "Lindenweg 4b"),
        ("wohnt in 52349 Düren", Sign.ADDRESS, "52349 Düren"),
        ("erreichbar unter 02421 / 22 10 00", Sign.PHONE, "02421 / 22 10 00"),
        ("schreibt an eva.m@example.org", Sign.EMAIL, "eva.m@example.org"),
        ("siehe Az. 51-3/2026", Sign.FILE_NUMBER, "Az. 51-3/2026"),
    ],
)
def test_a_sign_is_found_with_its_words(text: str, sign: Sign, words: str) -> None:
    assert (sign, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Junge von 8 bis 10 Jahren geht seit Wochen nicht zur Schule. Wer kennt einen Platz in einer Gruppe?",
        "Die Mutter ist alleinerziehend und arbeitet im Schichtdienst. Das Geld reicht nicht für die Klassenfahrt.",
        "Was kann das Gesundheitsamt anbieten, z. B. Logopädie? Die Wartezeit liegt bei 9 Monaten.",
        "Die Familie Hilfe anbieten lassen, ohne dass sie drei Anträge stellt (§ 16 SGB VIII, § 36a Abs. 2).",
        "Zwei Geschwister, 4 und 6 Jahre, in einer Gemeinde im Nordkreis. Um 10.30 Uhr ist die Kita zu.",
        "Im August 2026 beginnt die Schule; bis dahin fehlt ein Kindergartenplatz. 1.200 Euro Schulden.",
    ],
)
def test_an_ordinary_question_has_no_sign(text: str) -> None:
    assert found(text) == []


def test_names_that_the_writer_knows_are_found_however_rare_and_however_written() -> None:
    assert found("wiborada kam zu spät", known=("Wiborada Xu",)) == [(Sign.NAME, "wiborada")]
    assert found("Die Li-Gruppe trifft sich", known=("Li",)) == []


def test_marks_are_in_order_and_none_lies_inside_another() -> None:
    marks = signs_of_a_person("Frau Meier, geb. 1.2.1990, Lindenweg 4, ruft Jonas an", known=("Meier",))
    assert [mark.words for mark in marks] == ["Frau Meier", "1.2.1990", "Lindenweg 4", "Jonas"]


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_a_fall_and_marks_are_its_own_words(text: str) -> None:
    for mark in signs_of_a_person(text, known=("Ab(c",)):
        assert text[mark.start :].lstrip().startswith(mark.words)
