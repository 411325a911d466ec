"""All retention rules of the house, gathered from its rooms, shown and carried out together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lueckenlos.care.advisers import retention as advisers
from lueckenlos.care.cases import retention as cases
from lueckenlos.care.talks import retention as talks
from lueckenlos.commons.certificates import retention as certificates
from lueckenlos.commons.directory import retention as directory
from lueckenlos.commons.families import retention as families
from lueckenlos.commons.privacy import retention as privacy
from lueckenlos.commons.tasks import retention as tasks
from lueckenlos.core import audit, bounces, codes, queue
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.bookings import retention as bookings
from lueckenlos.offers.centres import retention as centres
from lueckenlos.offers.classes import retention as classes
from lueckenlos.offers.courses import retention as courses
from lueckenlos.offers.finder import retention as finder
from lueckenlos.offers.holidays import retention as holidays
from lueckenlos.offers.programmes import retention as programmes
from lueckenlos.offers.vouchers import retention as vouchers

# Rooms above erase before those below: a file goes when nothing hangs on it any more, its people last.
RULES: tuple[RetentionRule, ...] = (
    *directory.RULES,
    *talks.RULES,
    *cases.RULES,
    *advisers.RULES,
    *certificates.RULES,
    *tasks.RULES,
    *privacy.RULES,
    *families.RULES,
    *holidays.RULES,
    *centres.RULES,
    *vouchers.RULES,
    *programmes.RULES,
    *bookings.RULES,
    *classes.RULES,
    *courses.RULES,
    *finder.RULES,
    *codes.RULES,
    *bounces.RULES,
    *audit.RULES,
    *queue.RULES,
)


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What one rule found due, what it erased, and what is still there although it should be gone."""

    records: str
    reason: str
    due: int
    erased: int
    left: int

    def as_dict(self) -> dict[str, Any]:
        """The report for machines."""
        return asdict(self)


def show_due(*, now: datetime, rules: Sequence[RetentionRule] = RULES) -> list[RuleReport]:
    """Say what would go, and let nothing go."""
    return [RuleReport(rule.records, rule.reason, rule.due(now), 0, 0) for rule in rules]


def erase_due(*, now: datetime, rules: Sequence[RetentionRule] = RULES) -> list[RuleReport]:
    """Let go what is due, rule by rule, and look again."""
    reports = []
    for rule in rules:
        due = rule.due(now)
        erased = rule.erase(now)
        reports.append(RuleReport(rule.records, rule.reason, due, erased, rule.due(now)))
    return reports
