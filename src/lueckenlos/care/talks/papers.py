"""The record of a talk without names, as a page and as a paper, and what one button prepares for the next talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from lueckenlos.care.talks import selectors
from lueckenlos.care.talks.item_page import ConsentLine, consent_lines, people_of
from lueckenlos.care.talks.letters import consent_letter
from lueckenlos.care.talks.page import AgreementLine, ItemLine, agenda_lines, agreement_lines, guests
from lueckenlos.care.talks.types import ItemView, SeriesView, TalkView
from lueckenlos.care.talks.wording import day_and_hours
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.core import letters, printing
from lueckenlos.core.actor import Actor

TEMPLATE: Final = Path(__file__).parent / "printed" / "record.typ"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The record of a talk as its reader may keep it: no names of families, offices instead of people."""

    series: SeriesView
    talk: TalkView
    offices: tuple[str, ...]
    lines: tuple[ItemLine, ...]
    agreements: dict[UUID, list[AgreementLine]]

    @property
    def agreed(self) -> list[tuple[ItemLine, list[AgreementLine]]]:
        """The items with what was agreed about each."""
        return [(line, self.agreements.get(line.item.id, [])) for line in self.lines]


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A case that one has brought, with whose consent is still missing."""

    item: ItemView
    name: str
    consents: tuple[ConsentLine, ...]
    nobody: str

    @property
    def missing(self) -> list[ConsentLine]:
        """Whose answer is still open."""
        return [each for each in self.consents if each.is_missing]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What one needs for a talk: the agenda, the consents still missing, and what is open from last time."""

    lines: tuple[ItemLine, ...]
    own: tuple[OwnItem, ...]
    open_agreements: tuple[AgreementLine, ...]

    @property
    def drafts(self) -> list[UUID]:
        """The questions for which a letter can go."""
        return [
            each.draft
            for own in self.own
            for each in own.consents
            if each.draft is not None and not each.no_letter
        ]

    @property
    def missing(self) -> list[OwnItem]:
        """The cases in which something is missing."""
        return [each for each in self.own if each.missing or each.nobody]


def minutes(actor: Actor, talk: TalkView, series: SeriesView, *, now: datetime) -> Minutes:
    """The record of a talk, as far as its reader may know what was spoken about."""
    lines = agenda_lines(actor, talk, series)
    found = selectors.agreements_of_talk(actor, talk.id)
    grouped: dict[UUID, list[AgreementLine]] = {}
    for each in agreement_lines(found, offices=series.offices, pseudonyms={}, now=now):
        grouped.setdefault(each.agreement.item, []).append(each)
    there = dict.fromkeys(
        each.office
        for each in guests(actor, talk, series)
        if each.is_there and _at_table(each.organization, series)
    )
    return Minutes(series, talk, tuple(there), lines, grouped)


def minutes_pdf(found: Minutes, *, now: datetime) -> bytes:
    """The record as a tagged PDF, with the day on which it is deleted."""
    return printing.pdf(TEMPLATE, _data(found), now=now)


def preparation(actor: Actor, talk: TalkView, series: SeriesView, *, now: datetime) -> Preparation:
    """Everything that the one who asks needs before a talk."""
    lines = agenda_lines(actor, talk, series)
    pseudonyms = {line.item.id: line.item.pseudonym for line in lines}
    found = selectors.open_agreements(actor, series.id, before=talk.starts_at)
    for key in {each.item for each in found} - pseudonyms.keys():
        item = selectors.item(actor, key)
        if item is not None:
            pseudonyms[key] = item.pseudonym
    return Preparation(
        lines=lines,
        own=tuple(own_items(actor, [line.item for line in lines], now=now)),
        open_agreements=tuple(agreement_lines(found, offices=series.offices, pseudonyms=pseudonyms, now=now)),
    )


def own_items(actor: Actor, items: Sequence[ItemView], *, now: datetime) -> list[OwnItem]:
    """The cases among these items that are one's task, with where each consent stands."""
    plain = replace(actor, purpose=None)
    own = []
    for item in items:
        if item.file is None or privacy.file(plain, item.file) is None:
            continue
        people = people_of(plain, item.file)
        consents, nobody = consent_lines(actor, item, people=people, now=now)
        name = next((each.name for each in people if each.person == item.about), "")
        own.append(OwnItem(item, name, consents, nobody))
    return own


def letters_pdf(actor: Actor, drafts: Sequence[UUID], *, talk: TalkView, now: datetime) -> bytes:
    """All letters at once, each to one person on sheets of its own."""
    plain = replace(actor, purpose=None)
    written = [
        consent_letter(draft, talk=talk, actor=plain, now=now)
        for draft in (privacy.draft(plain, key) for key in drafts)
        if draft is not None
    ]
    return letters.pdf_of(written, now=now)


def _at_table(organization: UUID, series: SeriesView) -> bool:
    return series.office(organization) is not None


def _data(found: Minutes) -> dict[str, Any]:
    talk = found.talk
    return {
        "title": gettext("Protokoll: %(name)s") % {"name": found.series.name},
        "subtitle": ", ".join(filter(None, (day_and_hours(talk.starts_at, talk.ends_at), talk.place))),
        "foot": gettext("%(county)s · ohne Namen · wird gelöscht am %(day)s")
        % {"county": places.county().name, "day": date_format(talk.erase_after, "j. F Y")},
        "present": gettext("Dabei waren: %(offices)s.") % {"offices": ", ".join(found.offices)}
        if found.offices
        else gettext("Wer dabei war, ist nicht eingetragen."),
        "items": [_item(line, agreed) for line, agreed in found.agreed],
        "remarks_title": gettext("Allgemeines") if talk.remarks else "",
        "remarks": [each for each in talk.remarks.splitlines() if each.strip()],
        "none": gettext("Über keinen Fall wurde gesprochen."),
    }


def _item(line: ItemLine, agreed: Sequence[AgreementLine]) -> dict[str, Any]:
    return {
        "title": f"{line.number}. {line.item.pseudonym}",
        "facts": line.facts,
        "hearing": line.picture.sentence,
        "question": line.item.question,
        "outcome": line.outcome or gettext("Nicht besprochen"),
        "text": line.result.text if line.result else "",
        "agreements": [
            {
                "who": each.office,
                "what": each.agreement.what,
                "until": date_format(each.agreement.due_at, "j. F Y"),
            }
            for each in agreed
        ],
    }
