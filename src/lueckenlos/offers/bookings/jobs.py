"""What the worker does for bookings."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.bookings import services


@job(name="bookings.remind", cron="10,40 * * * *", queueing_lock="bookings.remind")
def remind(timestamp: int) -> None:
    """Remind those who come tomorrow, and lay letters out for those who are reached by post."""
    services.remind_everybody(now=clock.real_now())
    services.note_letters(now=clock.real_now())
