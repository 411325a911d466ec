"""What a search leaves for planning: counted, in known words alone, never what was typed."""

from datetime import date

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import ServiceView
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.offers.finder.types import SearchAnswer, SearchRequest


def count_unmet(
    asked: SearchRequest, *, answer: SearchAnswer, source: SignalSource, reason: SignalReason, on: date
) -> None:
    """Count a search that found nothing good; without any known word only that there was one."""
    signals.count(
        signals.Count(
            source=source,
            reason=reason,
            on=on,
            ags=answer.ags,
            phase=asked.phase or directory.phase_at(asked.age),
            field=asked.field,
            kind=answer.kinds[0] if answer.kinds else None,
            terms=answer.known_terms,
            language=asked.language or "",
        )
    )


def count_not_tried(service: ServiceView, *, reason: SignalReason, ags: str | None, on: date) -> None:
    """Count that a counsellor did not even try this service, and why."""
    signals.count(
        signals.Count(
            source=SignalSource.COUNSELLOR,
            reason=reason,
            on=on,
            ags=ags,
            phase=service.phases[0].key if len(service.phases) == 1 else None,
            field=service.fields[0].key if service.fields else None,
            kind=service.kind.key if service.kind else None,
            service_id=service.id,
        )
    )
