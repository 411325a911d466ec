"""The demo's programmes: what its organizations offer in the coming weeks, laid by its own people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.schedule.holidays import is_public_holiday, is_school_holiday
from lueckenlos.offers.programmes import papers, selectors, services
from lueckenlos.offers.programmes.types import (
    REFERRED,
    AccessView,
    ComesWith,
    Fare,
    Format,
    Kind,
    NewRegistration,
    Question,
    QuotaValue,
    SeatValue,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One programme: who plans it, when it begins, how often, and all that is said about it."""

    by: str
    new: services.NewProgramme
    days: int
    begins: time
    minutes: int
    times: int = 1
    access: str = ""
    children: tuple[str, ...] = ()
    years: int = 10
    entry: str = ""
    material: str = ""
    by_letter: str = ""
    by_team: bool = False


PROVIDER: Final = "anbieter@example.org"
OFFICE: Final = "praeventionskraft@example.org"
PROGRAMMES: Final = (
    Planned(
        OFFICE,
        services.NewProgramme(
            kind=Kind.TALK,
            title="Wenn Kinder wütend sind",
            summary="Was dahinter steckt und was zu Hause hilft.",
            description="Ein Abend für Mütter, Väter und alle, die mit Kindern leben. Sie können vorher Fragen stellen.",
            format=Format.ONLINE,
            languages=("de",),
            speakers="eine Erziehungsberaterin",
            capacity=100,
            questions=(Question("f1", "Was möchten Sie die Referentin fragen?"),),
        ),
        days=10,
        begins=time(19),
        minutes=90,
        access="https://video.example.org/wuetend",
        material="Zum Nachlesen.pdf",
        by_letter="Jan Albers",
    ),
    Planned(
        PROVIDER,
        services.NewProgramme(
            kind=Kind.COURSE,
            title="Musik für Eltern und Kinder",
            summary="Singen, trommeln, tanzen. Immer zu zweit.",
            description="Sie kommen mit Ihrem Kind. Instrumente sind da.",
            comes=ComesWith.BOTH,
            age_min=1,
            age_max=4,
            place="Familienzentrum, Beispielweg 3, 52349 Düren",
            ags="05358008",
            capacity=12,
            fares=(Fare("Kind", 2400), Fare("Kind mit Familienkarte", 1200), Fare("Erwachsene", 0)),
            fee="Für alle sechs Termine zusammen.",
            quotas=(QuotaValue(REFERRED, 4),),
        ),
        days=14,
        begins=time(15, 30),
        minutes=60,
        times=6,
    ),
    Planned(
        PROVIDER,
        services.NewProgramme(
            kind=Kind.SPORT,
            title="Klettern für Anfänger",
            summary="In kleinen Gruppen, Schuhe und Gurte sind da.",
            comes=ComesWith.CHILD,
            age_min=8,
            age_max=14,
            place="Kletterhalle, Hallenweg 1, 52428 Jülich",
            ags="05358024",
            capacity=3,
            most_together=2,
        ),
        days=20,
        begins=time(16),
        minutes=90,
        times=4,
        children=("Ada", "Bela", "Cem", "Dilan"),
    ),
    Planned(
        PROVIDER,
        services.NewProgramme(
            kind=Kind.OPEN_GROUP,
            title="Hausaufgaben-Treff",
            summary="Zusammen lernen, mit jemandem, der Zeit hat.",
            comes=ComesWith.CHILD,
            age_min=6,
            age_max=9,
            place="Stadtteilzentrum, Beispielring 5, 52349 Düren",
            ags="05358008",
            capacity=3,
        ),
        days=12,
        begins=time(14),
        minutes=90,
        times=4,
        children=("Alma", "Ben", "Cleo", "Deniz", "Ela", "Finn", "Greta", "Hasan", "Ida"),
        years=8,
        entry="Hausaufgabenhilfe im Stadtteilzentrum Nord",
    ),
    Planned(
        OFFICE,
        services.NewProgramme(
            kind=Kind.TRAINING,
            title="Gespräche mit Eltern führen",
            summary="Für Fachkräfte in Kita und Schule.",
            for_professionals=True,
            place="Kreishaus, Raum 114, 52351 Düren",
            capacity=20,
            most_together=3,
        ),
        days=24,
        begins=time(9),
        minutes=360,
        by_team=True,
    ),
)


def lay_demo_programmes(now: datetime) -> int:
    """Lay the programmes once; how many."""
    laid = 0
    for planned in PROGRAMMES:
        actor = demo_actor(planned.by, now=now)
        if actor is None or actor.organization is None:
            continue
        there = {each.title for each in selectors.of_organization(actor)}
        if planned.new.title not in there:
            _lay(planned, actor=actor, now=now)
            laid += 1
    return laid


def _lay(planned: Planned, *, actor: Actor, now: datetime) -> None:
    team = next(iter(work.my_units(actor, now=now)), None) if planned.by_team else None
    new = replace(planned.new, unit=team.id if team else None, service=_entry(planned, actor=actor, now=now))
    key = services.found_programme(new, actor=actor, now=now)
    services.add_sessions(key, _dates(planned, today=clock.day_of(now)), actor=actor)
    services.publish(key, actor=actor, now=now)
    if planned.access:
        services.set_access(key, AccessView(planned.access, "", 24, ""), actor=actor)
    view = selectors.by_id(key)
    if planned.material and view is not None:
        paper = services.NewMaterial(name=planned.material, content=papers.leaflet(view, now=now))
        services.add_material(key, paper, actor=actor, now=now)
    if planned.by_letter:
        services.take_down(_by_telephone(key, planned.by_letter), actor=actor, now=now)
    for number, child in enumerate(planned.children):
        services.register(
            NewRegistration(
                programme=key,
                name="Familie Beispiel",
                email=f"familie{number}@example.org",
                phone="",
                language="de",
                ags=planned.new.ags,
                seats=(
                    SeatValue(
                        child,
                        "Beispiel",
                        born_on=date(now.year - planned.years, 3, 1 + number),
                        is_child=True,
                    ),
                ),
                answers=(),
                consent_version="demo",
            ),
            now=now,
        )


def _entry(planned: Planned, *, actor: Actor, now: datetime) -> UUID | None:
    """The entry of the directory to which it belongs."""
    if not planned.entry or actor.organization is None:
        return None
    names = directory.service_names_of(actor.organization, today=clock.day_of(now))
    return next((key for key, name in names.items() if name == planned.entry), None)


def _by_telephone(key: UUID, name: str) -> NewRegistration:
    """Somebody without mail, written down by the desk."""
    first, _space, last = name.partition(" ")
    return NewRegistration(
        programme=key,
        name=name,
        email="",
        phone="02421 555 0114",
        language="de",
        ags=None,
        seats=(SeatValue(first, last),),
        answers=(),
        consent_version="demo",
        street="Beispielgasse 12",
        postcode="52445",
        city="Titz",
    )


def _dates(planned: Planned, *, today: date) -> list[tuple[datetime, datetime]]:
    day = today + timedelta(days=planned.days)
    while not _is_free(day) or day.isoweekday() > 5:
        day += timedelta(days=1)
    weeks = (day + timedelta(weeks=number) for number in range(4 * planned.times))
    begins = [datetime.combine(each, planned.begins, tzinfo=clock.zone()) for each in weeks if _is_free(each)]
    return [(each, each + timedelta(minutes=planned.minutes)) for each in begins[: planned.times]]


def _is_free(day: date) -> bool:
    return not (is_public_holiday(day) or is_school_holiday(day))
