"""The picture shows every verdict by shape and word, and the same numbers as list and table."""

import re
from datetime import date
from html import unescape

import pytest

from lueckenlos.kernels.chain.types import Cell, Chain, Seam, Verdict
from lueckenlos.steering.chain.picture import (
    Caption,
    Size,
    comparing,
    legend,
    listing,
    maps,
    picture_svg,
    telling,
)
from lueckenlos.steering.chain.picture.layout import Titles, lay_out
from lueckenlos.steering.chain.picture.path import Point, between
from lueckenlos.steering.chain.picture.shapes import Look, Picture
from lueckenlos.steering.chain.picture.text import syllables, width_of, wrapped
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.selectors.summary import Summary, seen, summarize, unbroken
from lueckenlos.steering.chain.types import Drawn, Labels

NORTH, SOUTH = "05358056", "05358012"
LABELS = Labels(
    areas={NORTH: "Titz", SOUTH: "Heimbach"},
    phases={"kita": "Kita", "grundschule": "Grundschule"},
    fields={"gesundheit": "Gesundheit", "kultur": "Kultur"},
    kinds={},
)
CAPTION = Caption("Präventionskette Probe", ("Ein Satz.",), "Basis: Probe", ("Titz, Kita: 4 fehlen",))


def cell(
    area: str,
    phase: str,
    field: str,
    verdict: Verdict,
    *,
    reach: tuple[float, float] = (2, 4),
    **more: object,
) -> Cell:
    given = {"children": 100.0, "target": None if verdict is Verdict.NO_TARGET else 10.0, "is_essential": False,
             "missing_lo": 0.0, "missing_hi": 0.0, **more}  # fmt: skip
    return Cell(area, phase, field, reach_lo=reach[0], reach_hi=reach[1], verdict=verdict, **given)  # type: ignore[arg-type]


def seam(area: str, verdict: Verdict, *, reach: tuple[float, float] = (0, 0)) -> Seam:
    return Seam(area, "kita", "grundschule", 200.0, 5.0, True, *reach, verdict)


def drawn(*cells: Cell, seams: tuple[Seam, ...] = (), continuity: float = 0.0) -> Drawn:
    chain = Chain(date(2026, 11, 1), cells, seams, (), continuity, ())
    return Drawn(chain, LABELS, ("kita", "grundschule"), ("gesundheit", "kultur"), (NORTH, SOUTH))


def four(area: str) -> tuple[Cell, ...]:
    return (
        cell(area, "kita", "gesundheit", Verdict.GAP, missing_lo=6.0, missing_hi=8.0, is_essential=True),
        cell(area, "kita", "kultur", Verdict.CHECK, reach=(4, 30), missing_hi=6.0),
        cell(area, "grundschule", "gesundheit", Verdict.CLOSED, reach=(12, 14)),
        cell(area, "grundschule", "kultur", Verdict.NO_TARGET),
    )


def words_of(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


@pytest.mark.django_db
def test_every_verdict_stands_as_a_word_beside_its_shape() -> None:
    svg = picture_svg(drawn(*four(NORTH), seams=(seam(NORTH, Verdict.GAP),)), area=NORTH, size=Size.PAGE,
                      links=False, caption=CAPTION)  # fmt: skip

    assert {"Lücke", "Prüfen", "geschlossen", "ohne Ziel"} <= set(words_of(svg))
    for look in ("gap", "check", "closed", "no_target"):
        assert f'class="cp-line cp-{look}"' in svg
    assert "2–4 von 10" in words_of(svg)
    assert "<a " not in svg


def test_a_gap_is_a_real_gap_in_the_line_and_grows_with_what_is_missing() -> None:
    def gap(reach: float) -> float:
        summary = summarize(drawn(cell(NORTH, "kita", "kultur", Verdict.GAP, reach=(0, reach))), area=NORTH)
        place = lay(summary, Size.PAGE).cells[1]
        assert len(place.strokes) == 2
        one, other = (mark.x for mark in place.marks if mark.kind == "end")
        return other - one

    assert gap(0) > gap(5) > gap(9.9) > 20


def lay(summary: Summary, size: Size) -> Picture:
    return lay_out(summary, LABELS, titles=Titles("Titz"), size=size, address=lambda spot: "/dort/")


@pytest.mark.parametrize("size", list(Size))
def test_everything_lies_inside_the_drawing(size: Size) -> None:
    picture = lay(summarize(drawn(*four(NORTH), seams=(seam(NORTH, Verdict.CHECK),)), area=NORTH), size)
    for place in (*picture.cells, *picture.seams):
        assert place.x >= 0 and place.x + place.width <= picture.width
        assert place.y >= 0 and place.y + place.height <= picture.height
        assert place.url == "/dort/"


@pytest.mark.django_db
def test_a_poster_has_the_shape_of_a_sheet_and_says_on_what_it_rests() -> None:
    svg = picture_svg(drawn(*four(NORTH)), area=NORTH, size=Size.POSTER, links=False, caption=CAPTION)
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None

    assert abs(float(found[2]) / float(found[1]) - 2**0.5) < 0.01
    assert {"Präventionskette Probe", "Basis: Probe", "Titz, Kita: 4 fehlen"} <= set(words_of(svg))


@pytest.mark.django_db
def test_text_is_escaped() -> None:
    odd = Caption("<b>Kette & Co</b>", (), "")
    svg = picture_svg(drawn(*four(NORTH)), area=NORTH, size=Size.POSTER, links=False, caption=odd)
    assert "<b>Kette & Co</b>" in words_of(svg)


def test_the_county_is_the_mean_by_children_and_counts_who_stands_how() -> None:
    small = cell(
        SOUTH, "kita", "kultur", Verdict.GAP, reach=(0, 0), children=100.0, missing_lo=10.0, missing_hi=10.0
    )
    large = cell(NORTH, "kita", "kultur", Verdict.CLOSED, reach=(20, 20), children=300.0)
    spot = summarize(drawn(small, large), area=None).cell("kita", "kultur")
    assert spot is not None

    assert (spot.reach_lo, spot.target, spot.children, spot.missing_lo) == (15.0, 10.0, 400.0, 10.0)
    assert spot.verdict is Verdict.CLOSED
    assert telling.verdict_word(spot) == "Ø geschlossen"
    assert telling.counts(spot) == "1 Lücke, 1 geschlossen"
    assert telling.gaps(spot) == "1 Lücke", "an average that is closed never hides a gap"


def test_several_gaps_are_said_in_the_plural() -> None:
    gaps = (cell(area, "kita", "kultur", Verdict.GAP) for area in (NORTH, SOUTH))
    spot = summarize(drawn(*gaps), area=None).cell("kita", "kultur")
    assert spot is not None and telling.counts(spot) == "2 Lücken"


def test_the_mean_leaves_out_who_has_no_target_and_an_estimate_is_never_decided() -> None:
    aimless = cell(SOUTH, "kita", "kultur", Verdict.NO_TARGET, reach=(90, 90))
    aimed = cell(NORTH, "kita", "kultur", Verdict.GAP, reach=(1, 1))
    spot = summarize(drawn(aimless, aimed), area=None).cell("kita", "kultur")
    assert spot is not None and (spot.reach_hi, spot.verdict) == (1.0, Verdict.GAP)

    estimated = cell(SOUTH, "kita", "kultur", Verdict.CHECK, reach=(90, 90))
    spot = summarize(drawn(estimated, aimed), area=None).cell("kita", "kultur")
    assert spot is not None and spot.verdict is Verdict.CHECK


def test_the_headline_names_the_seam_that_tears_most_and_is_never_green_by_silence() -> None:
    both = (*four(NORTH), *four(SOUTH))
    torn = drawn(
        *both, seams=(seam(NORTH, Verdict.GAP), seam(SOUTH, Verdict.CLOSED, reach=(9, 9))), continuity=0.615
    )
    summary = summarize(torn, area=None)
    said = " ".join((*telling.headline(summary, LABELS), telling.continuity(summary)))

    assert "In 1 von 2 Kommunen reißt die Kette zwischen „Kita“ und „Grundschule“." in said
    assert "Sicher fehlen 12 Plätze im Jahr, höchstens 28." in said
    assert "Von 8 Zellen sind 2 zu prüfen und 2 ohne Ziel." in said
    assert "62 % der jungen Menschen wohnen dort, wo die Kette hält." in said


def test_without_targets_nothing_is_called_fine() -> None:
    bare = drawn(
        *(
            cell(NORTH, p, f, Verdict.NO_TARGET)
            for p in ("kita", "grundschule")
            for f in ("gesundheit", "kultur")
        )
    )
    said = " ".join(telling.headline(summarize(bare, area=NORTH), LABELS))

    assert "0 zu prüfen und 4 ohne Ziel" in said
    assert "fehlt kein Platz" not in said
    assert not unbroken(bare, area=NORTH)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.CHECK, "Die eine Zelle ist zu prüfen."),
        (Verdict.NO_TARGET, "Die eine Zelle hat kein Ziel."),
    ],
)
def test_one_cell_is_not_counted_like_many(verdict: Verdict, words: str) -> None:
    one = drawn(cell(NORTH, "kita", "gesundheit", verdict))
    said = " ".join(telling.headline(summarize(one, area=NORTH), LABELS))
    assert words in said and "Zellen" not in said
    few = drawn(
        cell(NORTH, "kita", "gesundheit", Verdict.CHECK), cell(NORTH, "kita", "kultur", Verdict.CLOSED)
    )
    said = " ".join(telling.headline(summarize(few, area=NORTH), LABELS))
    assert "Von 2 Zellen ist 1 zu prüfen; ohne Ziel sind 0." in said


def test_list_and_table_say_the_same_as_the_picture() -> None:
    summary = summarize(drawn(*four(NORTH), seams=(seam(NORTH, Verdict.GAP),)), area=NORTH)
    picture = lay(summary, Size.PAGE)
    rows = [row for phase in listing.rows_of(summary, LABELS, address=lambda spot: "") for row in phase.rows]

    drawn_words = [(place.words[0].text, place.words[2].text) for place in picture.cells]
    assert [(row.word, row.reach) for row in rows] == drawn_words
    assert [row.look for row in rows] == [place.look for place in picture.cells]
    assert (rows[0].surely, rows[0].at_most, rows[0].missing) == ("6", "8", "6–8 fehlen")


def test_what_may_not_be_seen_says_that_much_and_gives_no_number() -> None:
    hidden = seen(drawn(*four(NORTH)), sight=Sight(is_coordination=True))
    summary = summarize(drawn(four(NORTH)[0]), area=NORTH)
    picture = lay(summary, Size.PAGE)

    assert len(hidden.chain.cells) == 4
    assert [place.look for place in picture.cells].count(Look.HIDDEN) == 3
    assert summary.continuity is None, "who does not see all cells is not told whether the chain holds"


def test_only_what_differs_stands_between_two_places() -> None:
    one = summarize(drawn(*four(NORTH), *four(SOUTH)), area=NORTH)
    changed = (cell(SOUTH, "kita", "gesundheit", Verdict.CLOSED, reach=(11, 11)), *four(SOUTH)[1:])
    other = summarize(drawn(*four(NORTH), *changed), area=SOUTH)
    lead = (lambda spot: "",) * 2
    found = comparing.differences(one, other, labels=LABELS, addresses=lead)

    assert [each.where for each in found] == ["Kita, Gesundheit"]
    assert (found[0].one.word, found[0].other.word) == ("Lücke", "geschlossen")
    assert comparing.differences(one, one, labels=LABELS, addresses=lead) == []


def test_rounding_never_hides_a_gap_and_a_trace_is_not_nothing() -> None:
    nearly = summarize(
        drawn(cell(NORTH, "kita", "kultur", Verdict.GAP, reach=(9.96, 9.98))), area=NORTH
    ).cells[0]
    assert telling.reach_words(nearly) == "9,96–9,98 von 10"
    assert telling.places(0.01) == "<0,1"
    assert telling.places(1930.0) == "1.930"
    assert [telling.percent(share) for share in (0.004, 0.5, 0.996, 1.0)] == [
        "unter 1 %",
        "50 %",
        "über 99 %",
        "100 %",
    ]


def test_words_break_where_german_breaks_them() -> None:
    assert wrapped("Schwangerschaft und Geburt", size=11, width=72) == ("Schwanger-", "schaft und", "Geburt")
    assert syllables("Weiterführende") and all(
        width_of(line, size=11) <= 78 for line in wrapped("Weiterführende Schule", size=11, width=76)
    )
    assert wrapped("", size=11, width=50) == ()


def test_tiles_lie_as_the_places_lie() -> None:
    grid = maps.grid_of(
        {
            "west": (0.0, 0.0),
            "east": (9_000.0, 0.0),
            "north": (4_500.0, 9_000.0),
            "south": (4_500.0, -9_000.0),
        }
    )

    assert grid["west"][0] < grid["east"][0]
    assert grid["north"][1] < grid["west"][1] < grid["south"][1]
    assert len(set(grid.values())) == 4
    assert maps.grid_of({}) == {}


def test_a_map_without_boundaries_is_empty_and_does_not_fall() -> None:
    spot = summarize(drawn(*four(NORTH)), area=None).cells[0]
    empty = {
        "features": [
            {
                "properties": {"ags": NORTH, "name": "Titz", "label_lon": 6.4, "label_lat": 51.0},
                "geometry": None,
            }
        ]
    }
    assert maps.map_of(spot, LABELS, geojson=empty, lead=lambda area: "").items == ()


def test_the_path_can_be_cut_anywhere() -> None:
    one, other = Point(0, 0), Point(100, 50)
    assert between(one, other).startswith("M0.0 0.0")
    assert between(one, other, end=0.5).endswith("50.0 25.0")
    assert between(one, other, begin=0.5).startswith("M50.0 25.0")


def test_the_legend_explains_every_verdict_and_the_strip_only_where_there_is_one() -> None:
    words = [str(entry.word) for entry in legend.entries(many=15)]
    assert {"Lücke", "Prüfen", "geschlossen", "ohne Ziel", "keine Kinder", "Streifen"} <= set(words)
    assert "Streifen" not in [str(entry.word) for entry in legend.entries(many=1)]
