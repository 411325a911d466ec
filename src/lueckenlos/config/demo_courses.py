"""The demo's online course: run by the county, its codes handed out by two education centres, a few in use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import link_to
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.services.letters import CODE
from lueckenlos.offers.courses.types import Home, NewCode, NewEnrollment

OFFICE: Final = "praeventionskraft@example.org"
CENTRE: Final = "anbieter@example.org"
OTHER_CENTRE: Final = "Familienbildungsstätte Rurtal"
TITLE: Final = "Triple P Online"
MODULES: Final = (
    "Gut für Ihr Kind sorgen",
    "Gutes Verhalten fördern",
    "Neues beibringen",
    "Mit schwierigem Verhalten umgehen",
    "Regeln, die halten",
    "Vorausplanen",
    "Gelassen bleiben",
    "Dranbleiben",
)
CODES: Final = 40
# Where the household lives, how many weeks ago it came, and how many modules it has done; none: it has not looked yet.
HOUSEHOLDS: Final = (
    ("05358008", 6, 8), ("05358008", 6, 5), ("05358024", 5, 8), ("05358008", 5, 2), ("05358024", 4, 4),
    ("05358008", 3, 3), ("05358024", 2, 0), ("05358008", 2, 1), ("05358024", 1, 0), ("05358008", 1, None),
    ("05358024", 0, None),
)  # fmt: skip


def lay_demo_courses(now: datetime) -> int:
    """Lay the course once; how many."""
    office, centre = demo_actor(OFFICE, now=now), demo_actor(CENTRE, now=now)
    if office is None or office.organization is None or centre is None or centre.organization is None:
        return 0
    if TITLE in {each.title for each in selectors.of_desk(office)}:
        return 0
    key = services.found_course(_course(centre.organization), actor=office, now=now)
    services.add_codes(key, _codes(now), actor=centre, now=now)
    services.publish(key, actor=office, now=now)
    for number, (ags, weeks, done) in enumerate(HOUSEHOLDS):
        then = now - timedelta(weeks=weeks)
        made = _enroll(key, number, ags=ags, now=then)
        if done is not None:
            household = link_to(made.id, purpose=CODE)
            services.show_code(made.id, actor=household, now=then)
            services.tick(made.id, range(1, done + 1), actor=household, now=then)
    return 1


def _course(centre: UUID) -> services.NewCourse:
    other = directory.organization_by_name(OTHER_CENTRE)
    return services.NewCourse(
        title=TITLE,
        summary="Ein Kurs für Eltern im Internet. Sie machen ihn zu Hause, wann Sie wollen.",
        description=(
            "Acht Module am Computer, Tablet oder Handy, für jeden Tag mit Kindern: loben, Regeln, Wut, Schlafen.\n\n"
            "Sie brauchen etwa eine Stunde für ein Modul. Niemand sieht, wie weit Sie sind."
        ),
        platform="https://kurs.example.org/anmelden",
        modules=MODULES,
        centres=(centre, other) if other else (centre,),
    )


def _codes(now: datetime) -> list[NewCode]:
    last = date(now.year + 1, 12, 31)
    return [
        NewCode(f"DEMO-{1000 + 37 * number:04d}-{7919 * (number + 3) % 10000:04d}", last)
        for number in range(CODES)
    ]


def _enroll(key: UUID, number: int, *, ags: str, now: datetime) -> services.Enrolled:
    return services.enroll(
        NewEnrollment(
            course=key,
            born_on=clock.day_of(now - timedelta(days=365 * 4)),
            home=Home(is_here=True, ags=ags),
            name="Familie Beispiel",
            email=f"kurs{number}@example.org",
            language="de",
            wants_reminders=True,
            consent_version="demo",
        ),
        now=now,
    )
