"""What the worker does for tasks."""

from lueckenlos.commons.tasks import services
from lueckenlos.core import clock
from lueckenlos.core.jobs import job


@job(name="tasks.climb", cron="7 * * * *", queueing_lock="tasks.climb")
def climb(timestamp: int) -> None:
    """Each hour, show what is overdue to the heads of the teams."""
    while services.climb_overdue(clock.real_now()) == services.MOST_AT_ONCE:
        pass
