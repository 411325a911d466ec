"""The demo's family centres: houses of the town that work together, one that asks another, and what they plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.offers.centres import selectors, services
from lueckenlos.offers.centres.types import NewNote


@dataclass(frozen=True, slots=True)
class Joined:
    """One centre: who leads it, who belongs to it, who is still asked, and to which member the lead is offered."""

    lead: str
    new: services.NewCentre
    members: tuple[str, ...]
    asked: tuple[str, ...] = ()
    hands_to: str = ""


PROVIDER: Final = "anbieter@example.org"
TOWN: Final = "05358008"
NORTH: Final = "Stadtteilzentrum Nord"
KITAS: Final = "Verbund Dürener Kindertageseinrichtungen"
CENTRES: Final = (
    Joined(
        NORTH,
        services.NewCentre(
            name="Familienzentrum Düren-Nord",
            ags=TOWN,
            social_area="dueren-nord",
            place="Beispielplatz 2, 52349 Düren",
            description=(
                "Hier sind alle Familien aus dem Norden von Düren willkommen. Sie finden Spielgruppen, Rat und "
                "Menschen, die Ihre Sprache sprechen."
            ),
            phone="0221 4710-900",
            email="familienzentrum-nord@example.org",
            is_public=True,
        ),
        members=(KITAS, "Elternverein Sonnenwinkel e. V.", "Moscheegemeinde Norddüren, Bildungskreis"),
        asked=("Familienbildungsstätte Rurtal",),
    ),
    Joined(
        "Stadtteilhaus Ost",
        services.NewCentre(
            name="Familienzentrum Düren-Ost",
            ags=TOWN,
            social_area="dueren-sued-ost",
            place="Beispielallee 8, 52353 Düren",
            description="Fünf Häuser, kurze Wege: vom Elterncafé bis zur Beratung.",
            phone="0221 4710-901",
            email="familienzentrum-ost@example.org",
            is_public=True,
        ),
        members=(KITAS, "Familienbildungsstätte Rurtal", "Jugendwerk Düren e. V.", NORTH),
        hands_to=NORTH,
    ),
    Joined(
        "Haus der Familie am Stadtpark",
        services.NewCentre(
            name="Familienzentrum Düren-Mitte",
            ags=TOWN,
            social_area="dueren-mitte",
            place="Am Beispielpark 1, 52351 Düren",
            description="Ein Treffpunkt in der Stadtmitte, mit Kita, Kursen und Beratung.",
            phone="0221 4710-902",
            is_public=True,
        ),
        members=(KITAS, "Freiwilligenzentrum Düren"),
        asked=(NORTH,),
    ),
)
PLANS: Final = ("Gemeinsames Winterfest: Wer bringt was mit?", "Handzettel für die neuen Kurse drucken")


def lay_demo_centres(now: datetime) -> int:
    """Lay the centres once; how many."""
    there = {each.name for each in selectors.centres()}
    laid = 0
    for joined in CENTRES:
        lead = _of(joined.lead)
        if joined.new.name not in there and lead is not None:
            _lay(joined, lead=lead, now=now)
            laid += 1
    if laid:
        _plan(now)
    return laid


def _lay(joined: Joined, *, lead: Actor, now: datetime) -> None:
    key = services.found_centre(joined.new, actor=lead, now=now)
    for name in (*joined.members, *joined.asked):
        member = _of(name)
        if member is None or member.organization is None:
            continue
        services.ask(key, organization=member.organization, actor=lead)
        if name in joined.members:
            services.join(key, actor=member, now=now)
        if name == joined.hands_to:
            services.offer_lead(key, organization=member.organization, actor=lead)


def _plan(now: datetime) -> None:
    """What is noted, by the demo's own provider: the wall believes nobody else."""
    actor = demo_actor(PROVIDER, now=now)
    led = [each for each in selectors.of_actor(actor) if each.lead == actor.organization] if actor else []
    if actor is None or not led:
        return
    month: date = clock.day_of(now).replace(day=1)
    takes_care: tuple[UUID | None, ...] = (None, actor.organization)
    for what, care in zip(PLANS, takes_care, strict=True):
        services.note_plan(
            led[0].id, NewNote(month=month, day=None, what=what, care=care), actor=actor, now=now
        )


def _of(name: str) -> Actor | None:
    """Whoever acts for an organization of the county's folder."""
    found = directory.organization_by_name(name)
    return None if found is None else replace(job("demo-centres"), organization=found)
