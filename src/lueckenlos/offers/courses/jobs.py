"""What the worker does for online courses."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.courses import services


@job(name="courses.keep_stock", cron="20 * * * *", queueing_lock="courses.keep_stock")
def keep_stock(timestamp: int) -> None:
    """Let codes expire, take back what nobody came for, and tell the centres what runs low."""
    now = clock.real_now()
    services.expire(now=now)
    services.lapse(now=now)
    services.watch_stocks(now=now)


@job(name="courses.remind", cron="15 9 * * *", queueing_lock="courses.remind")
def remind(timestamp: int) -> None:
    """Remind those who wanted it and have not gone on for a while."""
    services.remind_everybody(now=clock.real_now())
