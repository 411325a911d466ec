"""One's own page, gathered: what is held, what was allowed, who may know what, who saw what, what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lueckenlos.care.talks import selectors as talks
from lueckenlos.care.talks.types import OwnTalk
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import agreeing, picture
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.picture import Line, Picture, Standing
from lueckenlos.commons.privacy.rights import RightView, SecrecyView
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentView,
    DisclosureView,
    DraftView,
    Purpose,
    ScopeView,
)
from lueckenlos.commons.privacy.wording import CATEGORIES, GROUNDS, PURPOSES
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.portal.own_data.types import FilledSection, filled

# More than anybody reads at once; the export has all of them.
SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One thing that was allowed, as it can be taken back."""

    id: UUID
    office: str
    label: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent of the person, in their words."""

    consent: ConsentView
    title: str
    about: str
    is_open: bool
    is_mine: bool
    rows: tuple[ScopeRow, ...]
    until: str


@dataclass(frozen=True, slots=True)
class SecrecyRow:
    """Whom the person released from secrecy."""

    release: SecrecyView
    towards: str
    until: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class SeenRow:
    """On one day one office saw these kinds of data, on one ground."""

    day: date
    office: str
    categories: tuple[str, ...]
    ground: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk of offices ahead, about the person or about a child of theirs."""

    talk: OwnTalk
    about: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on one's own page."""

    person: UUID
    name: str
    sections: tuple[FilledSection, ...]
    consents: tuple[ConsentRow, ...]
    secrecy: tuple[SecrecyRow, ...]
    picture: Picture
    seen: tuple[SeenRow, ...]
    has_more_seen: bool
    asked: tuple[DraftView, ...]
    rights: tuple[RightView, ...]
    talks: tuple[TalkRow, ...]

    @property
    def holding(self) -> list[ConsentRow]:
        """What counts now."""
        return [row for row in self.consents if row.is_open]

    @property
    def ended(self) -> list[ConsentRow]:
        """What was taken back or has run out."""
        return [row for row in self.consents if not row.is_open]


def own_page(actor: Actor, person: UUID, *, now: datetime, most_seen: int | None = SHOWN) -> OwnPage:
    """Gather the page of one person; the wall lets nobody else's data in."""
    sections = tuple(filled(actor, person, now=now))
    consents = privacy.consents_by(actor, person)
    labels = privacy.labels_given(actor, person)
    most = None if most_seen is None else most_seen + 1
    seen = privacy.disclosures_about(actor, person, most=most)
    return OwnPage(
        person=person,
        name=_name(sections),
        sections=sections,
        consents=tuple(_consents(consents, person=person, labels=labels, now=now)),
        secrecy=tuple(_secrecy(privacy.secrecy_by(actor, person), now=now)),
        picture=_picture(actor, person, consents=consents, labels=labels, now=now),
        seen=tuple(seen_rows(seen[:most_seen])),
        has_more_seen=most_seen is not None and len(seen) > most_seen,
        asked=tuple(each for each in privacy.drafts_asked(actor, person) if each.expires_at > now),
        rights=tuple(privacy.rights_of(actor, person)),
        talks=tuple(_talks(actor, person, consents=consents, labels=labels)),
    )


def seen_rows(seen: Iterable[DisclosureView]) -> list[SeenRow]:
    """Disclosures by day, office, ground and purpose: never by worker, since that is not the family's question."""
    views = list(seen)
    names = directory.organization_names({each.organization for each in views})
    grouped: dict[tuple[date, str, str, str], list[Category]] = {}
    for each in views:
        key = (
            clock.day_of(each.seen_at),
            names.get(each.organization, ""),
            str(GROUNDS[each.ground]),
            str(PURPOSES[Purpose(each.purpose)]) if each.purpose else "",
        )
        grouped.setdefault(key, []).append(each.category)
    return [
        SeenRow(key[0], key[1], tuple(str(CATEGORIES[each]) for each in dict.fromkeys(found)), key[2], key[3])
        for key, found in grouped.items()
    ]


def _name(sections: tuple[FilledSection, ...]) -> str:
    first = next((section for section in sections if section.key == "person"), None)
    return first.items[0].title if first is not None and first.items else ""


def _consents(
    consents: list[ConsentView], *, person: UUID, labels: dict[UUID, str], now: datetime
) -> list[ConsentRow]:
    offices = directory.organization_names(
        {scope.value.organization for consent in consents for scope in consent.scopes}
    )
    return [
        ConsentRow(
            consent=consent,
            title=_title(consent.text),
            about="" if consent.subject == person else labels.get(consent.id, _("Ihr Kind")),
            is_open=consent.is_open(now),
            is_mine=consent.given_by == person,
            rows=tuple(
                _scope(scope, offices)
                for scope in consent.scopes
                if scope.ended_at is None or not consent.is_open(now)
            ),
            until=picture.day(consent.valid_until),
        )
        for consent in consents
    ]


def _talks(
    actor: Actor, person: UUID, *, consents: list[ConsentView], labels: dict[UUID, str]
) -> list[TalkRow]:
    children = {consent.subject: labels[consent.id] for consent in consents if consent.id in labels}
    return [
        TalkRow(talk, "" if talk.about == person else children.get(talk.about, _("Ihr Kind")))
        for talk in talks.own_talks(actor)
    ]


def _scope(scope: ScopeView, offices: dict[UUID, str]) -> ScopeRow:
    return ScopeRow(
        scope.id,
        offices.get(scope.value.organization, ""),
        str(CATEGORIES[scope.value.category]),
        str(PURPOSES[scope.value.purpose]),
    )


def _secrecy(releases: list[SecrecyView], *, now: datetime) -> list[SecrecyRow]:
    offices = directory.organization_names({each.towards for each in releases})
    return [
        SecrecyRow(each, offices.get(each.towards, ""), picture.day(each.valid_until), each.is_open(now))
        for each in releases
    ]


def _picture(
    actor: Actor, person: UUID, *, consents: list[ConsentView], labels: dict[UUID, str], now: datetime
) -> Picture:
    """Who may know something about the person, and about whom they agreed; open, or waiting for others."""
    lines = picture.lines_of(privacy.releases_about(actor, person, now=now))
    there = {(line.value.organization, line.value.category, line.value.purpose) for line in lines}
    released = privacy.own_released(actor)
    for consent in consents:
        if consent.given_by != person or not consent.is_open(now):
            continue
        about = "" if consent.subject == person else labels.get(consent.id, _("Ihr Kind"))
        open_ones = set(agreeing.open_scopes(consent))
        for scope in consent.scopes:
            key = (scope.value.organization, scope.value.category, scope.value.purpose)
            if scope.value not in open_ones or scope.ended_at is not None or (not about and key in there):
                continue
            standing = Standing.OPEN if scope.id in released else Standing.WAITING
            lines.append(Line(scope.value, consent.valid_until, standing, about))
    return picture.picture_of(lines)


def _title(text: UUID) -> str:
    found = privacy.text(text, language=_language())
    return found.title if found else ""


def _language() -> str:
    return get_language() or "de"
