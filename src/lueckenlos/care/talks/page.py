"""What the pages of talks show, gathered once and named for their templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lueckenlos.care.talks import selectors
from lueckenlos.care.talks.picture import RoundTable, round_table
from lueckenlos.care.talks.types import (
    AgendaLine,
    AgreementView,
    AttendanceView,
    DelegateView,
    ItemView,
    OfficeView,
    ResultView,
    SeriesView,
    TalkState,
    TalkView,
)
from lueckenlos.care.talks.wording import AGE_BANDS, OUTCOMES
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Words:
    """The county's words for places and fields, read once for a page."""

    places: dict[str, str]
    fields: dict[str, str]

    @classmethod
    def read(cls) -> Words:
        """Read them."""
        return cls(
            places={each.ags: each.name for each in places.municipalities()},
            fields={each.key: each.label for each in directory.catalog().fields},
        )

    def facts(self, item: ItemView) -> str:
        """What a pseudonymous item says of whom it is about: "6 bis 9 Jahre, Titz, Schule und Bildung"."""
        if item.is_named:
            return ""
        known = (
            str(AGE_BANDS[item.age_band]) if item.age_band else "",
            self.places.get(item.ags or "", ""),
            self.fields.get(item.field, ""),
        )
        return ", ".join(filter(None, known))


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item on the agenda as its reader sees it."""

    number: int
    item: ItemView
    office: str
    facts: str
    picture: RoundTable
    released: frozenset[UUID]
    result: ResultView | None
    outcome: str
    is_now: bool
    was_called: bool
    can_call: bool


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of an office, and whether they are in the room."""

    person: UUID
    organization: UUID
    name: str
    office: str
    is_there: bool
    is_substitute: bool


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Everything on the page of a talk."""

    series: SeriesView
    talk: TalkView
    lines: tuple[ItemLine, ...]
    guests: tuple[Guest, ...]
    speaks: bool
    manages: bool
    may_step_in: bool
    brings: bool

    @property
    def present(self) -> list[Guest]:
        """Who is in the room."""
        return [each for each in self.guests if each.is_there]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Who does what until when, in words."""

    agreement: AgreementView
    office: str
    person: str
    pseudonym: str = ""
    is_late: bool = False


def talk_page(actor: Actor, talk: TalkView, series: SeriesView) -> TalkPage:
    """Gather the page of a talk, as far as the actor may know it."""
    speaks = talk.id in selectors.speaks_in(actor)
    own = series.office(actor.organization)
    return TalkPage(
        series=series,
        talk=talk,
        lines=agenda_lines(actor, talk, series),
        guests=guests(actor, talk, series),
        speaks=speaks,
        manages=selectors.hosts(actor, series),
        may_step_in=not speaks
        and talk.state.is_ahead
        and own is not None
        and any(each.person == actor.person_id for each in own.substitutes),
        brings=own is not None and talk.state.is_ahead,
    )


def agenda_lines(actor: Actor, talk: TalkView, series: SeriesView) -> tuple[ItemLine, ...]:
    """The agenda line by line; numbers run without a hole, whatever else there may be."""
    found = selectors.agenda(actor, talk, offices=series.offices)
    words = Words.read()
    now = selectors.called_up(actor, talk.id) if talk.state is TalkState.RUNNING else None
    offices = directory.organization_names({line.item.organization for line in found})
    return tuple(
        _line(
            line,
            number=number,
            series=series,
            words=words,
            office=offices.get(line.item.organization, ""),
            now=now,
            running=talk.state is TalkState.RUNNING,
            actor=actor,
        )
        for number, line in enumerate(found, start=1)
    )


def guests(actor: Actor, talk: TalkView, series: SeriesView) -> tuple[Guest, ...]:
    """Who can be in the room: those who speak for an office, and whoever came to bring a case."""
    there = {
        (each.person, each.organization): each
        for each in selectors.attendances(actor, talk.id)
        if each.is_there or talk.state is TalkState.HELD
    }
    known = [
        _guest(each, office, there)
        for office in series.offices
        for each in office.delegates
        if not each.is_substitute or (each.person, each.organization) in there or talk.state.is_ahead
    ]
    expected = {(each.person, each.organization) for each in known}
    others = [each for key, each in there.items() if key not in expected]
    names = directory.organization_names({each.organization for each in others})
    return (*known, *(_other(each, names) for each in others))


def agreement_lines(
    found: Iterable[AgreementView],
    *,
    offices: Sequence[OfficeView],
    pseudonyms: dict[UUID, str],
    now: datetime,
) -> list[AgreementLine]:
    """Agreements with the names of who promised."""
    listed = list(found)
    short = {each.organization: each.short for each in offices}
    missing = {each.organization for each in listed} - short.keys()
    names = work.names_of(each.person for each in listed if each.person)
    called = {**directory.organization_names(missing), **short} if missing else short
    return [
        AgreementLine(
            each,
            called.get(each.organization, ""),
            names.get(each.person, "") if each.person else "",
            pseudonyms.get(each.item, ""),
            each.is_open and each.due_at < now,
        )
        for each in listed
    ]


def _line(
    line: AgendaLine,
    *,
    number: int,
    series: SeriesView,
    words: Words,
    office: str,
    now: UUID | None,
    running: bool,
    actor: Actor,
) -> ItemLine:
    item = line.item
    calls = not item.is_named or item.brought_by == actor.person_id
    return ItemLine(
        number=number,
        item=item,
        office=office,
        facts=words.facts(item),
        picture=round_table(series.offices, line.hearing),
        released=frozenset(office for office, parts in line.hearing.parts.items() if parts),
        result=line.result,
        outcome=str(OUTCOMES[line.result.outcome]) if line.result else "",
        is_now=item.id == now,
        was_called=line.was_called,
        can_call=running and calls and line.result is None,
    )


def _guest(each: DelegateView, office: OfficeView, there: dict[tuple[UUID, UUID], AttendanceView]) -> Guest:
    return Guest(
        each.person,
        each.organization,
        each.name,
        office.short,
        (each.person, each.organization) in there,
        each.is_substitute,
    )


def _other(each: AttendanceView, names: dict[UUID, str]) -> Guest:
    return Guest(each.person, each.organization, each.name, names.get(each.organization, ""), True, False)
