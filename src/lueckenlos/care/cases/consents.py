"""What the page of a case's consents shows: who agreed to what, who still has to, what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases import selectors
from lueckenlos.care.cases.types import CaseView
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import agreeing, picture
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.agreeing import FileFacts
from lueckenlos.commons.privacy.picture import Line, Picture, Standing
from lueckenlos.commons.privacy.rights import SecrecyView
from lueckenlos.commons.privacy.types import (
    ConsentState,
    ConsentView,
    DraftAnswer,
    DraftView,
    Ground,
    ScopeValue,
    TextView,
)
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role

WHOLE_FAMILY = "die ganze Familie"


@dataclass(frozen=True, slots=True)
class ScopeGroup:
    """One office of a consent: for what it may know which kinds of data."""

    office: str
    purpose: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent as colleagues read it."""

    consent: ConsentView
    who: str
    about: str
    title: str
    is_open: bool
    groups: tuple[ScopeGroup, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A question that somebody was asked."""

    draft: DraftView
    who: str
    about: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class SecrecyLine:
    """Who may speak with whom, although bound to secrecy."""

    release: SecrecyView
    towards: str
    who: str
    about: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """Everything about agreeing in one case."""

    case: CaseView
    people: tuple[pages.PartyLine, ...]
    facts: FileFacts
    names: dict[UUID, str]
    picture: Picture
    consents: tuple[ConsentLine, ...]
    drafts: tuple[DraftLine, ...]
    secrecy: tuple[SecrecyLine, ...]

    @property
    def open_drafts(self) -> list[DraftLine]:
        """What nobody has answered yet."""
        return [line for line in self.drafts if line.is_open]

    @property
    def past_drafts(self) -> list[DraftLine]:
        """What was answered with no, taken back, or whose time is over; a yes stands among the consents."""
        return [
            line for line in self.drafts if not line.is_open and line.draft.answer is not DraftAnswer.AGREED
        ]

    @property
    def holding(self) -> list[ConsentLine]:
        """What counts now."""
        return [line for line in self.consents if line.is_open]

    @property
    def ended(self) -> list[ConsentLine]:
        """What was withdrawn, replaced, or has run out."""
        return [line for line in self.consents if not line.is_open]

    @property
    def own_pages(self) -> list[pages.PartyLine]:
        """Who can have a code for their own page."""
        return [line for line in self.people if line.party.is_subject]


def consents_page(actor: Actor, file: UUID, *, now: datetime) -> ConsentsPage | None:
    """Gather the consents of a case for whoever has it as their task; nothing for everybody else."""
    case = selectors.case(actor, file)
    if case is None or not privacy.grounds(actor, file, now=now) & {Ground.OWN_TASK, Ground.COVER}:
        return None
    facts = agreeing.facts_of(actor, file)
    if facts is None:
        return None
    people = pages.people_of(actor, file)
    names = {line.party.person: line.name for line in people} | {file: WHOLE_FAMILY}
    texts = {text: _title(text) for text in {consent.text for consent in facts.consents}}
    return ConsentsPage(
        case=case,
        people=people,
        facts=facts,
        names=names,
        picture=picture.picture_of(picture.lines_of(privacy.releases(actor, file, now=now), names=names)),
        consents=tuple(
            _consent(each, facts=facts, names=names, texts=texts, now=now) for each in facts.consents
        ),
        drafts=tuple(_draft(each, names=names, now=now) for each in privacy.drafts_of(actor, file)),
        secrecy=_secrecy(privacy.secrecy_of(actor, file), names=names, now=now),
    )


def foreseen(page: ConsentsPage, draft: DraftView, *, now: datetime) -> Picture:
    """What a yes to this question would open at once, and what would wait for somebody else."""
    opened = agreeing.opens(
        page.facts,
        draft.subject,
        given_by=draft.asked,
        scopes=draft.scopes,
        until=draft.valid_until,
        at=now,
    )
    lines = [
        Line(scope, draft.valid_until, Standing.ASKED if scope in opened else Standing.WAITING)
        for scope in draft.scopes
    ]
    return picture.picture_of(lines)


def missing_names(
    page: ConsentsPage, subject: UUID, scopes: Iterable[ScopeValue], *, now: datetime
) -> tuple[str, ...]:
    """Who still has to agree, by name."""
    return _names(agreeing.still_missing(page.facts, subject, scopes=scopes, at=now), page.names)


def who_can_be_asked(page: ConsentsPage, subject: UUID, *, now: datetime) -> list[pages.PartyLine]:
    """Those whose consent this person's data need, in the order of the case."""
    needed = agreeing.who_must_agree(page.facts, subject, at=now)
    return [line for line in page.people if line.party.person in needed]


def usual_offices(page: ConsentsPage, actor: Actor, *, now: datetime) -> list[tuple[UUID, str]]:
    """Offices that are often asked for: those with a Präventionskraft, and those that know of the case already."""
    wanted = set(accounts.organizations_with(Role.PREVENTION_OFFICER, today=clock.day_of(now)))
    wanted |= {referral.to_organization for referral in selectors.referrals_of(actor, page.case.file)}
    wanted |= {scope.value.organization for consent in page.facts.consents for scope in consent.scopes}
    wanted -= {page.case.organization}
    names = directory.organization_names(wanted)
    return sorted(names.items(), key=lambda each: each[1])


def consent_texts() -> list[TextView]:
    """The texts on which a consent can rest, in German."""
    return [text for text in privacy.texts(language="de") if text.purposes]


def groups_of(scopes: Sequence[ScopeValue]) -> tuple[ScopeGroup, ...]:
    """Scopes by office and purpose, in words."""
    names = directory.organization_names({scope.organization for scope in scopes})
    grouped: dict[tuple[str, str], list[str]] = {}
    for scope in scopes:
        key = (names.get(scope.organization, ""), str(PURPOSES[scope.purpose]))
        grouped.setdefault(key, []).append(str(CATEGORIES[scope.category]))
    return tuple(ScopeGroup(*key, tuple(words)) for key, words in sorted(grouped.items()))


def _consent(
    consent: ConsentView,
    *,
    facts: FileFacts,
    names: dict[UUID, str],
    texts: dict[UUID, str],
    now: datetime,
) -> ConsentLine:
    is_open = consent.is_open(now)
    scopes = agreeing.open_scopes(consent) if is_open else [scope.value for scope in consent.scopes]
    missing = (
        agreeing.still_missing(facts, consent.subject, scopes=scopes, at=now) if is_open else frozenset()
    )
    return ConsentLine(
        consent=consent,
        who=names.get(consent.given_by, ""),
        about=names.get(consent.subject, ""),
        title=texts.get(consent.text, ""),
        is_open=is_open and consent.state is ConsentState.GIVEN,
        groups=groups_of(scopes),
        missing=_names(missing, names),
    )


def _draft(draft: DraftView, *, names: dict[UUID, str], now: datetime) -> DraftLine:
    return DraftLine(
        draft,
        who=names.get(draft.asked, draft.asked_label),
        about=names.get(draft.subject, draft.subject_label),
        is_open=draft.answer is DraftAnswer.OPEN and draft.expires_at > now,
    )


def _secrecy(
    releases: Sequence[SecrecyView], *, names: dict[UUID, str], now: datetime
) -> tuple[SecrecyLine, ...]:
    offices = directory.organization_names({each.towards for each in releases})
    return tuple(
        SecrecyLine(
            each,
            towards=offices.get(each.towards, ""),
            who=names.get(each.given_by, ""),
            about=names.get(each.subject, ""),
            is_open=each.is_open(now),
        )
        for each in releases
    )


def _title(text: UUID) -> str:
    found = privacy.text(text, language="de")
    return found.title if found else ""


def _names(people: Iterable[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    return tuple(sorted(names.get(person, "jemand, der nicht mehr zum Fall gehört") for person in people))
