"""What the worker does for accounts."""

from lueckenlos.commons.accounts import services
from lueckenlos.core import clock
from lueckenlos.core.jobs import job


@job(name="accounts.forget_expired", cron="20 3 * * *", queueing_lock="accounts.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Delete ended sessions and old counts of attempts each night."""
    services.forget_expired(clock.now())
