"""A ranking of areas by social indicators, what each contributes, and how sure the ranking is.

Need and use are kept apart: poverty is need, help for upbringing is use (it says where help is taken up, not where
it is needed), so each role has a ranking of its own.

Score of an area = Σ share of weight · direction · standardised value, so contributions sum to the score; high is
more need (or use). Standardised: z = (value − mean) / standard deviation (population, ddof 0) over the areas with
a value; or the rank among them (ties share theirs), moved to −1 … 1. Both have mean 0 over the known areas.

Robustness: weights are drawn from a Dirichlet distribution around those given (expected value = the weights; the
larger the concentration, the closer; OECD/JRC, Handbook on Constructing Composite Indicators, 2008, ch. 7, on
uncertainty analysis; Saisana, Saltelli and Tarantola 2005), counts from the Jeffreys posterior of their rate
(Beta(n + ½, N − n + ½): Brown, Cai and DasGupta 2001; Gamma(n + ½) / N where counts can exceed the base). In how
many draws an area is among the first k, and between which ranks nine of ten draws lie, is said for each of the two
and for both together. Input is sorted by key first: order changes nothing, not even a draw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]

TINY = 1e-12


class Direction(StrEnum):
    """Whether a high value means more or less need (or use)."""

    MORE = "more"
    LESS = "less"

    @property
    def sign(self) -> float:
        """1 or −1."""
        return 1.0 if self is Direction.MORE else -1.0


class Role(StrEnum):
    """What an indicator tells: what people need, or what help they use."""

    NEED = "need"
    USE = "use"


class Standard(StrEnum):
    """How values become comparable."""

    Z = "z"
    RANK = "rank"


class Missing(StrEnum):
    """What stands for a value that is not known."""

    AVERAGE = "average"
    """The mean of the areas: contributes 0 and draws the area to the middle."""
    REWEIGHT = "reweight"
    """The area's other indicators take over the weight, as if they spoke for this one."""


class Excluded(StrEnum):
    """Why an indicator does not count."""

    ALL_MISSING = "all_missing"
    CONSTANT = "constant"
    """All known values are equal (or there is but one): it tells no area from another."""
    NO_WEIGHT = "no_weight"


class NothingToRank(ValueError):
    """No indicator of this role is left; `excluded` says why by key."""

    def __init__(self, role: Role, *, excluded: Mapping[str, Excluded]) -> None:
        super().__init__(f"{role}: {dict(excluded)}")
        self.role, self.excluded = role, excluded


class BadIndicator(ValueError):
    """An indicator cannot be reckoned with: `what` is weight, numerator, denominator, value, area or key."""

    def __init__(self, indicator: str, *, what: str, value: float | str) -> None:
        super().__init__(f"{indicator}: {what} is {value}")
        self.indicator, self.what, self.value = indicator, what, value


class BadWish(ValueError):
    """A number of the analysis itself makes no sense: which, and what was given."""

    def __init__(self, what: str, *, value: float) -> None:
        super().__init__(f"{what} is {value}")
        self.what, self.value = what, value


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many: 12 of 480 children. The value is `per` times the quotient."""

    numerator: float
    denominator: float
    per: float = 100.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator by area: a plain value, a count, or None (and no entry) where nobody knows."""

    key: str
    values: Mapping[str, float | Count | None]
    direction: Direction = Direction.MORE
    role: Role = Role.NEED
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ways:
    """How an analysis is made; `smallest` is the count, and `smallest_base` the base, below which one is small."""

    standard: Standard = Standard.Z
    missing: Missing = Missing.AVERAGE
    smallest: int = 5
    smallest_base: int = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an area stands; equal scores share a rank. `contributions` sum to the score."""

    area: str
    rank: int
    score: float
    contributions: Mapping[str, float]
    missing: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    """Indicators that rest on small numbers here."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The areas of one role, those with the highest score first; `weights` are shares of 1."""

    role: Role
    standings: tuple[Standing, ...]
    weights: Mapping[str, float]
    excluded: Mapping[str, Excluded]


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How an area fares over the draws: share of them among the first k, and ranks of 5 %, 50 % and 95 %."""

    area: str
    among_first: float
    rank_low: int
    rank_middle: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """The same for drawn weights, for drawn counts, and for both at once, in the order of the ranking."""

    first: int
    draws: int
    by_weights: tuple[Steadiness, ...]
    by_counts: tuple[Steadiness, ...]
    together: tuple[Steadiness, ...]


@dataclass(eq=False)
class _Table:
    """Indicators x areas, both sorted by key; nan where nothing is known (or no count stands behind a value)."""

    areas: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    values: Floats
    numerator: Floats
    denominator: Floats
    per: Floats
    weights: Floats
    """Shares of 1."""
    signs: Floats
    excluded: dict[str, Excluded] = field(default_factory=dict)


def rank(
    areas: Iterable[str], indicators: Iterable[Indicator], *, role: Role = Role.NEED, ways: Ways = Ways()
) -> Ranking:
    """Rank the areas by the indicators of one role; what cannot count is left out and said.

    Raises `NothingToRank` where none is left, `BadIndicator` for values that cannot be.
    """
    table = _table(areas, indicators, role=role)
    standardised = _standardised(table.values, standard=ways.standard)
    parts = _contributions(table, standardised[np.newaxis], weights=table.weights[np.newaxis], ways=ways)[0]
    scores = parts.sum(axis=0)
    places = _places(scores[np.newaxis])[0]
    small = _small(table, ways=ways)
    standings = [
        Standing(
            area=area,
            rank=int(places[at]),
            score=float(scores[at]),
            contributions={
                indicator.key: float(parts[row, at]) for row, indicator in enumerate(table.indicators)
            },
            missing=_keys(table, np.isnan(table.values[:, at])),
            small=_keys(table, small[:, at]),
        )
        for at, area in enumerate(table.areas)
    ]
    return Ranking(
        role=role,
        standings=tuple(sorted(standings, key=lambda each: (each.rank, each.area))),
        weights={each.key: float(share) for each, share in zip(table.indicators, table.weights, strict=True)},
        excluded=table.excluded,
    )


def robustness(
    areas: Iterable[str],
    indicators: Iterable[Indicator],
    *,
    first: int,
    rng: np.random.Generator,
    role: Role = Role.NEED,
    ways: Ways = Ways(),
    draws: int = 1_000,
    concentration: float = 50.0,
) -> Robustness:
    """Draw weights and counts anew and see how often each area is among the `first`.

    `concentration` is the sum of the Dirichlet's parameters: at 50 a weight of one fifth lies within about ± 0.09
    nine times of ten. `rng` is seeded by the caller. Equal scores share the better rank. Raises as `rank`, and
    `BadWish`.
    """
    for what, value in (("first", first), ("draws", draws), ("concentration", concentration)):
        if not value > 0:
            raise BadWish(what, value=value)
    table = _table(areas, indicators, role=role)
    still = np.broadcast_to(table.weights, (draws, len(table.weights)))
    weights = rng.dirichlet(concentration * table.weights, size=draws)
    plain = _standardised(table.values, standard=ways.standard)[np.newaxis]
    drawn = _standardised(_drawn(table, rng=rng, draws=draws), standard=ways.standard)
    order = _places(_contributions(table, plain, weights=table.weights[np.newaxis], ways=ways).sum(axis=1))[0]
    outcomes = [
        _steadiness(table, _contributions(table, values, weights=chosen, ways=ways), first=first, order=order)
        for values, chosen in ((plain, weights), (drawn, still), (drawn, weights))
    ]
    return Robustness(first, draws, *outcomes)


def _table(areas: Iterable[str], indicators: Iterable[Indicator], *, role: Role) -> _Table:
    names = tuple(sorted(set(areas)))
    excluded: dict[str, Excluded] = {}
    kept: list[tuple[Indicator, Floats]] = []
    seen: set[str] = set()
    for indicator in sorted(indicators, key=lambda each: each.key):
        if indicator.key in seen:
            raise BadIndicator(indicator.key, what="key", value=indicator.key)
        seen.add(indicator.key)
        if indicator.role is not role:
            continue
        columns = _columns(indicator, areas=names)
        reason = _unfit(indicator, columns[0])
        if reason is None:
            kept.append((indicator, columns))
        else:
            excluded[indicator.key] = reason
    if not kept or not names:
        raise NothingToRank(role, excluded=excluded)
    cube = np.stack([columns for _, columns in kept], axis=1)
    weights = np.array([indicator.weight for indicator, _ in kept], dtype=np.float64)
    return _Table(
        areas=names,
        indicators=tuple(indicator for indicator, _ in kept),
        values=cube[0], numerator=cube[1], denominator=cube[2], per=cube[3],
        weights=weights / weights.sum(),
        signs=np.array([indicator.direction.sign for indicator, _ in kept]),
        excluded=excluded,
    )  # fmt: skip


def _columns(indicator: Indicator, *, areas: tuple[str, ...]) -> Floats:
    """Value, numerator, denominator and factor by area (4 x areas)."""
    if not (np.isfinite(indicator.weight) and indicator.weight >= 0):
        raise BadIndicator(indicator.key, what="weight", value=indicator.weight)
    unknown = sorted(set(indicator.values) - set(areas))
    if unknown:
        raise BadIndicator(indicator.key, what="area", value=unknown[0])
    columns = np.full((4, len(areas)), np.nan)
    for at, area in enumerate(areas):
        value = indicator.values.get(area)
        if isinstance(value, Count):
            columns[:, at] = _of_count(indicator.key, value)
        elif value is not None:
            if np.isinf(value):
                raise BadIndicator(indicator.key, what="value", value=value)
            columns[0, at] = value
    return columns


def _of_count(key: str, count: Count) -> tuple[float, float, float, float]:
    for what, value in (("numerator", count.numerator), ("denominator", count.denominator)):
        if not (np.isfinite(value) and value >= 0):
            raise BadIndicator(key, what=what, value=value)
    if count.denominator == 0:
        # Nothing of nothing is not known, not none.
        return (np.nan,) * 4
    return count.per * count.numerator / count.denominator, count.numerator, count.denominator, count.per


def _unfit(indicator: Indicator, values: Floats) -> Excluded | None:
    known = values[~np.isnan(values)]
    if not len(known):
        return Excluded.ALL_MISSING
    if indicator.weight == 0:
        return Excluded.NO_WEIGHT
    return Excluded.CONSTANT if np.ptp(known) <= TINY * max(1.0, float(np.abs(known).max())) else None


def _standardised(values: Floats, *, standard: Standard) -> Floats:
    """Each row (indicator) to mean 0 over its known areas; a row without differences becomes 0.

    Any number of dimensions, the last two are indicators x areas; what is known is so in all of the others.
    """
    if standard is Standard.RANK:
        return _middle_ranks(values)
    means = np.nanmean(values, axis=-1, keepdims=True)
    deviations = np.nanstd(values, axis=-1, keepdims=True)
    return np.asarray((values - means) / np.where(deviations > 0, deviations, 1.0), dtype=np.float64)


def _middle_ranks(values: Floats) -> Floats:
    """Ranks among the known from −1 to 1, ties at the middle of theirs; nan stays."""
    ranks = np.full(values.shape, np.nan)
    for row in range(values.shape[-2]):
        known = ~np.isnan(values[..., row, :]).reshape(-1, values.shape[-1])[0]
        count = int(known.sum())
        places = rankdata(values[..., row, known], axis=-1)
        ranks[..., row, known] = (2.0 * places - 1.0 - count) / max(count - 1, 1)
    return ranks


def _contributions(table: _Table, standardised: Floats, *, weights: Floats, ways: Ways) -> Floats:
    """Share of weight · direction · value: draws x indicators x areas; weights are draws x indicators."""
    known = ~np.isnan(standardised)
    shares = weights[:, :, np.newaxis] * known
    if ways.missing is Missing.REWEIGHT:
        sums = shares.sum(axis=1, keepdims=True)
        shares = np.divide(shares, sums, out=np.zeros_like(shares), where=sums > 0)
    values = np.where(known, standardised, 0.0) * table.signs[:, np.newaxis]
    return np.asarray(shares * values, dtype=np.float64)


def _places(scores: Floats) -> npt.NDArray[np.int64]:
    """Ranks by row, the highest score first; equal scores (to rounding) share the better rank."""
    return np.asarray(rankdata(np.round(-scores, 12), method="min", axis=-1), dtype=np.int64)


def _small(table: _Table, *, ways: Ways) -> npt.NDArray[np.bool_]:
    return (table.numerator < ways.smallest) | (table.denominator < ways.smallest_base)


def _keys(table: _Table, flags: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(each.key for each, flag in zip(table.indicators, flags.tolist(), strict=True) if flag)


def _drawn(table: _Table, *, rng: np.random.Generator, draws: int) -> Floats:
    """The table so many times, with every count drawn anew; plain values stay."""
    values = np.repeat(table.values[np.newaxis], draws, axis=0)
    counted = ~np.isnan(table.numerator)
    over = (table.numerator > table.denominator).any(axis=1, keepdims=True) & counted
    share = counted & ~over
    hits, base = table.numerator, table.denominator
    wide = (draws, int(share.sum())), (draws, int(over.sum()))
    shares = rng.beta(hits[share] + 0.5, base[share] - hits[share] + 0.5, size=wide[0])
    values[:, share] = table.per[share] * shares
    values[:, over] = table.per[over] * rng.gamma(hits[over] + 0.5, size=wide[1]) / base[over]
    return values


def _steadiness(
    table: _Table, parts: Floats, *, first: int, order: npt.NDArray[np.int64]
) -> tuple[Steadiness, ...]:
    places = _places(parts.sum(axis=1))
    low, middle, high = np.quantile(places, (0.05, 0.5, 0.95), axis=0, method="inverted_cdf").astype(np.int64)
    among = (places <= first).mean(axis=0)
    found = [
        Steadiness(area, float(among[at]), int(low[at]), int(middle[at]), int(high[at]))
        for at, area in enumerate(table.areas)
    ]
    row = {area: int(order[at]) for at, area in enumerate(table.areas)}
    return tuple(sorted(found, key=lambda each: (row[each.area], each.area)))
