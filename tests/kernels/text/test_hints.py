"""A question says more than its subject: age, place, price, who asks."""

import pytest

from lueckenlos.kernels.text.hints import Speaker, read

PLACES = {"duren": "05358008", "gurzenich": "05358008", "titz": "05358056", "gut alte burg": "05358044"}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("mein 4-jähriger Sohn", 4),
        ("Tochter (13 Jahre)", 13),
        ("sie ist 6 Monate alt", 0.5),
        ("2. Klasse", 7.5),
        ("3 years old", 3),
        ("Termin um 15 Uhr", None),
        ("§ 8a", None),
    ],
)
def test_an_age_said_in_numbers(text: str, age: float | None) -> None:
    assert read(text).age == age


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Babykurs", (0, 1.0)),
        ("was für Teenies", (10, 16)),
        ("Kindergarten gesucht", (3, 6)),
        ("Wohngeld", None),
    ],
)
def test_words_that_span_ages(text: str, span: tuple[float, float] | None) -> None:
    assert read(text).span == span


def test_villages_stand_for_their_municipality() -> None:
    assert read("Krabbelgruppe Gürzenich oder Titz", places=PLACES).places == ("05358008", "05358056")
    assert read("Treff an der Gut Alte Burg", places=PLACES).places == ("05358044",)
    assert read("Krabbelgruppe", places=PLACES).places == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("meine Tochter isst nichts", Speaker.PARENT),
        ("Papa trinkt", Speaker.YOUNG),
        ("Clearing § 35a SGB VIII", Speaker.PROFESSIONAL),
        ("Wohngeld", Speaker.UNKNOWN),
    ],
)
def test_who_seems_to_ask(text: str, speaker: Speaker) -> None:
    assert read(text).speaker is speaker


def test_price_distance_and_language() -> None:
    said = read("kostenlose Beratung online auf Türkisch")
    assert said.free
    assert said.remote
    assert said.languages == ("tr",)
    assert not read("Beratung").free
