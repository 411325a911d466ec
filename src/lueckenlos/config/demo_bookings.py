"""The demo's bookings: a talk, a room and a thing with their hours, and a few times that are taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.types import Gender, NewBooking, ResourceKind, Way


@dataclass(frozen=True, slots=True)
class Given:
    """One resource: who gives it, all that is said about it, and who has booked one of the next free times."""

    by: str
    new: services.NewResource
    booked: tuple[str, ...] = ()
    by_letter: tuple[str, ...] = ()


PROVIDER: Final = "anbieter@example.org"
OFFICE: Final = "familienbuero@example.org"
RESOURCES: Final = (
    Given(
        OFFICE,
        services.NewResource(
            kind=ResourceKind.PERSON,
            title="Sprechstunde im Familienbüro",
            description="Für alles, was Familien bewegt. Sie müssen nichts vorbereiten und nichts mitbringen.",
            place="Beispielweg 1, 52351 Düren",
            minutes=45,
            after=15,
            needs_approval=True,
            is_public=True,
            hours=("FREQ=WEEKLY;BYDAY=TU,TH 09:00-12:00", "FREQ=WEEKLY;BYDAY=TH 14:00-17:00"),
        ),
        booked=("Familie Beispiel",),
    ),
    Given(
        PROVIDER,
        services.NewResource(
            kind=ResourceKind.PERSON,
            title="Übersetzen: Arabisch und Kurdisch",
            description="Kommt mit zu Gesprächen oder ruft an.",
            minutes=60,
            hours=("FREQ=WEEKLY;BYDAY=TU,TH 09:00-17:00",),
            languages=("ar", "ku"),
            gender=Gender.WOMAN,
        ),
    ),
    Given(
        PROVIDER,
        services.NewResource(
            kind=ResourceKind.ROOM,
            title="Spielzimmer",
            description="Mit Teppich, Bausteinen und einer kleinen Küche, für höchstens acht Personen.",
            place="Beispielplatz 2, 52349 Düren",
            minutes=90,
            before=15,
            after=15,
            is_public=True,
            hours=("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 09:00-18:00",),
        ),
        booked=("Krabbelgruppe", "Lesekinder"),
        by_letter=("Frau Albers",),
    ),
    Given(
        PROVIDER,
        services.NewResource(
            kind=ResourceKind.THING,
            title="Lastenrad",
            description="Für Ausflüge mit bis zu zwei Kindern. Mit Helmen.",
            place="Beispielplatz 2, 52349 Düren",
            minutes=240,
            least_hours=48,
            is_public=True,
            hours=("FREQ=WEEKLY;BYDAY=FR,SA 09:00-17:00",),
        ),
    ),
)


def lay_demo_bookings(now: datetime) -> int:
    """Lay the resources once; how many."""
    laid = 0
    for given in RESOURCES:
        actor = demo_actor(given.by, now=now)
        if actor is None or actor.organization is None:
            continue
        there = {each.title for each in selectors.resources_of(actor)}
        if given.new.title not in there:
            _lay(given, actor=actor, now=now)
            laid += 1
    return laid


def _lay(given: Given, *, actor: Actor, now: datetime) -> None:
    key = services.found_resource(given.new, actor=actor, now=now)
    view = selectors.resource(key)
    if view is None:
        return
    window = Span(now, now + timedelta(days=given.new.most_days))
    for name, slot in zip(
        (*given.booked, *given.by_letter),
        selectors.free_slots(view, window=window, now=now)[::2],
        strict=False,
    ):
        new = NewBooking(
            resource=key,
            starts_at=slot.span.begins,
            name=name,
            email="familie@example.org",
            way=Way.ON_SITE,
            consent_version="demo",
        )
        services.book(_by_letter(new) if name in given.by_letter else new, now=now)


def _by_letter(new: NewBooking) -> NewBooking:
    return replace(new, email="", street="Beispielgasse 12", postcode="52445", city="Titz")
