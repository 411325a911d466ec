"""What the worker does for the directory."""

from lueckenlos.commons.directory import services
from lueckenlos.core import clock
from lueckenlos.core.actor import job as as_job
from lueckenlos.core.jobs import job


@job(name="directory.remind", cron="15 7 * * 1-5", queueing_lock="directory.remind")
def remind(timestamp: int) -> None:
    """Ask providers on working mornings whether entries that are due are still true."""
    services.remind(actor=as_job("directory.remind"), now=clock.now())
