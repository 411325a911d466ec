"""What the worker does for the house itself, by night and in between."""

from procrastinate import JobContext
from procrastinate.jobs import Status

from lueckenlos.commons.places import selectors as places
from lueckenlos.config.retention import erase_due
from lueckenlos.config.standing import demand_belief
from lueckenlos.core import audit, clock, mail
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.jobs import job

MOST_ATTEMPTS = 5


class StillThere(StatedFailure):
    """Something was to be erased and is there still; the job fails, so that somebody looks."""

    def __init__(self, records: list[str]) -> None:
        self.records = records
        super().__init__(f"Nach dem Löschen noch da: {'; '.join(records)}")


@job(name="core.seal", cron="30 0 * * *", queueing_lock="core.seal", retry=MOST_ATTEMPTS)
def seal(timestamp: int) -> None:
    """Seal the heads of the audit chains into the home, and send them out of the house by mail.

    Fails, so that it shows in `status`, where the database no longer believes us: a seal would hold no head.
    """
    demand_belief()
    sealed = audit.seal_heads(now=clock.real_now())
    county = places.county()
    to = county.settings.get("legal", {}).get("data_protection", {}).get("email", "")
    if to:
        written = mail.letter(
            "core/mail/audit_seal.txt",
            to=to,
            subject=f"Siegel des Protokolls vom {sealed.sealed_at.astimezone(clock.zone()):%d.%m.%Y}",
            context={"county": county.name, "seal": sealed},
        )
        mail.post(written)


@job(name="core.retention", cron="10 2 * * *", queueing_lock="core.retention")
def retention(timestamp: int) -> None:
    """Erase what may not be kept any longer."""
    demand_belief()
    left = [report.records for report in erase_due(now=clock.real_now()) if report.left]
    if left:
        raise StillThere(left)


@job(name="core.rescue", cron="*/2 * * * *", queueing_lock="core.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Give jobs back to the queue whose worker was killed; one that kills its worker again and again fails."""
    jobs = context.app.job_manager
    for stalled in await jobs.get_stalled_jobs():
        if stalled.attempts < MOST_ATTEMPTS:
            await jobs.retry_job(stalled)
        else:
            await jobs.finish_job(stalled, Status.FAILED, delete_job=False)
