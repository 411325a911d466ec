"""What the worker does for programmes."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.programmes import services


@job(name="programmes.move_up", cron="*/10 * * * *", queueing_lock="programmes.move_up")
def move_up(timestamp: int) -> None:
    """Offer what lapsed or became free to the next in line."""
    services.move_up_everywhere(now=clock.real_now())


@job(name="programmes.remind_answers", cron="20 * * * *", queueing_lock="programmes.remind_answers")
def remind_answers(timestamp: int) -> None:
    """Ask once more for what is still to be said about a place that was given."""
    services.remind_everywhere(now=clock.real_now())


@job(name="programmes.send_links", cron="5,35 * * * *", queueing_lock="programmes.send_links")
def send_links(timestamp: int) -> None:
    """Send the way in to those who are registered, shortly before."""
    services.send_links(now=clock.real_now())
