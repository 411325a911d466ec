"""What the worker does for holidays."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.holidays import services


@job(name="holidays.hold_back", cron="*/10 * * * *", queueing_lock="holidays.hold_back")
def hold_back(timestamp: int) -> None:
    """Keep programmes of a round closed to the ordinary line until the places are told."""
    services.hold_back_everywhere(now=clock.real_now())


@job(name="holidays.notice_called_off", cron="3-59/10 * * * *", queueing_lock="holidays.notice_called_off")
def notice_called_off(timestamp: int) -> None:
    """Tell families which of their wishes its organization has called off."""
    services.notice_called_off_everywhere(now=clock.real_now())
