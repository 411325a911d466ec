"""What the page of a case shows, gathered once and named for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format

from lueckenlos.care.cases import calendar, selectors
from lueckenlos.care.cases.selectors.cases import Way
from lueckenlos.care.cases.selectors.facts import OUTCOME
from lueckenlos.care.cases.services.records import LETTER
from lueckenlos.care.cases.types import CaseView, DocumentView, GoalView, RecordView, ReferralView
from lueckenlos.care.cases.wording import REASONS, needed
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import PersonView
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import AssignmentView, CoverView, PartyView, ReleaseView
from lueckenlos.commons.privacy.wording import CATEGORIES, PARTY_ROLES, PURPOSES
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks.types import TaskView
from lueckenlos.core.actor import Actor
from lueckenlos.core.components import Station, StationState
from lueckenlos.kernels.pathways import Clock, FieldType, Naming, OutcomeQuestion, Pathway, Standing

# Kinds of records that every case has, whatever its pathway.
WITHOUT_PATHWAY: Final = {LETTER: "Brief"}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A person of the case as the page names them."""

    party: PartyView
    person: PersonView | None
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A promise of time as one says it."""

    title: str
    words: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record with the words of its kind and fields."""

    record: RecordView
    title: str
    about: str
    author: str
    entries: tuple[tuple[str, str], ...]
    can_change: bool


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office that may know something: what, what for, until when."""

    name: str
    purpose: str
    categories: tuple[str, ...]
    about: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case."""

    case: CaseView
    way: Way
    stations: tuple[Station, ...]
    people: tuple[PartyLine, ...]
    clocks: tuple[ClockLine, ...]
    missing: tuple[str, ...]
    records: tuple[RecordLine, ...]
    goals: tuple[GoalView, ...]
    tasks: tuple[TaskView, ...]
    offices: tuple[OfficeLine, ...]
    referrals: tuple[ReferralView, ...]
    documents: tuple[DocumentView, ...]
    assignment: AssignmentView | None
    owner: str
    covers: tuple[tuple[str, CoverView], ...]
    called: dict[UUID, str]

    @property
    def is_nameless(self) -> bool:
        """Whether the case runs with a pseudonym: then there is no place for a name."""
        return self.way.pathway.naming is Naming.PSEUDONYM

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why somebody may not have arrived."""
        return [(reason.value, str(words)) for reason, words in REASONS.items()]

    @property
    def open_tasks(self) -> list[TaskView]:
        """What is next."""
        return [task for task in self.tasks if task.is_open]


def case_page(actor: Actor, file: UUID, *, now: datetime) -> CasePage | None:
    """Gather the page of a case, or nothing where the actor may not know of it."""
    case, way = selectors.case(actor, file), selectors.way(actor, file, now=now)
    if case is None or way is None:
        return None
    people = people_of(actor, file)
    names = {line.party.person: line.name for line in people} | {file: "die ganze Familie"}
    records = selectors.records(actor, file)
    covers = privacy.covers(actor, file, now=now)
    referrals = tuple(selectors.referrals_of(actor, file))
    assignment = privacy.whose_task(actor, [file]).get(file)
    at_work = work.names_of(
        {
            *(record.author for record in records if record.author),
            *(cover.person for cover in covers),
            *([assignment.person] if assignment and assignment.person else []),
        }
    )
    return CasePage(
        case=case,
        way=way,
        stations=stations(way, closed=case.closed_at is not None),
        people=people,
        clocks=tuple(_clock(each, now=now) for each in way.clocks),
        missing=tuple(needed(each, pathway=way.pathway) for each in way.missing),
        records=tuple(_record(each, way=way, names=names, at_work=at_work, actor=actor) for each in records),
        goals=tuple(selectors.goals(actor, file)),
        tasks=tuple(tasks.of_file(actor, file, now=now)),
        offices=offices(privacy.releases(actor, file, now=now), names=names),
        referrals=referrals,
        called=directory.organization_names({each.to_organization for each in referrals}),
        documents=tuple(selectors.documents(actor, file)),
        assignment=assignment,
        owner=_owner(assignment, at_work=at_work, now=now),
        covers=tuple((at_work.get(cover.person, ""), cover) for cover in covers),
    )


def people_of(actor: Actor, file: UUID) -> tuple[PartyLine, ...]:
    """The people of a case with their names, as far as the actor may know them."""
    parties = privacy.parties(actor, file)
    known = families.people(actor, [party.person for party in parties])
    return tuple(
        PartyLine(
            party,
            known.get(party.person),
            _name(known.get(party.person), party),
            str(PARTY_ROLES[party.role]),
        )
        for party in parties
    )


def choices_of(people: Sequence[PartyLine], file: UUID) -> list[tuple[str, str]]:
    """Whom a record can be about: each person, and last the whole family."""
    return [
        *((str(line.party.person), line.name) for line in people if line.party.is_subject),
        (str(file), "die ganze Familie"),
    ]


def stations(way: Way, *, closed: bool) -> tuple[Station, ...]:
    """The pathway as the path: behind, here, ahead."""
    found, here = [], False
    for stage in way.pathway.stages:
        if stage.key == way.stage.key:
            here = True
            state = StationState.DONE if closed else StationState.CURRENT
        else:
            state = StationState.OPEN if here else StationState.DONE
        if (
            stage.is_final
            and stage.key != way.stage.key
            and any(each.is_final and each.key == way.stage.key for each in way.pathway.stages)
        ):
            continue
        found.append(Station(stage.title, state))
    return tuple(found)


def offices(releases: Sequence[ReleaseView], *, names: dict[UUID, str]) -> tuple[OfficeLine, ...]:
    """Releases by office, purpose and person, so that they can be read."""
    grouped: dict[tuple[UUID, str, UUID], list[ReleaseView]] = {}
    for each in releases:
        grouped.setdefault((each.organization, each.purpose.value, each.subject), []).append(each)
    called = directory.organization_names({key[0] for key in grouped})
    return tuple(
        OfficeLine(
            name=called.get(organization, ""),
            purpose=str(PURPOSES[rows[0].purpose]),
            categories=tuple(str(CATEGORIES[row.category]) for row in rows),
            about=names.get(subject, ""),
            until=min(row.until for row in rows),
        )
        for (organization, _purpose, subject), rows in grouped.items()
    )


def title_of(record: RecordView, pathway: Pathway) -> str:
    """What a record is called: by its kind, or by the question that it answers."""
    kind, question = pathway.record_kind_of.get(record.kind), _question(record, pathway)
    if kind:
        return kind.title
    return question.question if question else WITHOUT_PATHWAY.get(record.kind, record.kind)


def _question(record: RecordView, pathway: Pathway) -> OutcomeQuestion | None:
    return next((each for each in pathway.outcomes if f"{OUTCOME}{each.key}" == record.kind), None)


def _name(person: PersonView | None, party: PartyView) -> str:
    return person.name if person is not None and person.name else str(PARTY_ROLES[party.role])


def _clock(clock: Clock, *, now: datetime) -> ClockLine:
    return ClockLine(clock.rule.title, calendar.told(clock.due_at, now=now), clock.standing(now=now))


def _record(
    record: RecordView, *, way: Way, names: dict[UUID, str], at_work: dict[UUID, str], actor: Actor
) -> RecordLine:
    kind, question = way.pathway.record_kind_of.get(record.kind), _question(record, way.pathway)
    entries = []
    for field in kind.fields if kind else ():
        value = record.data.get(field.key)
        if value not in {None, ""} and value != record.words:
            labels = {each.key: each.label for each in field.choices}
            is_day = field.type is FieldType.DATE
            entries.append((field.label, _day(value) if is_day else _shown(value, labels)))
    if question:
        labels = {each.key: each.label for each in question.choices}
        entries.append(("", _shown(record.data.get("answer", ""), labels)))
    return RecordLine(
        record=record,
        title=title_of(record, way.pathway),
        about=names.get(record.about, ""),
        author=at_work.get(record.author, "") if record.author else "",
        entries=tuple(entries),
        can_change=kind is not None and record.author == actor.person_id,
    )


def _day(value: Any) -> str:
    """A day as one writes it; what is no day stays as it is."""
    try:
        return date_format(date.fromisoformat(str(value)), "j. F Y")
    except ValueError:
        return str(value)


def _shown(value: Any, labels: dict[str, str]) -> str:
    words = {"yes": "ja", "no": "nein"} | labels
    return words.get(str(value), str(value))


def _owner(assignment: AssignmentView | None, *, at_work: dict[UUID, str], now: datetime) -> str:
    if assignment is None:
        return ""
    if assignment.person is not None:
        return at_work.get(assignment.person, "")
    unit = work.unit(assignment.unit, now=now) if assignment.unit else None
    return unit.name if unit else ""
