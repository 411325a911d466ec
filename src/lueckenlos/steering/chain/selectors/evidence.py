"""What other rooms know of cells: what was looked for there, and whether those in need are the ones who use it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import fmean, pstdev
from typing import Any

from lueckenlos.commons.signals import selectors as signals
from lueckenlos.commons.signals.types import SignalAnswer, SignalReason
from lueckenlos.kernels.chain.types import Evidence

ONE_YEAR = timedelta(days=365)
APART = 0.5
"""In standard deviations: need so far above the mean while use is so far below it (or the other way round)."""


def evidence_at(day: date, *, indicators: Iterable[Mapping[str, Any]], minimum: int) -> Evidence:
    """What signals of the last year and indicators of use say, by area, phase and field."""
    return Evidence(known=_known(day, minimum=minimum), missed_need=_missed_need(list(indicators)))


def _known(day: date, *, minimum: int) -> dict[tuple[str, str, str], float]:
    """Of what was missing in a cell, the share that was not answered with "it exists but nobody knew it"."""
    asked: dict[tuple[str, str, str], int] = defaultdict(int)
    unknown: dict[tuple[str, str, str], int] = defaultdict(int)
    for each in signals.by_cell(since=day - ONE_YEAR, until=day):
        key = (each.ags, each.phase, each.field)
        asked[key] += each.count
        if each.answer is SignalAnswer.EXISTS or each.reason is SignalReason.NOT_KNOWN:
            unknown[key] += each.count
    return {
        key: 1.0 - unknown[key] / count
        for key, count in asked.items()
        if all(key) and count >= minimum and unknown[key]
    }


def _missed_need(indicators: list[Mapping[str, Any]]) -> dict[tuple[str, str, str], tuple[str, str]]:
    by_key = {each["key"]: each for each in indicators}
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for use in indicators:
        need = by_key.get(use["need"]) if use["about"] == "use" else None
        if need is None or not (use["phase"] and use["field"]):
            continue
        wants, uses = _standardized(need, good="lower_is_better"), _standardized(use, good="")
        for area in wants.keys() & uses.keys():
            if wants[area] >= APART and uses[area] <= -APART:
                found[area, use["phase"], use["field"]] = (use["key"], need["key"])
    return found


def _standardized(indicator: Mapping[str, Any], *, good: str) -> dict[str, float]:
    """Deviations from the mean of the latest year; for a need, more is worse whichever way it is written."""
    values = latest_values(indicator)
    spread = pstdev(values.values()) if len(values) > 1 else 0.0
    if spread == 0.0:
        return {}
    mean = fmean(values.values())
    sign = -1.0 if good and indicator["direction"] == "higher_is_better" else 1.0
    return {area: sign * (value - mean) / spread for area, value in values.items()}


def latest_values(indicator: Mapping[str, Any]) -> dict[str, float]:
    """The values of the latest year, by area."""
    years: Mapping[str, dict[str, float]] = indicator["values"]
    return years[max(years, key=int)] if years else {}
