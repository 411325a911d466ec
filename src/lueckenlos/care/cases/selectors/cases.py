"""Cases and what is written in them, as the wall lets the actor see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.cases.models import Case, Document, Goal, GoalRating, Record, StageMove
from lueckenlos.care.cases.selectors import facts as known
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.types import CaseView, Channel, DocumentView, GoalView, RecordView
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import pathways
from lueckenlos.kernels.pathways import Clock, Pathway, Requirement, Stage


@dataclass(frozen=True, slots=True)
class Way:
    """Where a case stands on its pathway: the stage, what is missing, where it can go, which promises run."""

    pathway: Pathway
    stage: Stage
    missing: tuple[Requirement, ...]
    next: tuple[Stage, ...]
    clocks: tuple[Clock, ...]
    is_seam_only: bool = False


def case(actor: Actor, file: UUID) -> CaseView | None:
    """One case, or nothing where the actor may not know of it."""
    with acting_as(actor):
        row = Case.objects.select_related("pathway").filter(file=file).first()
    return None if row is None else case_view(row)


def cases(actor: Actor, files: Iterable[UUID] | None = None) -> list[CaseView]:
    """The cases that the actor may know of, running ones first, newest first."""
    with acting_as(actor):
        rows = Case.objects.select_related("pathway")
        if files is not None:
            rows = rows.filter(file__in=list(files))
        return [case_view(row) for row in rows.order_by("closed_at", "-opened_at")]


def running(actor: Actor, *, pathway: str) -> list[CaseView]:
    """The running cases of one pathway that the actor may know of, oldest first."""
    with acting_as(actor):
        rows = Case.objects.select_related("pathway").filter(pathway__key=pathway, closed_at__isnull=True)
        return [case_view(row) for row in rows.order_by("opened_at", "id")]


def closed_since(actor: Actor, since: datetime, *, pathway: str) -> list[CaseView]:
    """The cases of one pathway that ended since then, the newest end first."""
    with acting_as(actor):
        rows = Case.objects.select_related("pathway").filter(pathway__key=pathway, closed_at__gte=since)
        return [case_view(row) for row in rows.order_by("-closed_at", "id")]


def way(actor: Actor, file: UUID, *, now: datetime) -> Way | None:
    """Where a case stands on its pathway."""
    with acting_as(actor):
        row = Case.objects.select_related("pathway").filter(file=file).first()
        if row is None:
            return None
        pathway = ways.parsed(row.pathway)
        facts = known.facts(actor, file, pathway=pathway, now=now)
    return Way(
        pathway=pathway,
        stage=pathway.stage_of[row.stage],
        missing=ways.still_needed(row.pathway, stage=row.stage, facts=facts),
        is_seam_only=row.pathway.is_seam_only,
        next=tuple(pathway.stage_of[step.stage] for step in pathway.stage_of[row.stage].next),
        clocks=pathways.clocks_due(pathway, facts=facts, due=calendar().due),
    )


def records(actor: Actor, file: UUID) -> list[RecordView]:
    """What is written in a case, newest first."""
    with acting_as(actor):
        return [
            record_view(row)
            for row in Record.objects.filter(file=file).order_by("-happened_at", "-created_at")
        ]


def records_in(actor: Actor, files: Iterable[UUID], *, kind: str) -> list[RecordView]:
    """What of one kind is written in these cases, oldest first; for lists, in one question."""
    with acting_as(actor):
        rows = Record.objects.filter(file__in=list(files), kind=kind, is_draft=False)
        return [record_view(row) for row in rows.order_by("happened_at", "created_at")]


def records_about(actor: Actor, person: UUID) -> list[RecordView]:
    """What is written about a person, for their own page, newest first."""
    with acting_as(actor):
        rows = Record.objects.filter(about=person, is_draft=False)
        return [record_view(row) for row in rows.order_by("-happened_at", "-created_at")]


def record(actor: Actor, key: UUID) -> RecordView | None:
    """One record, or nothing."""
    with acting_as(actor):
        row = Record.objects.filter(id=key).first()
    return None if row is None else record_view(row)


def goals(actor: Actor, file: UUID) -> list[GoalView]:
    """The goals of a case with their ratings, open ones first."""
    with acting_as(actor):
        rows = (
            Goal.objects.filter(file=file)
            .prefetch_related(Prefetch("ratings", GoalRating.objects.order_by("rated_at")))
            .order_by("ended_at", "agreed_at")
        )
        return [
            GoalView(
                row.id,
                row.about,
                row.text,
                row.agreed_at,
                row.ended_at,
                tuple((each.rated_at, each.rated_by, each.value) for each in row.ratings.all()),
                row.version,
            )
            for row in rows
        ]


def documents(actor: Actor, file: UUID) -> list[DocumentView]:
    """The documents of a case, newest first."""
    with acting_as(actor):
        return [document_view(row) for row in Document.objects.filter(file=file).order_by("-created_at")]


def document(actor: Actor, key: UUID) -> DocumentView | None:
    """One document, or nothing."""
    with acting_as(actor):
        row = Document.objects.filter(id=key).first()
    return None if row is None else document_view(row)


def moves(actor: Actor, file: UUID) -> list[tuple[datetime, str]]:
    """When a case reached which stage, oldest first."""
    with acting_as(actor):
        rows = StageMove.objects.filter(file=file).order_by("moved_at")
        return [(row.moved_at, row.to_stage) for row in rows]


def case_view(row: Case) -> CaseView:
    """A case without content."""
    return CaseView(
        file=row.file_id,
        pathway=row.pathway.key,
        pathway_version=row.pathway.version,
        pathway_title=ways.parsed(row.pathway).title_de,
        stage=row.stage,
        stage_title=ways.parsed(row.pathway).stage_of[row.stage].title,
        pseudonym=row.pseudonym,
        channel=Channel(row.channel),
        language=row.language,
        ags=row.municipality_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        organization=row.organization_id,
    )


def record_view(row: Record) -> RecordView:
    """One record as it is read."""
    return RecordView(
        id=row.id,
        file=row.file_id,
        kind=row.kind,
        category=Category(row.category),
        about=row.about,
        is_confided=row.confided_to is not None,
        confided_by=row.confided_by,
        is_held_back=row.held_back,
        words=row.words,
        text=row.text,
        data=row.data,
        happened_at=row.happened_at,
        author=row.author,
        organization=row.organization_id,
        is_draft=row.is_draft,
        version=row.version,
    )


def document_view(row: Document) -> DocumentView:
    """A document without its content."""
    return DocumentView(
        id=row.id,
        file=row.file_id,
        category=Category(row.category),
        about=row.about,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        stored_as=row.stored_as,
        created_at=row.created_at,
        author=row.author,
    )
