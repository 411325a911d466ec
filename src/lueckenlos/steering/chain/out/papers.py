"""What-ifs and choices of a site as documents for a committee."""

from collections.abc import Iterable, Sequence
from typing import Any

from lueckenlos.steering.chain.picture.telling import day, percent
from lueckenlos.steering.chain.scenario_words import ChangedRow
from lueckenlos.steering.chain.selectors.scenarios import Comparison
from lueckenlos.steering.chain.social_types import SiteDocument, WeighedSite
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.wording import VERDICTS


def scenario_data(
    *,
    name: str,
    where: str,
    note: str,
    stand: str,
    headline: str,
    changes: Sequence[tuple[str, str]],
    rows: Iterable[ChangedRow],
    found: Comparison,
    labels: Labels,
) -> dict[str, Any]:
    """A what-if held against today."""
    return {
        "title": name,
        "stand": f"Was wäre, wenn: {where}, gerechnet am {stand}",
        "headline": headline,
        "note": note,
        "changes": [list(each) for each in changes],
        "turned": [
            {
                "area": row.area,
                "place": row.place,
                "now": str(VERDICTS[row.piece.now.verdict]),
                "then": str(VERDICTS[row.piece.then.verdict]),
                "reach_now": _interval(row.piece.now),
                "reach_then": _interval(row.piece.then),
            }
            for row in rows
            if row.piece.turns
        ],
        "areas": [
            [labels.areas.get(each.area, each.area), number(each.missing_now), number(each.missing_then)]
            for each in found.areas
        ],
    }


def site_data(document: SiteDocument) -> dict[str, Any]:
    """The draft for the committee: figure, choice, two alternatives, cost, funding, grounds."""
    values = document.values
    return {
        "title": document.title,
        "stand": f"{document.county}, Entwurf vom {day(document.created_on)}"
        if document.decided_on is None
        else f"{document.county}, entschieden am {day(document.decided_on)}",
        "question": document.question,
        "chosen": document.chosen,
        "place": values.place,
        "grounds": values.grounds,
        "cost": "" if values.cost is None else f"{number(values.cost)} Euro im Jahr",
        "funding": values.funding,
        "alternatives": [_alternative(each) for each in document.alternatives],
        "parts": [
            [each.label, str(each.year), percent(each.share), "; ".join(each.sources)]
            for each in document.analysis.parts
        ],
        "lines": [
            {
                "rank": str(line.rank),
                "name": line.name,
                "score": number(line.score, places=2),
                "first": percent(line.together.among_first),
                "ranks": f"{line.together.low}–{line.together.high}",
            }
            for line in document.analysis.lines
        ],
        "first": str(document.analysis.first),
    }


def _alternative(each: WeighedSite) -> dict[str, str]:
    rank = "" if each.line is None else f"Rang {each.line.rank}"
    return {"name": each.name, "rank": rank, "why_not": each.why_not}


def _interval(piece: Any) -> str:
    return f"{number(piece.reach_lo, places=1)}–{number(piece.reach_hi, places=1)}"
