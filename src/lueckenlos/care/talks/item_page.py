"""What the page of one item shows: its parts, who may hear each, and for whoever has the case what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import NobodyToAsk
from lueckenlos.care.talks.letters import unsendable
from lueckenlos.care.talks.page import AgreementLine, Words, agreement_lines
from lueckenlos.care.talks.picture import RoundTable, round_table
from lueckenlos.care.talks.types import (
    ContributionView,
    Hearing,
    ItemView,
    ResultView,
    SeriesView,
    TalkState,
    TalkView,
    Voice,
)
from lueckenlos.care.talks.wording import OUTCOMES
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import PersonView
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import Category, ConsentView, DraftAnswer, DraftView, Purpose
from lueckenlos.commons.privacy.wording import CATEGORIES, PARTY_ROLES
from lueckenlos.core.actor import Actor


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of the case as the reader may call them."""

    person: UUID
    name: str
    is_subject: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """What is said about a case, with whose words it is and who hears it."""

    contribution: ContributionView
    category: str
    about: str
    office: str
    hearers: tuple[str, ...]
    is_own: bool

    @property
    def is_family(self) -> bool:
        """The family's own words."""
        return self.contribution.voice is Voice.FAMILY


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """Where somebody whose consent counts stands: allowed, asked, or not asked yet."""

    who: UUID
    name: str
    about: str
    state: str
    offices: tuple[str, ...]
    draft: UUID | None
    no_letter: str

    @property
    def is_missing(self) -> bool:
        """Whether their answer is still open."""
        return self.state in {"asked", "unasked"}


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything on the page of an item."""

    item: ItemView
    talk: TalkView
    series: SeriesView
    office: str
    title: str
    facts: str
    hearing: Hearing
    picture: RoundTable
    people: tuple[PersonLine, ...]
    parts: tuple[PartLine, ...]
    results: tuple[tuple[ResultView, str], ...]
    agreements: tuple[AgreementLine, ...]
    has_case: bool
    may_change: bool
    speaks: bool
    consents: tuple[ConsentLine, ...]
    nobody_agrees: str

    @property
    def is_running(self) -> bool:
        """Whether its talk runs now."""
        return self.talk.state is TalkState.RUNNING

    @property
    def known_names(self) -> tuple[str, ...]:
        """Names that must not stand in a record."""
        return tuple(each.name for each in self.people)


def item_page(actor: Actor, key: UUID, *, now: datetime) -> ItemPage | None:
    """Gather the page of an item, or nothing where the actor may not know of it."""
    item = selectors.item(actor, key)
    talk = current_talk(actor, item) if item else None
    series = selectors.series(actor, talk.series) if talk else None
    if item is None or talk is None or series is None:
        return None
    return _page(actor, item, talk=talk, series=series, now=now)


def current_talk(actor: Actor, item: ItemView) -> TalkView | None:
    """The talk in which an item is spoken about next or was last: its own, or the one that looks at it again."""
    again = [each.next_talk for each in selectors.results(actor, item.id) if each.next_talk]
    found = [selectors.talk(actor, key) for key in dict.fromkeys([item.talk, *again])]
    return max((each for each in found if each is not None), key=lambda each: each.starts_at, default=None)


def _page(actor: Actor, item: ItemView, *, talk: TalkView, series: SeriesView, now: datetime) -> ItemPage:
    hearing = selectors.hearings(actor, [item], offices=series.offices)[item.id]
    people = people_of(actor, item.file) if item.file else ()
    has_case = item.file is not None and services.has_case(actor, item.file, now=now)
    speaks = talk.id in selectors.speaks_in(actor)
    offices = directory.organization_names({item.organization})
    consents, nobody = consent_lines(actor, item, people=people, now=now) if has_case else ((), "")
    return ItemPage(
        item=item,
        talk=talk,
        series=series,
        office=offices.get(item.organization, ""),
        title=_title(item, people),
        facts=Words.read().facts(item),
        hearing=hearing,
        picture=round_table(series.offices, hearing),
        people=people,
        parts=part_lines(actor, item, hearing=hearing, series=series, people=people),
        results=tuple((each, str(OUTCOMES[each.outcome])) for each in selectors.results(actor, item.id)),
        agreements=tuple(
            agreement_lines(
                selectors.agreements(actor, item.id), offices=series.offices, pseudonyms={}, now=now
            )
        ),
        has_case=has_case,
        may_change=has_case
        or (
            not item.is_named
            and item.organization == actor.organization
            and (speaks or item.brought_by == actor.person_id)
        ),
        speaks=speaks,
        consents=consents,
        nobody_agrees=nobody,
    )


def people_of(actor: Actor, file: UUID) -> tuple[PersonLine, ...]:
    """The people of a case as the actor may call them: by name where that is open, else by how they stand in it."""
    parties = privacy.parties(actor, file)
    known = families.people(actor, [party.person for party in parties])
    return tuple(
        PersonLine(
            party.person,
            known[party.person].name if party.person in known else str(PARTY_ROLES[party.role]),
            party.is_subject,
        )
        for party in parties
    )


def part_lines(
    actor: Actor,
    item: ItemView,
    *,
    hearing: Hearing,
    series: SeriesView,
    people: Sequence[PersonLine],
) -> tuple[PartLine, ...]:
    """What is said about a case, part by part, with who hears it."""
    if item.file is None:
        return ()
    names = {each.person: each.name for each in people} | {item.file: gettext("die ganze Familie")}
    short = {each.organization: each.short for each in series.offices}
    return tuple(
        PartLine(
            contribution=each,
            category=str(CATEGORIES[each.category]),
            about=names.get(each.about, ""),
            office=short.get(each.organization, ""),
            hearers=tuple(short[office] for office in hearing.hearers_of(each.part)),
            is_own=each.author == actor.person_id,
        )
        for each in selectors.contributions(actor, item.id)
    )


def shown_parts(page: ItemPage) -> set[tuple[UUID, Category]]:
    """What the page tells of a case: each part, and the name where it stands there."""
    found = {line.contribution.part for line in page.parts}
    about = page.item.about
    if about is not None and page.title != page.item.pseudonym:
        found.add((about, Category.IDENTITY))
    return found


def sharable(page: ItemPage, *, actor: Actor) -> list[tuple[UUID, Category]]:
    """What the actor's office may add: each part that at least one other office may hear."""
    return sorted(
        {
            part
            for office, parts in page.hearing.parts.items()
            if office != actor.organization
            for part in parts
            if part[1] is not Category.IDENTITY
        },
        key=str,
    )


def consent_lines(
    actor: Actor, item: ItemView, *, people: Sequence[PersonLine], now: datetime
) -> tuple[tuple[ConsentLine, ...], str]:
    """Where each person stands whose consent counts, and whom nobody can agree for."""
    file = item.file
    if file is None or item.about is None:
        return (), ""
    plain = replace(actor, purpose=None)
    drafts = [each for each in privacy.drafts_of(plain, file) if _for_talks(each)]
    given = privacy.consents_of(plain, file)
    subjects = dict.fromkeys([item.about, *(draft.subject for draft in drafts)])
    names = {each.person: each.name for each in people}
    found, nobody = [], ""
    pairs: list[tuple[UUID, UUID]] = []
    for subject in subjects:
        try:
            pairs += [(who, subject) for who in services.needed(plain, file, subject=subject, now=now)]
        except NobodyToAsk:
            nobody = names.get(subject, "")
    persons = families.people(plain, [who for who, _ in pairs])
    for who, subject in pairs:
        found.append(
            _consent_line(
                who,
                subject,
                drafts=drafts,
                given=given,
                names=names,
                person=persons.get(who),
                now=now,
            )
        )
    return tuple(found), nobody


def _consent_line(
    who: UUID,
    subject: UUID,
    *,
    drafts: Sequence[DraftView],
    given: Sequence[ConsentView],
    names: dict[UUID, str],
    person: PersonView | None,
    now: datetime,
) -> ConsentLine:
    allowed = {
        scope.value.organization
        for consent in given
        if consent.given_by == who and consent.subject == subject and consent.is_open(now)
        for scope in consent.scopes
        if scope.ended_at is None and scope.value.purpose is Purpose.CASE_TALK
    }
    asked = next((each for each in drafts if each.asked == who and each.subject == subject), None)
    is_open = asked is not None and asked.answer is DraftAnswer.OPEN and asked.expires_at > now
    state = "unasked"
    if is_open:
        state = "asked"
    elif allowed:
        state = "allowed"
    elif asked is not None and asked.answer is DraftAnswer.DECLINED:
        state = "declined"
    called = directory.organization_names(allowed) if allowed else {}
    lacking = unsendable(asked, person) if asked is not None and is_open else None
    return ConsentLine(
        who=who,
        name=names.get(who, ""),
        about=names.get(subject, "") if subject != who else "",
        state=state,
        offices=tuple(sorted(called.values())),
        draft=asked.id if asked is not None and is_open else None,
        no_letter=lacking.why if lacking else "",
    )


def _for_talks(draft: DraftView) -> bool:
    return any(scope.purpose is Purpose.CASE_TALK for scope in draft.scopes)


def _title(item: ItemView, people: Sequence[PersonLine]) -> str:
    """The name only where it is open to the reader; the pseudonym always."""
    name = next((each.name for each in people if each.person == item.about), "")
    roles = {str(each) for each in PARTY_ROLES.values()}
    return f"{name} ({item.pseudonym})" if name and name not in roles else item.pseudonym
