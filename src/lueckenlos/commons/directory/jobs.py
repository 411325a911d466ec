"""What the worker does for the directory."""

from lueckenlos.commons.directory import services
from lueckenlos.commons.directory.importing import uploads
from lueckenlos.core import clock
from lueckenlos.core.actor import job as as_job
from lueckenlos.core.jobs import job


@job(name="directory.remind", cron="15 7 * * 1-5", queueing_lock="directory.remind")
def remind(timestamp: int) -> None:
    """Ask providers on working mornings whether entries that are due are still true."""
    services.remind(actor=as_job("directory.remind"), now=clock.now())


@job(name="directory.forget_uploads", cron="40 3 * * *", queueing_lock="directory.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """Delete uploaded tables that nobody took over."""
    uploads.forget_old(now=clock.now())
