"""The chain as tables, each figure with its source and date."""

from collections.abc import Iterable, Iterator, Mapping

from lueckenlos.core import clock
from lueckenlos.core.sheets import Cell as SheetCell
from lueckenlos.core.sheets import Sheet, csv_lines, xlsx
from lueckenlos.kernels.chain.types import Cell, Reason, Seam
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.types import CellKey, Drawn, Knowledge, TargetView

Row = tuple[SheetCell, ...]

CELL_HEADINGS = (
    "Gemeindeschlüssel", "Gemeinde", "Lebensphase", "Handlungsfeld", "Kinder", "Ziel (Plätze je 100 Kinder)",
    "Reichweite mindestens", "Reichweite höchstens", "Befund", "Es fehlen sicher", "Es fehlen höchstens",
    "unverzichtbar", "Gründe", "Angebote", "Grundlage des Ziels", "Ziel vom", "Kinder: Quelle", "Stand",
)  # fmt: skip
SEAM_HEADINGS = (
    "Gemeindeschlüssel", "Gemeinde", "von", "nach", "Kinder", "Ziel (Plätze je 100 Kinder)",
    "Reichweite mindestens", "Reichweite höchstens", "Befund", "Angebote", "Stand",
)  # fmt: skip
SHARE_HEADINGS = (
    "Gemeindeschlüssel", "Gemeinde", "Lebensphase", "Handlungsfeld", "Angebot", "Schlüssel",
    "Plätze je 100 Kinder mindestens", "Plätze je 100 Kinder höchstens", "Stand",
)  # fmt: skip
TARGET_HEADINGS = (
    "Gebiet", "Lebensphase", "Handlungsfeld oder nächste Phase", "Plätze je 100 Kinder", "unverzichtbar",
    "nach Bedarf gewichtet", "Grundlage", "Beschluss", "Beschluss vom", "gültig seit",
)  # fmt: skip
SOURCE_HEADINGS = ("Angabe", "Wert")


def workbook(
    drawn: Drawn,
    *,
    knowledge: Knowledge,
    targets: Iterable[TargetView],
    cells: Iterable[Cell],
    seams: Iterable[Seam],
) -> bytes:
    """Five sheets: cells, seams, shares of services, targets, sources; `cells` and `seams` are those to be seen."""
    seen, known = list(cells), list(targets)
    origin = origins(known, county=knowledge.content["county"])
    people = people_source(knowledge)
    sheets = (
        Sheet(
            "Zellen", CELL_HEADINGS, cell_rows(drawn, seen, origin=origin, people=people), (12, 16, 24, 24)
        ),
        Sheet("Nahtstellen", SEAM_HEADINGS, seam_rows(drawn, seams), (12, 16, 24, 24)),
        Sheet("Anteile der Angebote", SHARE_HEADINGS, share_rows(drawn, seen), (12, 16, 24, 24, 40)),
        Sheet("Ziele", TARGET_HEADINGS, target_rows(drawn, known), (16, 28, 28)),
        Sheet("Quellen", SOURCE_HEADINGS, sources(drawn, knowledge=knowledge), (36, 90)),
    )
    return xlsx(sheets, properties={"title": "Präventionskette"})


def table(
    drawn: Drawn, *, knowledge: Knowledge, targets: Iterable[TargetView], cells: Iterable[Cell]
) -> Iterator[str]:
    """The cells as CSV."""
    origin = origins(targets, county=knowledge.content["county"])
    rows = cell_rows(drawn, cells, origin=origin, people=people_source(knowledge))
    return csv_lines(CELL_HEADINGS, rows)


def cell_rows(
    drawn: Drawn, cells: Iterable[Cell], *, origin: Mapping[CellKey, TargetView], people: str
) -> Iterator[Row]:
    """One row a cell."""
    labels, day = drawn.labels, drawn.chain.as_of
    for cell in cells:
        target = target_of(origin, area=cell.area, phase=cell.phase, field=cell.field)
        yield (
            cell.area,
            labels.areas[cell.area],
            labels.phases[cell.phase],
            labels.fields[cell.field],
            round(cell.children, 1),
            _round(cell.target),
            round(cell.reach_lo, 3),
            round(cell.reach_hi, 3),
            str(wording.VERDICTS[cell.verdict]),
            round(cell.missing_lo, 1) if cell.target is not None else None,
            round(cell.missing_hi, 1) if cell.target is not None else None,
            "ja" if cell.is_essential else "",
            "; ".join(reason_word(drawn, each) for each in cell.reasons),
            len(cell.services),
            target.basis if target else None,
            clock.day_of(target.known_at) if target else None,
            people,
            day,
        )


def seam_rows(drawn: Drawn, seams: Iterable[Seam]) -> Iterator[Row]:
    """One row a seam."""
    labels = drawn.labels
    for seam in seams:
        yield (
            seam.area,
            labels.areas[seam.area],
            labels.phases[seam.phase],
            labels.phases[seam.to],
            round(seam.children, 1),
            _round(seam.target),
            round(seam.reach_lo, 3),
            round(seam.reach_hi, 3),
            str(wording.VERDICTS[seam.verdict]),
            "; ".join(labels.services.get(share.service, share.service) for share in seam.services),
            drawn.chain.as_of,
        )


def share_rows(drawn: Drawn, cells: Iterable[Cell]) -> Iterator[Row]:
    """One row for each service of each cell, with its share of the reach."""
    labels = drawn.labels
    for cell in cells:
        for share in cell.services:
            yield (
                cell.area,
                labels.areas[cell.area],
                labels.phases[cell.phase],
                labels.fields[cell.field],
                labels.services.get(share.service, share.service),
                share.service,
                round(share.reach_lo, 4),
                round(share.reach_hi, 4),
                drawn.chain.as_of,
            )


def target_rows(drawn: Drawn, targets: Iterable[TargetView]) -> Iterator[Row]:
    """One row a target."""
    labels = drawn.labels
    for each in targets:
        yield (
            labels.areas.get(each.area, "Kreis"),
            labels.phases.get(each.phase, each.phase),
            labels.phases.get(each.to, each.to) if each.to else labels.fields.get(each.field, each.field),
            each.places_per_100,
            "ja" if each.is_essential else "",
            labels.indicators.get(each.need_indicator, each.need_indicator),
            each.basis,
            each.resolution,
            each.resolved_on,
            clock.day_of(each.known_at),
        )


def sources(drawn: Drawn, *, knowledge: Knowledge) -> list[Row]:
    """What the figures rest on."""
    chain = drawn.chain
    return [
        ("Stand der Angaben", chain.as_of),
        ("Stand von Orten, Menschen und Kennzahlen", clock.day_of(knowledge.known_at)),
        ("Kinder", people_source(knowledge)),
        ("Angebote", f"Verzeichnis des Kreises, {len(drawn.labels.services)} Angebote in dieser Rechnung"),
        ("Anteil der Kinder, bei denen die Kette hält", round(chain.continuity, 4)),
        ("Rechenweg", "E2SFCA nach Luo und Qi (2009), untere und obere Grenze; siehe Handbuch, Kapitel Koordination"),
        *(
            (f"Kennzahl {each['label']}", f"{each['source']}, {max(each['values'], default='ohne Werte')}")
            for each in knowledge.content["indicators"]
        ),
    ]  # fmt: skip


def people_source(knowledge: Knowledge) -> str:
    """Where the number of children comes from."""
    years = knowledge.content["population"]
    year = max(years, key=int) if years else "–"
    return f"Bevölkerung am Ende von {year} nach einzelnen Altersjahren"


def origins(targets: Iterable[TargetView], *, county: str) -> dict[CellKey, TargetView]:
    """The targets by cell; the county's have an empty area."""
    return {
        CellKey("" if each.area == county else each.area, each.phase, each.field, each.to): each
        for each in targets
    }


def target_of(
    origin: Mapping[CellKey, TargetView], *, area: str, phase: str, field: str
) -> TargetView | None:
    """The municipality's own target, else the county's."""
    return origin.get(CellKey(area, phase, field)) or origin.get(CellKey("", phase, field))


def reason_word(drawn: Drawn, reason: Reason) -> str:
    """One reason in a few words, with the kind or group that it is about."""
    word = str(wording.RULES[reason.rule])
    if reason.kind:
        return f"{word}: {drawn.labels.kinds.get(reason.kind, reason.kind)}"
    if reason.group:
        return f"{word}: {wording.group(reason.group)}"
    return word


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
