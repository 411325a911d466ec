"""Working days, deadlines with a unit, by when something is due, and how long answers took."""

from lueckenlos.kernels.deadlines.due import END_OF_DAY, due
from lueckenlos.kernels.deadlines.german import until
from lueckenlos.kernels.deadlines.holidays import (
    HOLIDAYS,
    Fixed,
    FromEaster,
    HolidayRule,
    UnknownState,
    WeekdayBefore,
    holidays,
    is_working_day,
)
from lueckenlos.kernels.deadlines.office import (
    NaiveInstant,
    NeverOpen,
    OfficeHours,
    OfficeHoursError,
    Stretch,
    read_office_hours,
)
from lueckenlos.kernels.deadlines.rules import (
    DeadlineError,
    DeadlineFlaw,
    DeadlineRule,
    Unit,
    flaw_of,
    read_deadline,
)
from lueckenlos.kernels.deadlines.summary import (
    Elapsed,
    EndsBeforeItBegins,
    Summary,
    Withheld,
    summary,
    working_time,
)

__all__ = [
    "END_OF_DAY",
    "HOLIDAYS",
    "DeadlineError",
    "DeadlineFlaw",
    "DeadlineRule",
    "Elapsed",
    "EndsBeforeItBegins",
    "Fixed",
    "FromEaster",
    "HolidayRule",
    "NaiveInstant",
    "NeverOpen",
    "OfficeHours",
    "OfficeHoursError",
    "Stretch",
    "Summary",
    "Unit",
    "UnknownState",
    "WeekdayBefore",
    "Withheld",
    "due",
    "flaw_of",
    "holidays",
    "is_working_day",
    "read_deadline",
    "read_office_hours",
    "summary",
    "until",
    "working_time",
]
