"""What the report says, ready for its template: sentences and rows, every figure with its date and source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lueckenlos.kernels.chain.types import Cell, Rule, Seam, Verdict
from lueckenlos.steering.chain import wording
from lueckenlos.steering.chain.out.tables import people_source, reason_word, sources
from lueckenlos.steering.chain.picture.telling import continuity, day, headline, percent
from lueckenlos.steering.chain.selectors.summary import Summary
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Drawn, Knowledge

MOST_GAPS = 60


def report_data(
    drawn: Drawn,
    *,
    summary: Summary,
    knowledge: Knowledge,
    cells: Sequence[Cell],
    seams: Sequence[Seam],
    title: str,
    note: str,
) -> dict[str, Any]:
    """Everything that the template sets; `cells` and `seams` are those that the reader may see."""
    judged = [cell for cell in cells if cell.target is not None and cell.children > 0]
    gaps = sorted(
        (cell for cell in judged if cell.verdict is Verdict.GAP),
        key=lambda cell: (-cell.missing_lo, cell.area),
    )
    return {
        "title": title,
        "stand": f"Stand: {day(drawn.chain.as_of)}",
        "note": note,
        "headline": [each for each in (*headline(summary, drawn.labels), continuity(summary)) if each],
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
        "missing_lo": number(sum(cell.missing_lo for cell in own)),
        "missing_hi": number(sum(cell.missing_hi for cell in own)),
    }


def _cell(drawn: Drawn, cell: Cell) -> dict[str, Any]:
    labels = drawn.labels
    return {
        "area": labels.areas[cell.area],
        "phase": labels.phases[cell.phase],
        "field": labels.fields[cell.field],
        "children": number(cell.children),
        "target": number(cell.target or 0.0, places=1),
        "reach": f"{number(cell.reach_lo, places=1)}–{number(cell.reach_hi, places=1)}",
        "missing": f"{number(cell.missing_lo)}–{number(cell.missing_hi)}",
        "verdict": cell.verdict.value,
        "word": str(wording.VERDICTS[cell.verdict]),
        "reasons": _why(drawn, cell),
    }


def _why(drawn: Drawn, cell: Cell) -> str:
    """The reasons in a line: missing kinds are counted (the workbook names them), groups are named."""
    kinds = sum(each.rule is Rule.KIND_MISSING for each in cell.reasons)
    said = [reason_word(drawn, each) for each in cell.reasons if each.rule is not Rule.KIND_MISSING]
    if kinds:
        said.append("eine Angebotsart fehlt" if kinds == 1 else f"{kinds} Angebotsarten fehlen")
    return "; ".join(dict.fromkeys(said))


def _seam(drawn: Drawn, seam: Seam) -> dict[str, Any]:
    labels = drawn.labels
    return {
        "area": labels.areas[seam.area],
        "from": labels.phases[seam.phase],
        "to": labels.phases[seam.to],
        "target": number(seam.target or 0.0, places=1),
        "reach": f"{number(seam.reach_lo, places=1)}–{number(seam.reach_hi, places=1)}",
        "verdict": seam.verdict.value,
        "word": str(wording.VERDICTS[seam.verdict]),
    }


def _shown(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    return percent(value) if isinstance(value, float) else str(value)
