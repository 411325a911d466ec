"""What the report says, ready for its template: sentences and rows, every figure with its date and source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lueckenlos.kernels.chain.types import Cell, Seam, Verdict
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.out.tables import people_source, reason_word, sources
from lueckenlos.steering.chain.types import Drawn, Knowledge

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip
MOST_GAPS = 60


def report_data(
    drawn: Drawn, *, knowledge: Knowledge, cells: Sequence[Cell], seams: Sequence[Seam], title: str, note: str
) -> dict[str, Any]:
    """Everything that the template sets; `cells` and `seams` are those that the reader may see."""
    judged = [cell for cell in cells if cell.target is not None and cell.children > 0]
    gaps = sorted(
        (cell for cell in judged if cell.verdict is Verdict.GAP),
        key=lambda cell: (-cell.missing_lo, cell.area),
    )
    return {
        "title": title,
        "stand": f"Stand: {spoken(drawn.chain.as_of)}",
        "note": note,
        "headline": headline(drawn, cells=judged, seams=seams),
        "verdicts": [
            {"key": verdict.value, "word": str(word), "means": str(wording.VERDICT_MEANS[verdict])}
            for verdict, word in wording.VERDICTS.items()
        ],
        "areas": [_area(drawn, judged, area=area) for area in drawn.areas if _has(cells, area)],
        "gaps": [_cell(drawn, cell) for cell in gaps[:MOST_GAPS]],
        "gaps_left": max(0, len(gaps) - MOST_GAPS),
        "checks": [_cell(drawn, cell) for cell in judged if cell.verdict is Verdict.CHECK],
        "seams": [_seam(drawn, seam) for seam in seams if seam.target is not None],
        "sources": [[str(name), _shown(value)] for name, value in sources(drawn, knowledge=knowledge)],
        "people": people_source(knowledge),
    }


def headline(drawn: Drawn, *, cells: Sequence[Cell], seams: Sequence[Seam]) -> list[str]:
    """The three sentences that a council reads first."""
    count = Counter(cell.verdict for cell in cells)
    sure = sum(cell.missing_lo for cell in cells)
    most = sum(cell.missing_hi for cell in cells)
    broken = Counter((seam.phase, seam.to) for seam in seams if seam.verdict is Verdict.GAP)
    sentences = [
        f"Von {len(cells)} Zellen mit einem Ziel sind {count[Verdict.GAP]} eine Lücke, "
        f"{count[Verdict.CHECK]} zu prüfen und {count[Verdict.CLOSED]} geschlossen.",
        f"Sicher fehlen {whole(sure)} Plätze im Jahr; mit allen offenen Angaben höchstens {whole(most)}.",
    ]
    if broken:
        (phase, to), areas = broken.most_common(1)[0]
        labels = drawn.labels.phases
        sentences.append(
            f"Am häufigsten reißt die Kette zwischen „{labels[phase]}“ und „{labels[to]}“: "
            f"in {areas} {'Kommune' if areas == 1 else 'Kommunen'}."
        )
    share = drawn.chain.continuity
    sentences.append(f"{share:.0%} der Kinder wohnen dort, wo die Kette hält.".replace("%", " %"))
    return sentences


def spoken(day: date) -> str:
    """A day as people say it: 1. November 2026."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def whole(number: float) -> str:
    """A whole number with German thousands."""
    return f"{number:,.0f}".replace(",", ".")


def decimal(number: float) -> str:
    """One digit behind the comma."""
    return f"{number:,.1f}".replace(",", "_").replace(".", ",").replace("_", ".")


def _has(cells: Iterable[Cell], area: str) -> bool:
    return any(cell.area == area for cell in cells)


def _area(drawn: Drawn, cells: Sequence[Cell], *, area: str) -> dict[str, Any]:
    own = [cell for cell in cells if cell.area == area]
    count = Counter(cell.verdict for cell in own)
    return {
        "name": drawn.labels.areas[area],
        "gap": count[Verdict.GAP],
        "check": count[Verdict.CHECK],
        "closed": count[Verdict.CLOSED],
        "missing_lo": whole(sum(cell.missing_lo for cell in own)),
        "missing_hi": whole(sum(cell.missing_hi for cell in own)),
    }


def _cell(drawn: Drawn, cell: Cell) -> dict[str, Any]:
    labels = drawn.labels
    return {
        "area": labels.areas[cell.area],
        "phase": labels.phases[cell.phase],
        "field": labels.fields[cell.field],
        "children": whole(cell.children),
        "target": decimal(cell.target or 0.0),
        "reach": f"{decimal(cell.reach_lo)}–{decimal(cell.reach_hi)}",
        "missing": f"{whole(cell.missing_lo)}–{whole(cell.missing_hi)}",
        "verdict": cell.verdict.value,
        "word": str(wording.VERDICTS[cell.verdict]),
        "reasons": "; ".join(dict.fromkeys(reason_word(drawn, each) for each in cell.reasons)),
    }


def _seam(drawn: Drawn, seam: Seam) -> dict[str, Any]:
    labels = drawn.labels
    return {
        "area": labels.areas[seam.area],
        "from": labels.phases[seam.phase],
        "to": labels.phases[seam.to],
        "target": decimal(seam.target or 0.0),
        "reach": f"{decimal(seam.reach_lo)}–{decimal(seam.reach_hi)}",
        "verdict": seam.verdict.value,
        "word": str(wording.VERDICTS[seam.verdict]),
    }


def _shown(value: object) -> str:
    if isinstance(value, date):
        return spoken(value)
    return f"{value:.1%}".replace(".", ",").replace("%", " %") if isinstance(value, float) else str(value)
