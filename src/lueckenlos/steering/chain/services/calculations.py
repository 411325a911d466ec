"""Reckons the chain of a large county in the worker, and says how far it is."""

from datetime import datetime, timedelta

from lueckenlos.core import clock
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.steering.chain.documents import document_of
from lueckenlos.steering.chain.models import Calculation
from lueckenlos.steering.chain.selectors.calculations import is_large
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of

KEPT = 3
GIVEN_UP = timedelta(hours=1)


def follow(*, now: datetime) -> bool:
    """Reckon anew where the county is large and something has changed; False where there was nothing to do."""
    if not is_large():
        return False
    day = clock.today()
    version = f"{day} {chain_version()}"[:200]
    Calculation.objects.filter(finished_at__isnull=True, asked_at__lt=now - GIVEN_UP).delete()
    if Calculation.objects.filter(version=version, failure="").exists():
        return False
    row = Calculation.objects.create(version=version, day=day, asked_at=now)
    _reckon(row)
    return True


def _reckon(row: Calculation) -> None:
    def tell(done: float) -> None:
        Calculation.objects.filter(id=row.id).update(done=0.1 + 0.8 * done)

    county, _knowledge = county_of(row.day)
    tell(0.0)
    chain = calculate(county, as_of=row.day, told=tell)
    tell(1.0)
    document = {**document_of(chain), "names": {each.key: each.name for each in county.services}}
    row.document, row.done, row.finished_at = document, 1.0, clock.now()
    row.save(update_fields=["document", "done", "finished_at"])
    kept = Calculation.objects.filter(finished_at__isnull=False).values_list("id", flat=True)[:KEPT]
    Calculation.objects.filter(finished_at__isnull=False).exclude(id__in=list(kept)).delete()
