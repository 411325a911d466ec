"""Indicators with what is weak about them, and rankings of the county's municipalities by them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import PERCENT, IndicatorAbout, IndicatorDirection, IndicatorInfo
from lueckenlos.kernels.social_areas import (
    Count,
    Direction,
    Indicator,
    NothingToRank,
    Ranking,
    Robustness,
    Role,
    Steadiness,
    Ways,
    rank,
    robustness,
)
from lueckenlos.steering.chain.selectors.sites import site_document
from lueckenlos.steering.chain.social_types import (
    DRAWS,
    Analysis,
    Chosen,
    Finding,
    Flaw,
    IndicatorCard,
    LeftOut,
    Line,
    Part,
    Sureness,
    Value,
    Wish,
)

__all__ = ["analyse", "indicator_cards", "role_of", "site_document", "usual_direction", "usual_wish"]

OLD_AFTER = 3
SMALLEST_BASE = 30
SEED = 20120601
ROLES = {IndicatorAbout.NEED: Role.NEED, IndicatorAbout.USE: Role.USE}
_PER = (1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0)

Cells = tuple[tuple[str, float | Count | None], ...]
Given = tuple[str, Cells, Direction, Role, float]


def indicator_cards(*, this_year: int) -> list[IndicatorCard]:
    """Every indicator with its flaws, by label."""
    names = {place.ags: place.name for place in places.municipalities()}
    least = places.county().minimum_cell
    return [_card(info, names=names, this_year=this_year, least=least) for info in places.indicators()]


def role_of(info: IndicatorInfo) -> Role:
    """Whether an indicator tells of need or of use."""
    return ROLES[info.about]


def usual_direction(info: IndicatorInfo) -> Direction | None:
    """Whether more of it is more need (or use); nothing where nobody said which way is good."""
    if info.about is IndicatorAbout.USE:
        return Direction.MORE
    if info.direction == IndicatorDirection.LOWER:
        return Direction.MORE
    return Direction.LESS if info.direction == IndicatorDirection.HIGHER else None


def usual_wish(role: Role, *, cards: Iterable[IndicatorCard]) -> Wish:
    """Every usable indicator of a role with the same weight."""
    chosen = [
        Chosen(card.info.key, direction=usual_direction(card.info))
        for card in cards
        if card.is_usable and role_of(card.info) is role
    ]
    return Wish(role=role, chosen=tuple(each for each in chosen if each.direction))


def analyse(wish: Wish) -> Analysis:
    """Rank the municipalities as wished, with robustness; the same wish and data give the same, draw for draw."""
    infos = {info.key: info for info in places.indicators()}
    names = {place.ags: place.name for place in places.municipalities()}
    left_out: list[tuple[str, LeftOut]] = []
    given: list[Given] = []
    for each in wish.chosen:
        info = infos.get(each.key)
        if info is None or role_of(info) is not wish.role:
            continue
        why = _unfit(info, each, year=wish.year)
        if why is not None or each.direction is None:
            left_out.append((info.label, why or LeftOut.NO_DIRECTION))
            continue
        cells = _cells(info, year=wish.year or info.latest or 0, areas=names)
        given.append((each.key, cells, each.direction, wish.role, each.weight))
    ways = Ways(wish.standard, wish.missing, places.county().minimum_cell, SMALLEST_BASE)
    first = max(1, min(wish.first, len(names)))
    try:
        ranking, sure = _calculated(
            tuple(sorted(names)), tuple(given), role=wish.role, ways=ways, first=first
        )
    except NothingToRank as nothing:
        left_out += [(infos[key].label, LeftOut(why.value)) for key, why in nothing.excluded.items()]
        return Analysis(wish, (), (), tuple(left_out), first)
    left_out += [(infos[key].label, LeftOut(why.value)) for key, why in ranking.excluded.items()]
    parts = _parts(wish, ranking, infos=infos)
    lines = _lines(ranking, sure, parts=parts, infos=infos, names=names)
    return Analysis(wish, parts, lines, tuple(left_out), first, DRAWS)


@lru_cache(maxsize=64)
def _calculated(
    areas: tuple[str, ...], given: tuple[Given, ...], *, role: Role, ways: Ways, first: int
) -> tuple[Ranking, Robustness]:
    """Kept by everything that goes in, so that a changed number can never meet an old answer."""
    indicators = [
        Indicator(key, dict(cells), direction, about, weight)
        for key, cells, direction, about, weight in given
    ]
    ranking = rank(areas, indicators, role=role, ways=ways)
    rng = np.random.default_rng(SEED)
    return ranking, robustness(areas, indicators, first=first, rng=rng, role=role, ways=ways, draws=DRAWS)


def _unfit(info: IndicatorInfo, chosen: Chosen, *, year: int | None) -> LeftOut | None:
    if not info.values:
        return LeftOut.ALL_MISSING
    if year is not None and year not in info.values:
        return LeftOut.NOT_THIS_YEAR
    return LeftOut.NO_WEIGHT if chosen.weight <= 0 else None


def _cells(info: IndicatorInfo, *, year: int, areas: Iterable[str]) -> Cells:
    values, counts = info.values.get(year, {}), info.counts.get(year, {})
    return tuple(
        (area, _cell(values.get(area), counts.get(area, (None, None)), unit=info.unit))
        for area in sorted(areas)
    )


def _cell(
    value: float | None, counts: tuple[float | None, float | None], *, unit: str
) -> float | Count | None:
    """A count where numerator and denominator say what the value is a share of; else the plain value."""
    numerator, denominator = counts
    if value is None or numerator is None or not denominator:
        return value
    if unit == PERCENT:
        return Count(numerator, denominator)
    for per in _PER:
        if abs(per * numerator / denominator - value) <= 0.02 * max(abs(value), 1e-9):
            return Count(numerator, denominator, per)
    return value


def _parts(wish: Wish, ranking: Ranking, *, infos: Mapping[str, IndicatorInfo]) -> tuple[Part, ...]:
    found = []
    for each in wish.chosen:
        if each.key in ranking.weights and each.direction is not None:
            info = infos[each.key]
            year = wish.year or info.latest or 0
            share = ranking.weights[each.key]
            sources = info.sources.get(year, ())
            found.append(
                Part(each.key, info.label, info.unit, year, sources, each.weight, share, each.direction)
            )
    return tuple(found)


def _lines(
    ranking: Ranking,
    sure: Robustness,
    *,
    parts: Sequence[Part],
    infos: Mapping[str, IndicatorInfo],
    names: Mapping[str, str],
) -> tuple[Line, ...]:
    lines = []
    steady = zip(sure.by_weights, sure.by_counts, sure.together, strict=True)
    for standing, (weights, counts, together) in zip(ranking.standings, steady, strict=True):
        values = []
        for part in parts:
            info = infos[part.key]
            numerator, denominator = info.counts[part.year].get(standing.area, (None, None))
            values.append(
                Value(
                    info.values[part.year].get(standing.area),
                    numerator,
                    denominator,
                    standing.contributions[part.key],
                    part.key in standing.small,
                )
            )
        lines.append(
            Line(
                standing.area,
                names[standing.area],
                standing.rank,
                standing.score,
                tuple(values),
                _sureness(weights),
                _sureness(counts),
                _sureness(together),
            )
        )
    return tuple(lines)


def _sureness(each: Steadiness) -> Sureness:
    return Sureness(each.among_first, each.rank_low, each.rank_middle, each.rank_high)


def _card(info: IndicatorInfo, *, names: Mapping[str, str], this_year: int, least: int) -> IndicatorCard:
    latest = info.latest
    values = info.values.get(latest, {}) if latest else {}
    return IndicatorCard(
        info,
        latest,
        len(values),
        len(names),
        tuple(_findings(info, names=names, this_year=this_year, least=least)),
    )


def _findings(
    info: IndicatorInfo, *, names: Mapping[str, str], this_year: int, least: int
) -> Iterable[Finding]:
    latest = info.latest
    if usual_direction(info) is None:
        yield Finding(Flaw.NO_DIRECTION)
    if latest is None:
        yield Finding(Flaw.EMPTY)
        return
    values, counts = info.values[latest], info.counts[latest]
    if len(set(values.values())) == 1:
        yield Finding(Flaw.CONSTANT)
    missing = tuple(name for ags, name in names.items() if ags not in values)
    if missing:
        yield Finding(Flaw.AREAS_MISSING, missing)
    gaps = tuple(str(year) for year in range(min(info.values), latest) if year not in info.values)
    if gaps:
        yield Finding(Flaw.YEARS_MISSING, gaps)
    if this_year - latest > OLD_AFTER:
        yield Finding(Flaw.OLD, (str(latest),))
    small = tuple(
        name for ags, name in names.items() if _is_small(counts.get(ags, (None, None)), least=least)
    )
    if small:
        yield Finding(Flaw.SMALL, small)
    if all(None in pair for pair in counts.values()):
        yield Finding(Flaw.NO_COUNTS)


def _is_small(counts: tuple[float | None, float | None], *, least: int) -> bool:
    numerator, denominator = counts
    return (numerator is not None and numerator < least) or (
        denominator is not None and denominator < SMALLEST_BASE
    )
