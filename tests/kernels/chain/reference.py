"""The chain once more, slowly and straight from the formulas of the specification: plain loops, nothing shared."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

from lueckenlos.kernels.chain.types import County, Phase, Service, Target

HELPLESS = {"information", "duty_or_cash", "professional"}
DEFAULT_MAX = 30
Key = tuple[str, str, str]


@dataclass
class Slow:
    """What one cell or seam comes to."""

    children: float
    target: float | None
    lo: float
    hi: float
    verdict: str
    sure: float = 0.0
    at_most: float = 0.0
    reasons: set[tuple[str, str | None, str | None]] = field(default_factory=set)
    in_reach: set[str] = field(default_factory=set)


class Reference:
    """A county on a day, with everything kept in dictionaries."""

    def __init__(self, county: County, as_of: date) -> None:
        self.county, self.as_of = county, as_of
        self.areas = county.areas.keys
        self.phases = {phase.key: phase for phase in county.phases}
        self.services = [s for s in county.services if s.serving != "professionals"]
        self.points: dict[str, list[tuple[float, float, float]]] = {}
        for at, key in enumerate(self.areas):
            mine = [i for i, home in enumerate(county.areas.point_area.tolist()) if home == at]
            sizes = [county.areas.sizes[i] for i in mine]
            sizes = [float(size) if size > 0 and math.isfinite(size) else 1.0 for size in sizes]
            self.points[key] = [
                (*(float(v) for v in county.areas.points[i]), size / sum(sizes))
                for i, size in zip(mine, sizes, strict=True)
            ]
        self.children = {
            (a, p): self.people(a, self.phases[p], None) for a in self.areas for p in self.phases
        }
        self.weight: dict[tuple[str, str, str], float] = {}
        self.open: dict[tuple[str, str, str], float] = {}
        for s in self.services:
            for p in set(s.phases) & set(self.phases):
                for a in self.areas:
                    self.weight[s.key, a, p] = sum(
                        share * self.distance_weight(s, x, y, self.phases[p]) for x, y, share in self.points[a]
                    ) if self.caught(s, a) else 0.0  # fmt: skip
                    self.open[s.key, a, p] = self.people(a, self.phases[p], s)
        self.ratio = {s.key: self.ratios(s) for s in self.services}

    def people(self, area: str, phase: Phase, service: Service | None) -> float:
        """D[a, p], or those of them whom a service is open to."""
        persons = self.county.areas.persons[self.areas.index(area)]
        low, high = -math.inf, math.inf
        if service is not None and service.serving != "parents":
            if service.age_min is not None and service.age_min > 0:
                low = service.age_min
            if service.age_max is not None:
                high = service.age_max + 1
            meets = min(high, phase.age_to) - max(low, phase.age_from) > 1e-12
            if not meets:
                low, high = -math.inf, math.inf
        begin, end = max(low, phase.age_from), min(high, phase.age_to)
        total = 0.0
        if begin < 0:
            total += max(0.0, min(end, 0.0) - begin) * float(persons[0])
        for age in range(100):
            total += max(0.0, min(end, age + 1) - max(begin, age)) * float(persons[age])
        return total

    def caught(self, service: Service, area: str) -> bool:
        return service.catchment is None or area in service.catchment

    def distance_weight(self, service: Service, x: float, y: float, phase: Phase) -> float:
        if service.travels or not service.sites:
            return 1.0
        best = 0.0
        for site in service.sites:
            d, b = math.hypot(site.x - x, site.y - y) / 1000, phase.decay_km
            if d <= b:
                best = max(best, math.exp(-0.5 * (d / (b / 2)) ** 2))
        return best

    def exists(self, s: Service) -> bool:
        if not s.is_active:
            return False
        return not ((s.valid_from and s.valid_from > self.as_of) or (s.valid_to and s.valid_to < self.as_of))

    def ratios(self, s: Service) -> tuple[float, float]:
        lo, hi = self.supply(s)
        demand = sum(
            self.weight[s.key, a, p] * self.open[s.key, a, p]
            for a in self.areas
            for p in set(s.phases)
            if p in self.phases
        )
        return (lo / demand, hi / demand) if demand > 0 else (0.0, 0.0)

    def supply(self, s: Service) -> tuple[int, int]:
        if not self.exists(s):
            return 0, 0
        year, month = divmod(
            self.as_of.year * 12 + self.as_of.month - 1 - self.county.settings.freshness_months, 12
        )
        limit = date(year, month + 1, 1) + timedelta(days=self.as_of.day - 1)
        fresh = s.verified_on is not None and s.verified_on >= limit
        kind = self.county.kinds.get(s.kind or "")
        hi = s.capacity if s.capacity is not None else max(1, kind.usual_max) if kind else DEFAULT_MAX
        lo = (s.capacity if s.capacity is not None else 1) if fresh else 0
        return lo, hi

    def counts(self, s: Service, target: Target | None) -> bool:
        kind = self.county.kinds.get(s.kind or "")
        if kind is None:
            return True
        if target is not None and target.intensities:
            return kind.intensity in target.intensities
        return kind.intensity not in HELPLESS

    def reach(self, s: Service, area: str, phase: str) -> tuple[float, float]:
        everybody = self.children[area, phase]
        if everybody <= 0:
            return 0.0, 0.0
        lo, hi = self.ratio[s.key]
        part = 100 * self.weight[s.key, area, phase] * self.open[s.key, area, phase] / everybody
        return part * lo, part * hi

    def target(
        self, area: str, phase: str, of_field: str, to: str | None
    ) -> tuple[Target | None, float | None]:
        found: Target | None = None
        for own in (None, area):
            for t in self.county.targets:
                same = t.phase == phase and t.to == to and (to is not None or t.field == of_field)
                if same and t.area == own and t.places_per_100 > 0:
                    found = t
        if found is None:
            return None, None
        values = self.county.indicators.get(found.need_indicator or "", {})
        known = [a for a in self.areas if a in values]
        weights = [self.children[a, phase] for a in known]
        factor = 1.0
        if area in values and sum(weights) > 0:
            mean = sum(values[a] * w for a, w in zip(known, weights, strict=True)) / sum(weights)
            factor = min(max(values[area] / mean, 0.5), 2.0) if mean > 0 else 1.0
        return found, found.places_per_100 * factor

    def verdict(self, children: float, target: float | None, lo: float, hi: float) -> str:
        if children <= 0:
            return "no_children"
        if target is None:
            return "no_target"
        if hi < target - 1e-9:
            return "gap"
        return "closed" if lo >= target - 1e-9 else "check"

    def cell(self, area: str, phase: str, of_field: str) -> Slow:
        target, wanted = self.target(area, phase, of_field, None)
        some = [
            s for s in self.services
            if phase in s.phases and of_field in s.fields and self.counts(s, target) and self.exists(s)
        ]  # fmt: skip
        near = [s for s in some if self.weight[s.key, area, phase] > 0]
        lo = sum(self.reach(s, area, phase)[0] for s in near)
        hi = sum(self.reach(s, area, phase)[1] for s in near)
        children = self.children[area, phase]
        found = Slow(children, wanted, lo, hi, self.verdict(children, wanted, lo, hi))
        found.in_reach = {s.key for s in near}
        if wanted is not None:
            found.sure, found.at_most = (max(0.0, wanted - r) * children / 100 for r in (hi, lo))
        self.explain(found, (area, phase, of_field), some, near)
        return found

    def explain(self, cell: Slow, key: Key, some: list[Service], near: list[Service]) -> None:
        area = key[0]
        held = [s for s in some if self.caught(s, area)]
        if not held:
            cell.reasons.add(("no_offer", None, None))
        elif not near:
            cell.reasons.add(("not_reachable", None, None))
        if not any(any(x.area == area for x in s.sites) or s.catchment == frozenset({area}) for s in held):
            cell.reasons.add(("none_here", None, None))
        if cell.verdict == "gap" and near:
            cell.reasons.add(("too_few", None, None))
        if cell.verdict == "check":
            cell.reasons.add(("data_open", None, None))
        self.compare(cell, key, near)
        self.miss_kinds(cell, key)

    def compare(self, cell: Slow, key: Key, near: list[Service]) -> None:
        rank = ["gap", "check", "closed"]
        if cell.verdict in rank:
            soon = self.as_of.replace(year=self.as_of.year + 1)
            stays = [s for s in near if s.funding_ends is None or s.funding_ends > soon]
            if rank.index(self.again(cell, key, stays, stays)) < rank.index(cell.verdict):
                cell.reasons.add(("funding_ends", None, None))
            for group, sure, may in self.groups(near):
                if rank.index(self.again(cell, key, sure, may)) < rank.index(cell.verdict):
                    cell.reasons.add(("closed_to_group", None, group))

    def miss_kinds(self, cell: Slow, key: Key) -> None:
        area, phase, of_field = key
        for kind in {s.kind for s in self.services if s.kind}:
            of_kind = [s for s in self.services
                       if s.kind == kind and phase in s.phases and of_field in s.fields and self.exists(s)]  # fmt: skip
            if not of_kind:
                continue
            reached = {a for a in self.areas if any(self.weight[s.key, a, phase] > 0 for s in of_kind)}
            basic = kind in self.county.kinds and self.county.kinds[kind].is_basic
            if area not in reached and (
                basic or len(reached) >= self.county.settings.kind_spread * len(self.areas)
            ):
                cell.reasons.add(("kind_missing", kind, None))

    def again(self, cell: Slow, key: Key, sure: list[Service], may: list[Service]) -> str:
        lo = sum(self.reach(s, key[0], key[1])[0] for s in sure)
        hi = sum(self.reach(s, key[0], key[1])[1] for s in may)
        return self.verdict(cell.children, cell.target, lo, hi)

    def groups(self, near: list[Service]) -> list[tuple[str, list[Service], list[Service]]]:
        settings = self.county.settings
        found = [
            (f"language:{code}", [s for s in near if code in s.languages],
             [s for s in near if code in s.languages or not s.languages])
            for code, share in settings.group_languages.items() if share >= settings.language_share
        ]  # fmt: skip
        free = [s for s in near if s.is_free]
        soon = [s for s in near if s.waiting_weeks is None or s.waiting_weeks <= settings.waiting_weeks]
        sure, may = [s for s in near if s.accessible is True], [s for s in near if s.accessible is not False]
        return [*found, ("free", free, free), ("no_waiting", soon, soon), ("barrier_free", sure, may)]

    def seam(self, area: str, phase: str, to: str) -> Slow:
        target, wanted = self.target(area, phase, "", to)
        lo = hi = 0.0
        children = self.children[area, phase]
        for s in self.services:
            if s.bridge == (phase, to) and self.counts(s, target) and children > 0:
                for p in {phase, to} & set(s.phases):
                    given = self.weight[s.key, area, p] * self.open[s.key, area, p]
                    lo += 100 * given * self.ratio[s.key][0] / children
                    hi += 100 * given * self.ratio[s.key][1] / children
        return Slow(children, wanted, lo, hi, self.verdict(children, wanted, lo, hi))
