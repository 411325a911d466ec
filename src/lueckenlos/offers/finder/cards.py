"""What a result says at a glance, made ready for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lueckenlos.commons.directory.types import Format, Freshness, Glance, LocalText, ServiceView
from lueckenlos.offers.finder import wording
from lueckenlos.offers.finder.types import Hit

BRIEF = 190


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card: an icon's name and what it says."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One service as a result shows it."""

    id: UUID
    key: str
    name: LocalText
    brief: LocalText
    organization: str
    facts: tuple[Fact, ...]
    phone: str
    why: str
    note: str
    theirs: str
    latitude: float | None
    longitude: float | None


def cards(hits: Sequence[Hit], *, services: Sequence[Glance]) -> list[Card]:
    """The cards of a page of hits, in their order; what vanished meanwhile is left out."""
    by_id = {service.id: service for service in services}
    return [card(by_id[hit.service_id], hit=hit) for hit in hits if hit.service_id in by_id]


def card(service: Glance, *, hit: Hit | None = None) -> Card:
    """One service with the facts that decide."""
    place = next((place for place in service.places if place.latitude is not None), None)
    reasons = (wording.why(reason) for reason in hit.why) if hit else ()
    return Card(
        id=service.id,
        key=service.key,
        name=service.name,
        brief=brief(service.description),
        organization=service.organization,
        facts=tuple(_facts(service, hit=hit)),
        phone=service.phone,
        why=next((reason for reason in reasons if reason), ""),
        note=freshness_note(service),
        theirs=service.feed,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def brief(text: LocalText) -> LocalText:
    """The first sentences of a description."""
    if len(text.text) <= BRIEF:
        return text
    cut = text.text[:BRIEF].rsplit(" ", 1)[0].rstrip(",;:.–-")
    return LocalText(f"{cut} …", text.language, text.is_fallback, text.state)


def freshness_note(service: Glance | ServiceView) -> str:
    """Said only where the entry is older than the county allows."""
    if service.freshness is Freshness.OVERDUE and service.verified_on is not None:
        return _("Zuletzt geprüft am %(day)s. Fragen Sie lieber nach.") % {
            "day": wording.on_day(service.verified_on)
        }
    if service.freshness is Freshness.NEVER:
        return _("Noch nicht geprüft. Fragen Sie lieber nach.")
    return ""


def _facts(service: Glance, *, hit: Hit | None) -> list[Fact]:
    facts = [Fact("people", wording.for_whom(service)), Fact("place", where(service, hit=hit))]
    dates = [each for each in service.next_dates if not wording.around_the_clock(each)]
    if dates:
        facts.append(
            Fact("calendar-today", _("Nächster Termin: %(when)s") % {"when": wording.at_time(dates[0])})
        )
    elif service.schedule_text:
        facts.append(Fact("clock", service.schedule_text))
    if service.fee:
        facts.append(Fact("euro", _("kostenlos") if service.is_free else service.fee))
    facts.append(Fact("check", str(wording.ACCESS[service.access])))
    others = [code for code in service.languages if code != "de"]
    if others:
        facts.append(Fact("speech", wording.languages(service.languages)))
    if service.waiting_weeks:
        facts.append(
            Fact("clock", _("Wartezeit: %(time)s") % {"time": wording.waiting(service.waiting_weeks)})
        )
    return facts


def where(service: Glance, *, hit: Hit | None = None) -> str:
    """Where a service takes place and how far that is."""
    if service.format in {Format.ONLINE, Format.PHONE, Format.OUTREACH} or not service.places:
        return str(wording.FORMATS[service.format])
    town = service.places[0].town
    far = wording.how_far(hit.distance_km) if hit and hit.distance_km is not None else ""
    more = _("und weitere Orte") if len(service.places) > 1 else ""
    return ", ".join(part for part in (town, far, more) if part)
