"""What the worker does for the chain."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.steering.chain.services import calculations


@job(name="chain.follow", cron="* * * * *", queueing_lock="chain.follow", lock="chain.follow")
def follow(timestamp: int) -> None:
    """Reckon a large county's chain anew once something that it rests on has changed."""
    calculations.follow(now=clock.now())
