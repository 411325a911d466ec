"""The demo's holiday places: a round in which families wish, one whose places are dealt, and one that was broken off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.schedule.holidays import SCHOOL_HOLIDAYS_NRW, SchoolHolidays, is_public_holiday
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.types import Afterwards, ChildValue, Longer, NewRound, NewWishList
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.types import ComesWith, Fare, Kind, Question

PROVIDER: Final = "anbieter@example.org"
OFFICE: Final = "praeventionskraft@example.org"
DUEREN, JUELICH, TITZ = "05358008", "05358024", "05358056"
EVES: Final = ((12, 24), (12, 31))


@dataclass(frozen=True, slots=True)
class Offered:
    """One programme: who offers it, from which free day on, for how many days, from when until when."""

    by: str
    title: str
    summary: str
    ages: tuple[int, int]
    seats: int
    first: int
    days: int
    place: str
    ags: str
    hours: tuple[int, int] = (9, 15)
    fee: str = ""
    kept: int = 0
    fares: tuple[Fare, ...] = ()
    questions: tuple[Question, ...] = ()


class Course(StrEnum):
    """How far a round of the demo has come."""

    WISHING = "wishing"
    TOLD = "told"
    BROKEN_OFF = "broken_off"


OFFERS: Final = (
    Offered(PROVIDER, "Zirkus: drei Tage Manege", "Jonglieren, klettern, zaubern. Am Ende gibt es eine Vorstellung.",
            (6, 12), 4, 1, 3, "Turnhalle, Beispielweg 3, 52349 Düren", DUEREN, kept=1,
            fares=(Fare("Kind", 3000), Fare("Kind mit Familienkarte", 1000)),
            questions=(Question("essen", "Was darf Ihr Kind nicht essen?", True),)),
    Offered(PROVIDER, "Backen in der Familienküche", "Plätzchen, Brot und ein Mittagessen für alle.",
            (7, 13), 3, 0, 1, "Familienzentrum, Beispielplatz 2, 52349 Düren", DUEREN),
    Offered(PROVIDER, "Klettern in der Halle", "Schuhe und Gurte sind da.",
            (8, 14), 4, 4, 2, "Kletterhalle, Hallenweg 1, 52428 Jülich", JUELICH, hours=(10, 13), fee="12 Euro"),
    Offered(PROVIDER, "Trommeln und Tanzen", "Mit Instrumenten aus aller Welt.",
            (6, 10), 6, 1, 2, "Jugendheim, Beispielstraße 7, 52445 Titz", TITZ, hours=(10, 14)),
    Offered(OFFICE, "Waldtage", "Hütten bauen, Feuer machen, Spuren lesen. Bei jedem Wetter.",
            (7, 12), 5, 3, 3, "Waldschule, Forstweg 1, 52393 Hürtgenwald", "05358020", kept=1),
    Offered(OFFICE, "Trickfilm-Werkstatt", "Ihr macht einen eigenen Film, von der Idee bis zum Ton.",
            (9, 14), 3, 1, 3, "Medienraum, Beispielweg 12, 52428 Jülich", JUELICH, hours=(10, 16)),
    Offered(OFFICE, "Schwimmen lernen", "Für Kinder, die noch nicht sicher schwimmen.",
            (6, 9), 4, 3, 3, "Hallenbad, Badstraße 2, 52351 Düren", DUEREN, hours=(9, 11), kept=1),
    Offered(OFFICE, "Ausflug ins Museum", "Steine, Knochen und eine Werkstatt zum Anfassen.",
            (6, 14), 8, 2, 1, "Treffpunkt Bahnhof, 52351 Düren", DUEREN, hours=(9, 16), fee="5 Euro"),
    Offered(OFFICE, "Mädchentage", "Werken, reden, kochen, ausprobieren.",
            (10, 14), 5, 5, 2, "Jugendtreff, Beispielstraße 20, 52428 Jülich", JUELICH, hours=(11, 16)),
    Offered(OFFICE, "Fußballcamp", "Training am Vormittag, Spiele am Nachmittag.",
            (8, 13), 6, 4, 3, "Sporthalle, Hallenweg 5, 52445 Titz", TITZ, fee="20 Euro"),
    Offered(PROVIDER, "Theater in drei Tagen", "Ein Stück erfinden, proben und vor Publikum spielen.",
            (9, 14), 5, 4, 3, "Bühnenhaus, Beispielweg 9, 52349 Düren", DUEREN, hours=(10, 15)),
    Offered(PROVIDER, "Bauen mit Holz", "Jedes Kind nimmt am Ende etwas mit nach Hause.",
            (7, 12), 3, 2, 2, "Werkstatt, Beispielstraße 4, 52445 Titz", TITZ, hours=(9, 13)),
)  # fmt: skip
EARLIER: Final = (OFFERS[0], OFFERS[4], OFFERS[7])
LATER: Final = (OFFERS[1], OFFERS[9])
# Its own organization has called it off since.
CALLED_OFF: Final = "Mädchentage"
SOURCE: Final = (
    "die Gewinnzahlen im Lotto vom ersten Samstag nach dem Ende der Wünsche, von der kleinsten zur größten."
)
REASON: Final = "Die Sporthalle wird in diesen Ferien umgebaut, und wir haben keine andere gefunden."
# Children of one list and what they wish for, by the place of the offer in the round.
LISTS: Final = (
    (("Ada",), (0, 2, 4)),
    (("Bela", "Cem"), (0, 1)),
    (("Dilan",), (0,)),
    (("Emil",), (0, 1, 2)),
    (("Fatma",), (0, 1)),
    (("Greta", "Hanna"), (1, 0)),
)


def lay_demo_holidays(now: datetime) -> int:
    """Lay the rounds once; how many."""
    office = demo_actor(OFFICE, now=now)
    if office is None or office.organization is None:
        return 0
    there = {each.holiday for each in selectors.rounds_of(office)}
    stretches = _holidays(clock.day_of(now))
    courses = ((OFFERS, Course.WISHING), (EARLIER, Course.TOLD), (LATER, Course.BROKEN_OFF))
    laid = 0
    for stretch, (offers, course) in zip(stretches, courses, strict=False):
        holiday = f"{stretch.name} {stretch.first.year}"
        if holiday not in there:
            _lay(stretch, offers, holiday=holiday, office=office, now=now, course=course)
            laid += 1
    return laid


def _holidays(today: date) -> list[SchoolHolidays]:
    """The next holidays of a week or more that leave time for wishes."""
    return [
        each
        for each in SCHOOL_HOLIDAYS_NRW
        if each.first >= today + timedelta(days=21) and (each.last - each.first).days >= 7
    ]


def _lay(
    stretch: SchoolHolidays,
    offers: tuple[Offered, ...],
    *,
    holiday: str,
    office: Actor,
    now: datetime,
    course: Course,
) -> None:
    is_told = course is Course.TOLD
    began = now - timedelta(days=20 if is_told else 1)
    # A little longer than it was said first.
    longer = Longer(
        wishes_until=_at(stretch.first - timedelta(days=11), 0),
        rest_from=_at(stretch.first - timedelta(days=7), 18),
        seed_source=SOURCE,
    )
    new = NewRound(
        title=f"Ferienspaß {holiday}",
        holiday=holiday,
        wishes_from=began,
        wishes_until=longer.wishes_until - timedelta(days=2),
        rest_from=longer.rest_from,
        seed_source=SOURCE,
    )
    if is_told:
        new = replace(new, wishes_until=now - timedelta(days=2), rest_from=now + timedelta(days=2))
    key = services.found_round(new, actor=office, now=began)
    keys = {}
    for offered in offers:
        actor = demo_actor(offered.by, now=now)
        if actor is not None:
            keys[_offer(offered, stretch, actor=actor, now=began)] = offered
    services.ask(key, list(keys), actor=office, now=began)
    view = selectors.round_by_id(key)
    if view is None:
        return
    for each in selectors.asked(view):
        offered = keys[each.programme.id]
        partner = demo_actor(offered.by, now=now)
        if not each.is_agreed and partner is not None:
            services.agree(each.id, actor=partner, now=began)
        services.keep(each.id, seats=offered.kept, actor=office)
    services.open_round(key, actor=office, now=began)
    _wish(key, now=began + timedelta(hours=1), count=6 if is_told else 4)
    if course is Course.WISHING:
        services.extend_round(key, longer, actor=office, now=began + timedelta(hours=2))
        _call_off(key, now=now)
    elif course is Course.BROKEN_OFF:
        services.abort_round(key, reason=REASON, afterwards=Afterwards.REGISTER, actor=office, now=now)
    else:
        services.deal(key, seed="4 11 17 26 33 45", actor=office, now=now)
        services.publish(key, actor=office, now=now)


def _call_off(key: UUID, *, now: datetime) -> None:
    view = selectors.round_by_id(key)
    for each in selectors.offers(view) if view else []:
        actor = demo_actor(OFFICE, now=now)
        if each.programme.title == CALLED_OFF and actor is not None:
            programme_deeds.cancel_programme(each.programme.id, actor=actor)


def _offer(offered: Offered, stretch: SchoolHolidays, *, actor: Actor, now: datetime) -> UUID:
    days = _free_days(stretch)[offered.first : offered.first + offered.days]
    begins, ends = offered.hours
    new = programme_deeds.NewProgramme(
        kind=Kind.HOLIDAY,
        title=offered.title,
        summary=offered.summary,
        comes=ComesWith.CHILD,
        age_min=offered.ages[0],
        age_max=offered.ages[1],
        place=offered.place,
        ags=offered.ags,
        capacity=offered.seats,
        fee=offered.fee,
        fares=offered.fares,
        questions=offered.questions,
        dates=tuple((_at(day, begins), _at(day, ends)) for day in days),
    )
    key = programme_deeds.found_programme(new, actor=actor, now=now)
    programme_deeds.publish(key, actor=actor, now=now)
    return key


def _wish(key: UUID, *, now: datetime, count: int) -> None:
    """Invented families; each list takes what is there of its wishes and fits its children of nine."""
    view, born = selectors.round_by_id(key), date(now.year - 9, 1, 2)
    offers = [
        each
        for each in (selectors.offers(view) if view else [])
        if (each.programme.age_min or 0)
        <= programmes.age_at_start(each.programme, born)
        <= (each.programme.age_max or 99)
    ]
    for number, (children, wishes) in enumerate(LISTS[:count]):
        services.send(
            NewWishList(
                round=key,
                children=tuple(ChildValue(child, "Beispiel", born) for child in children),
                wishes=tuple(offers[each].id for each in wishes if each < len(offers)),
                name="Familie Beispiel",
                email=f"ferien{number}@example.org",
                phone="",
                language="de",
                ags=TITZ,
                consent_version="demo",
            ),
            now=now,
        )


def _free_days(stretch: SchoolHolidays) -> list[date]:
    days = (stretch.first + timedelta(days=each) for each in range((stretch.last - stretch.first).days + 1))
    return [
        day
        for day in days
        if day.isoweekday() <= 5 and not is_public_holiday(day) and (day.month, day.day) not in EVES
    ]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.zone())
