"""What the worker does for the finder."""

from lueckenlos.core import clock
from lueckenlos.core.jobs import job
from lueckenlos.offers.finder import alerting, services

BATCH = 200
MOST_BATCHES = 50


@job(name="finder.index", cron="* * * * *", queueing_lock="finder.index", lock="finder.index")
def index(timestamp: int) -> None:
    """Index what changed, then encode what has no vector yet."""
    for _ in range(MOST_BATCHES):
        if services.refresh_index(limit=BATCH) < BATCH:
            break
    for _ in range(MOST_BATCHES):
        if services.make_vectors(limit=BATCH) < BATCH:
            break


@job(name="finder.tell", cron="30 6 * * *", queueing_lock="finder.tell")
def tell(timestamp: int) -> None:
    """Each morning, write to those who wait for something new."""
    alerting.tell(now=clock.now())
