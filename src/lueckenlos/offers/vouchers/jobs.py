"""What the worker does for vouchers."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.vouchers import services


@job(name="vouchers.expire", cron="20 2 * * *", queueing_lock="vouchers.expire")
def expire(timestamp: int) -> None:
    """Put back into the stock what nobody used in time."""
    services.expire_everything(now=clock.real_now())
