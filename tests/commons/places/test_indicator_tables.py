"""Indicators out of tables that counties really have: read as people mean them, every wrong cell named."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from lueckenlos.commons.places import selectors, services
from lueckenlos.commons.places.importing import (
    AreaWords,
    CheckedIndicators,
    Layout,
    Meaning,
    Naming,
    TableRows,
    Trouble,
    check_indicators,
    guess_meanings,
    looks_like_shares,
)
from lueckenlos.commons.places.models import Indicator, IndicatorValue
from lueckenlos.commons.places.services import NotCoordination
from lueckenlos.commons.places.types import (
    IndicatorAbout,
    IndicatorDefinition,
    IndicatorDirection,
    IndicatorReading,
)
from lueckenlos.config.county_folder import load_county
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from tests.commons.places.folders import copied, edit

TITZ, DUEREN, ALDENHOVEN = "05358056", "05358008", "05358004"
AREAS = AreaWords(
    "05358",
    name="Kreis Düren",
    municipalities=[(TITZ, "Titz"), (DUEREN, "Düren"), (ALDENHOVEN, "Aldenhoven"), ("05358060", "Vettweiß")],
)
LONG = ("Gemeinde", "Jahr", "Wert", "Zähler", "Nenner")
POVERTY_WORD = Naming("poverty")
NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)
COORDINATION = Actor(
    kind=ActorKind.PERSON, person_id=uuid4(), grants=(Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"),)
)


def read(
    *rows: Sequence[str],
    header: Sequence[str] = LONG,
    naming: Naming = POVERTY_WORD,
    is_sheet: bool = False,
) -> CheckedIndicators:
    meanings = guess_meanings(header, rows=rows)
    table = TableRows(header, rows, range(2, len(rows) + 2), is_sheet, "tabelle")
    names = {header[at]: naming for at, each in enumerate(meanings) if each is Meaning.VALUES}
    layout = Layout(meanings, {**names, "tabelle": naming, "Armut": naming}, source="LZG")
    return check_indicators(table, layout, areas=AREAS, latest_year=2026)


def one(
    value: str, numerator: str = "", denominator: str = "", *, is_sheet: bool = False
) -> CheckedIndicators:
    return read(("Titz", "2025", value, numerator, denominator), is_sheet=is_sheet)


def values(found: CheckedIndicators) -> list[float]:
    return [each.value for each in found.readings]


def troubles(found: CheckedIndicators) -> list[Trouble]:
    return [each.why for each in found.mistakes]


@pytest.mark.parametrize(
    ("text", "value"),
    [("31,1", 31.1), ("31,1 %", 31.1), ("31.1", 31.1), ("31", 31.0), ("31,1 Prozent", 31.1), ("0,31%", 0.31)],
)
def test_a_value_is_read_however_it_is_written(text: str, value: float) -> None:
    assert values(one(text)) == [value]


@pytest.mark.parametrize("text", ["", "-", "–", ".", "/", "x", "k. A.", "< 5", "..."])
def test_what_nobody_knows_is_neither_zero_nor_a_mistake(text: str) -> None:
    found = one(text)
    assert (found.readings, found.wrong, found.unknown) == ([], 0, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("viel", Trouble.NOT_A_NUMBER),
        ("=C2/D2", Trouble.FORMULA),
        ("#DIV/0!", Trouble.FORMULA),
        ("1.234", Trouble.TWO_READINGS),
        ("nan€", Trouble.NOT_A_NUMBER),
        ("-3", Trouble.OUT_OF_RANGE),
        ("1234", Trouble.OUT_OF_RANGE),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_line(text: str, why: Trouble) -> None:
    found = one(text)
    (mistake,) = found.mistakes
    assert (mistake.line, mistake.column, mistake.why, mistake.value) == (2, "Wert", why, text)
    assert found.readings == []


def test_a_point_in_a_sheet_is_a_decimal_point() -> None:
    assert values(one("1.234", is_sheet=True)) == [1.234]


def test_a_value_that_contradicts_its_own_counts_is_refused() -> None:
    assert troubles(one("50", "10", "100")) == [Trouble.CONTRADICTS]
    assert troubles(one("0,31", "31", "100")) == [Trouble.LOOKS_LIKE_SHARE]
    assert troubles(one("50", "10", "0")) == [Trouble.NOTHING_TO_DIVIDE_BY]
    assert values(one("10", "1.003", "10.034")) == [10.0]


def test_without_a_value_the_counts_speak() -> None:
    assert values(one("", "31", "100")) == [31.0]


def test_shares_of_one_become_percent() -> None:
    header = ("Gemeinde", "Jahr", "Armut")
    rows = [("Titz", "2025", "0.311"), ("Düren", "2025", "0.0705")]
    table = TableRows(header, rows, (2, 3), is_sheet=True)
    assert looks_like_shares(table, guess_meanings(header, rows=rows)) == {"Armut": True}
    found = read(*rows, header=header, naming=Naming("poverty", is_share=True), is_sheet=True)
    assert values(found) == [31.1, 7.05]


@pytest.mark.parametrize(
    ("text", "ags"),
    [
        ("05358056", TITZ), ("5358056", TITZ), ("053580056056", TITZ), ("Titz", TITZ), ("TITZ", TITZ),
        ("Landgemeinde Titz", TITZ), ("Düren, Stadt", DUEREN), ("Dueren", DUEREN), ("Vettweiss", "05358060"),
    ],
)  # fmt: skip
def test_a_municipality_is_known_by_key_and_by_name(text: str, ags: str) -> None:
    (reading,) = read((text, "2025", "10", "", "")).readings
    assert reading.ags == ags


@pytest.mark.parametrize("text", ["05358", "05358000", "Kreis Düren", "Düren, Kreis", "insgesamt"])
def test_a_row_of_the_county_or_a_sum_is_passed_over(text: str) -> None:
    found = read((text, "2025", "10", "", ""))
    assert (found.readings, found.wrong, found.sums) == ([], 0, 1)


@pytest.mark.parametrize(
    ("text", "why", "expected"),
    [
        ("05334002", Trouble.OTHER_COUNTY, "Kreis Düren"),
        ("05358999", Trouble.UNKNOWN_AREA, ""),
        ("Aldenhofen", Trouble.UNKNOWN_AREA, "Aldenhoven"),
        ("Köln", Trouble.UNKNOWN_AREA, ""),
        ("", Trouble.NO_AREA, ""),
    ],
)
def test_a_municipality_that_is_not_ours_is_said(text: str, why: Trouble, expected: str) -> None:
    (mistake,) = read((text, "2025", "10", "", "")).mistakes
    assert (mistake.why, mistake.expected) == (why, expected)


def test_years_are_years_and_not_ahead() -> None:
    rows = [("Titz", year, "10", "", "") for year in ("2027", "gestern", "", "31.12.2024")]
    found = read(*rows)
    assert troubles(found) == [Trouble.YEAR_AHEAD, Trouble.NOT_A_YEAR, Trouble.NO_YEAR]
    assert [each.year for each in found.readings] == [2024]


def test_the_same_value_twice_is_one_and_another_is_a_mistake() -> None:
    row = ("Titz", "2025", "10", "", "")
    found = read(row, row, ("Titz", "2025", "11", "", ""))
    assert values(found) == [10.0]
    (mistake,) = found.mistakes
    assert (mistake.line, mistake.why, mistake.expected) == (4, Trouble.TWICE, "2")


def test_a_wide_table_takes_the_year_from_its_headings() -> None:
    header = ("AGS", "Gemeinde", "Armut 2024", "Armut 2025", "Bemerkung")
    row = (TITZ, "Titz", "9,8", "10,3", "vorläufig")
    meanings = guess_meanings(header, rows=[row])
    assert meanings == (Meaning.AREA, Meaning.NOTHING, Meaning.VALUES, Meaning.VALUES, Meaning.NOTHING)
    table = TableRows(header, [row], [2], is_sheet=False)
    layout = Layout(meanings, {"Armut": Naming("poverty")}, source="LZG")
    found = check_indicators(table, layout, areas=AREAS, latest_year=2026)
    assert [(each.year, each.value) for each in found.readings] == [(2024, 9.8), (2025, 10.3)]


def test_an_indicator_without_a_single_value_is_named() -> None:
    header = ("Gemeinde", "Jahr", "Armut")
    found = read(("Titz", "2025", "-"), ("Düren", "2025", ""), header=header)
    assert (found.readings, found.empty) == ([], ("Armut",))


POVERTY = IndicatorDefinition("", "Kinderarmut", IndicatorDirection.LOWER, IndicatorAbout.NEED)


def reading(value: float, *, year: int = 2025, indicator: str = "sgb2_minors") -> IndicatorReading:
    return IndicatorReading(indicator, TITZ, year, value, None, None, "percent", "LZG")


def stored(indicator: str, year: int) -> float:
    return IndicatorValue.objects.get(indicator=indicator, municipality=TITZ, year=year).value


@pytest.mark.django_db
def test_a_written_value_replaces_one_and_leaves_the_other_years() -> None:
    before = stored("sgb2_minors", 2024)
    done = services.write_indicators([reading(33.3)], new={}, actor=COORDINATION)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 0)
    assert (stored("sgb2_minors", 2025), stored("sgb2_minors", 2024)) == (33.3, before)
    again = services.write_indicators([reading(33.3)], new={}, actor=COORDINATION)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)


@pytest.mark.django_db
def test_a_new_indicator_gets_a_key_of_its_own() -> None:
    for expected in ("kinderarmut", "kinderarmut_2"):
        services.write_indicators([reading(9, indicator="new:0")], new={"new:0": POVERTY}, actor=COORDINATION)
        assert stored(expected, 2025) == 9


@pytest.mark.django_db
def test_nobody_but_coordination_writes_indicators() -> None:
    grant = Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, TITZ)
    titz = Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(grant,))
    with pytest.raises(NotCoordination):
        services.write_indicators([reading(1)], new={}, actor=titz)


@pytest.mark.django_db
def test_loading_the_folder_again_leaves_what_was_read_in_here_and_says_so(tmp_path: Path) -> None:
    services.write_indicators(
        [reading(33.3), reading(5, indicator="new:0", year=2019)],
        new={"new:0": POVERTY},
        actor=COORDINATION,
    )
    folder = copied(tmp_path)
    edit(folder / "indicators.csv", "05358056,2024,sgb2_minors,", "05358056,2020,sgb2_minors,")
    report = load_county(folder, now=NOW)
    held = {each.file: each.held for each in report.reports if each.held}
    assert held["indicators.csv"] == ("sgb2_minors 2025",)
    assert (stored("sgb2_minors", 2025), stored("kinderarmut", 2019)) == (33.3, 5)
    assert not IndicatorValue.objects.filter(indicator="sgb2_minors", municipality=TITZ, year=2024).exists()


@pytest.mark.django_db
def test_what_was_read_in_can_be_taken_back_with_the_indicator_that_it_brought() -> None:
    services.write_indicators([reading(5, indicator="new:0")], new={"new:0": POVERTY}, actor=COORDINATION)
    assert services.forget_values("kinderarmut", year=2025, actor=COORDINATION) == 1
    assert not Indicator.objects.filter(key="kinderarmut").exists()
    assert services.forget_values("sgb2_minors", year=2025, actor=COORDINATION) == 0
    assert "sgb2_minors" in {info.key for info in selectors.indicators()}
