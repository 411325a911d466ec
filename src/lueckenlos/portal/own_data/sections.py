"""The sections of one's own page that the rooms of this house fill today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.selectors import own as own_cases
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.types import CaseView, RecordView
from lueckenlos.care.talks import selectors as talk_selectors
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactKind, ContactWish
from lueckenlos.commons.privacy.picture import day
from lueckenlos.commons.privacy.wording import CATEGORIES
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.pathways import Pathway
from lueckenlos.portal.own_data.types import OwnItem, OwnSection

KINDS: Final[dict[ContactKind, Promise]] = {
    ContactKind.PHONE: lazy("Telefon"),
    ContactKind.MOBILE: lazy("Mobiltelefon"),
    ContactKind.EMAIL: lazy("E-Mail"),
}
WISHES: Final[dict[ContactWish, Promise]] = {
    ContactWish.CALL: lazy("anrufen"),
    ContactWish.SMS: lazy("SMS"),
    ContactWish.EMAIL: lazy("E-Mail"),
    ContactWish.LETTER: lazy("Brief"),
    ContactWish.IN_PERSON: lazy("nur persönlich"),
}
ANSWERS: Final = {"yes": lazy("ja"), "no": lazy("nein")}


def person(actor: Actor, key: UUID, _now: datetime) -> list[OwnItem]:
    """Name, birthday, languages, and how to be reached."""
    found = families.person(actor, key)
    if found is None:
        return []
    facts = [
        (_("Name"), found.name),
        (_("Geburtstag"), day_of(found.born_on)),
        (_("Sprachen"), ", ".join(language_name(each) for each in found.languages)),
        *((str(KINDS[contact.kind]), contact.value) for contact in found.contacts),
        (_("So möchten Sie erreicht werden"), ", ".join(str(WISHES[wish]) for wish in found.wishes)),
        (_("Ihr Wunsch in Worten"), found.wish_note),
    ]
    if found.address is not None:
        address = found.address
        line = ", ".join(filter(None, (address.street, f"{address.postcode} {address.city}".strip())))
        facts.append((_("Adresse"), line))
        if address.is_blocked:
            facts.append((_("Auskunftssperre"), _("Nur wer mit Ihnen arbeitet, kennt die Adresse.")))
    return [
        OwnItem(
            found.name,
            facts=tuple((label, value) for label, value in facts if value),
            data={
                "first_name": found.first_name,
                "family_name": found.family_name,
                "born_on": found.born_on,
                "languages": list(found.languages),
                "needs_interpreter": found.needs_interpreter,
                "contacts": [
                    {"kind": each.kind.value, "value": each.value, "is_safe": each.is_safe}
                    for each in found.contacts
                ],
                "wishes": [wish.value for wish in found.wishes],
                "wish_note": found.wish_note,
                "address": None
                if found.address is None
                else {
                    "street": found.address.street,
                    "postcode": found.address.postcode,
                    "city": found.address.city,
                    "is_blocked": found.address.is_blocked,
                },
            },
        )
    ]


def matters(actor: Actor, _person: UUID, _now: datetime) -> list[OwnItem]:
    """The cases in which the person is, without what is written in them."""
    found = cases.cases(actor)
    names = directory.organization_names({each.organization for each in found})
    return [
        OwnItem(
            each.pathway_title,
            facts=((_("beendet am"), day(each.closed_at)),)
            if each.closed_at
            else ((_("Stand"), each.stage_title),),
            at=each.opened_at,
            office=names.get(each.organization, ""),
            data={
                "file": str(each.file),
                "pathway": each.pathway,
                "stage": each.stage,
                "opened_at": each.opened_at,
                "closed_at": each.closed_at,
            },
        )
        for each in found
    ]


def records(actor: Actor, key: UUID, _now: datetime) -> list[OwnItem]:
    """What is written about the person and not held back."""
    found = cases.records_about(actor, key)
    known = {each.file: each for each in cases.cases(actor)}
    names = directory.organization_names({each.organization for each in found})
    return [
        _record(each, case=known.get(each.file), office=names.get(each.organization, "")) for each in found
    ]


def goals(actor: Actor, key: UUID, _now: datetime) -> list[OwnItem]:
    """What the person wants to reach, with their own ratings."""
    return [
        OwnItem(
            goal.text,
            facts=tuple(
                (day(at), _("%(value)s von 10") % {"value": value}) for at, _who, value in goal.ratings
            ),
            at=goal.agreed_at,
            data={
                "text": goal.text,
                "agreed_at": goal.agreed_at,
                "ended_at": goal.ended_at,
                "ratings": [{"at": at, "by": who, "value": value} for at, who, value in goal.ratings],
            },
        )
        for goal in own_cases.goals_about(actor, key)
    ]


def documents(actor: Actor, key: UUID, _now: datetime) -> list[OwnItem]:
    """Papers about the person; each opens by its link."""
    return [
        OwnItem(
            each.name,
            facts=((_("Art"), str(CATEGORIES[each.category])),),
            at=each.created_at,
            url=reverse("own:document", args=[each.id]),
            data={
                "name": each.name,
                "media_type": each.media_type,
                "size": each.size,
                "added_at": each.created_at,
            },
        )
        for each in own_cases.documents_about(actor, key)
    ]


def talks(actor: Actor, key: UUID, _now: datetime) -> list[OwnItem]:
    """What is to be said about the person when offices meet."""
    found = talk_selectors.about_person(actor, key)
    names = directory.organization_names({each.organization for each in found})
    return [
        OwnItem(
            str(CATEGORIES[each.category]),
            facts=((_("Text"), each.text),),
            at=each.created_at,
            office=names.get(each.organization, ""),
            data={"category": each.category.value, "voice": each.voice.value, "text": each.text},
        )
        for each in found
    ]


SECTIONS: Final = (
    OwnSection(
        "person",
        lazy("Wer Sie sind und wie man Sie erreicht"),
        lazy("Damit die Stellen Sie so erreichen, wie Sie es möchten."),
        person,
    ),
    OwnSection(
        "cases",
        lazy("Wo Sie Hilfe bekommen oder gefragt haben"),
        lazy("Damit jemand zuständig ist und nichts verloren geht."),
        matters,
    ),
    OwnSection(
        "records",
        lazy("Was über Sie aufgeschrieben ist"),
        lazy("Damit Ihre Fachkraft Sie gut begleiten kann und Sie nicht alles neu erzählen."),
        records,
    ),
    OwnSection(
        "talks",
        lazy("Was Ämter miteinander besprechen wollen"),
        lazy("Damit die Ämter gemeinsam helfen. Nur wem Sie es erlaubt haben, darf es hören."),
        talks,
    ),
    OwnSection("goals", lazy("Ihre Ziele"), lazy("Damit Sie selbst sagen, ob es besser wird."), goals),
    OwnSection(
        "documents",
        lazy("Unterlagen"),
        lazy("Weil Sie oder andere sie für Ihre Hilfe abgegeben haben."),
        documents,
    ),
)


def day_of(value: Any) -> str:
    """A birthday as one reads it; empty without one."""
    return "" if value is None else day(datetime.combine(value, time.min, tzinfo=clock.zone()))


def _record(record: RecordView, *, case: CaseView | None, office: str) -> OwnItem:
    pathway = ways.version(case.pathway, case.pathway_version) if case is not None else None
    title, labels, choices = _kind(record, pathway)
    facts = [
        (labels.get(name, name), str(ANSWERS.get(str(value), choices.get(name, {}).get(str(value), value))))
        for name, value in record.data.items()
        if value not in {None, ""}
    ]
    if record.words:
        facts.insert(0, (_("In Ihren Worten"), record.words))
    if record.text:
        facts.append((_("Notiz"), record.text))
    return OwnItem(
        title,
        facts=tuple(facts),
        at=record.happened_at,
        office=office,
        data={
            "kind": record.kind,
            "category": record.category.value,
            "happened_at": record.happened_at,
            "words": record.words,
            "text": record.text,
            "data": record.data,
        },
    )


def _kind(
    record: RecordView, pathway: Pathway | None
) -> tuple[str, Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    """A record's title with the labels of its fields and choices; without its pathway the kind of data names it."""
    kind = pathway.record_kind_of.get(record.kind) if pathway is not None else None
    if kind is None:
        return str(CATEGORIES[record.category]), {}, {}
    labels = {field.key: field.label for field in kind.fields}
    choices = {field.key: {each.key: each.label for each in field.choices} for field in kind.fields}
    return kind.title, labels, choices
