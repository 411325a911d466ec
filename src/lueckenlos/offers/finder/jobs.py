"""What the worker does for the finder."""

from lueckenlos.core.jobs import job
from lueckenlos.offers.finder import services

BATCH = 200
MOST_BATCHES = 50


@job(name="finder.index", cron="* * * * *", queueing_lock="finder.index")
def index(timestamp: int) -> None:
    """Index what changed, then encode what has no vector yet."""
    for _ in range(MOST_BATCHES):
        if services.refresh_index(limit=BATCH) < BATCH:
            break
    for _ in range(MOST_BATCHES):
        if services.make_vectors(limit=BATCH) < BATCH:
            break
