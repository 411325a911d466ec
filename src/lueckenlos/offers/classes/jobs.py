"""What the worker does for family classes."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.classes import services


@job(name="classes.remind", cron="20,50 * * * *", queueing_lock="classes.remind")
def remind(timestamp: int) -> None:
    """Remind those who come tomorrow."""
    services.remind_everybody(now=clock.real_now())


@job(name="classes.lapse", cron="15 4 * * *", queueing_lock="classes.lapse")
def lapse(timestamp: int) -> None:
    """End invitations to which nobody answered for long."""
    services.let_lapse(now=clock.real_now())
