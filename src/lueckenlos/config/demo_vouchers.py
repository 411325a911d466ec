"""The demo's vouchers: an office that pays, a foundation without a desk, others that hand them out, a club that takes them, and some of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as planning
from lueckenlos.offers.programmes.types import ComesWith, Fare, Kind
from lueckenlos.offers.vouchers import selectors, services
from lueckenlos.offers.vouchers.types import NewVoucher

PAYER: Final = "praeventionskraft@example.org"
GIVER: Final = "familienbuero@example.org"
CLUB: Final = "anbieter@example.org"
HAND_OUT: Final = ("Kreis Düren", "Kreisjugendamt Düren", "Stadtteilzentrum Nord")
JUDO: Final = planning.NewProgramme(
    kind=Kind.SPORT,
    title="Judo für Kinder",
    summary="Fallen, rollen, fair kämpfen. Ein Anzug wird geliehen.",
    comes=ComesWith.CHILD,
    age_min=6,
    age_max=12,
    place="Turnhalle, Beispielplatz 2, 52349 Düren",
    ags="05358008",
    capacity=16,
    fares=(Fare("Kind", 3600),),
    fee="Für alle acht Termine zusammen.",
)
SCHEME: Final = services.NewScheme(
    title="Sport-Gutschein",
    summary="Für Kinder, die Sport machen möchten und bei denen das Geld knapp ist.",
    cents=4000,
    pays_course=True,
    age_min=3,
    age_max=17,
    stock=200,
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
)
CHILDREN: Final = ((8, "05358008"),) * 7 + ((9, "05358024"),) * 3 + ((7, ""),) * 2
TIMES: Final = 8
COORDINATION: Final = "koordination@example.org"
# Nobody signs in there: the Koordination acts for it.
FOUNDATION: Final = "Bürgerstiftung Hambachtal"
OF_FOUNDATION: Final = replace(
    SCHEME,
    title="Ferien-Gutschein der Stiftung",
    summary="Für Kinder, die in den Ferien etwas Neues ausprobieren möchten.",
    cents=2500,
    stock=60,
)


def lay_demo_vouchers(now: datetime) -> int:
    """Lay them once; how many schemes."""
    payer, giver, club = (demo_actor(each, now=now) for each in (PAYER, GIVER, CLUB))
    if payer is None or payer.organization is None or giver is None or club is None:
        return 0
    if any(each.title == SCHEME.title for each in selectors.paid_by(payer)):
        return 0
    today = clock.day_of(now)
    known = (directory.organization_by_name(name) for name in HAND_OUT)
    scheme = services.found_scheme(
        replace(
            SCHEME,
            valid_from=today - timedelta(days=30),
            valid_until=today + timedelta(days=365),
        ),
        actor=payer,
        now=now,
    )
    for each in filter(None, known):
        services.let_give(scheme, organization=each, actor=payer)
    judo = _judo(club, now=now)
    vouchers = [
        services.issue(scheme, NewVoucher(age, ags or None), actor=giver, now=now) for age, ags in CHILDREN
    ]
    for voucher in vouchers[:3]:
        code = services.issue_code(voucher, actor=giver, now=now)
        services.redeem(code, services.Wanted(judo, 0), actor=club, now=now)
    _lay_for_foundation(judo, giver=giver, club=club, now=now)
    return 1


def _lay_for_foundation(judo: UUID, *, giver: Actor, club: Actor, now: datetime) -> None:
    """A payer without a desk: the Koordination founds, and has something to settle."""
    coordination = demo_actor(COORDINATION, now=now)
    payer = directory.organization_by_name(FOUNDATION)
    if coordination is None or payer is None or giver.organization is None:
        return
    today = clock.day_of(now)
    new = replace(
        OF_FOUNDATION, valid_from=today - timedelta(days=30), valid_until=today + timedelta(days=365)
    )
    key = services.found_scheme(new, actor=coordination, now=now, payer=payer)
    services.let_give(key, organization=giver.organization, actor=coordination)
    for _number in range(2):
        voucher = services.issue(key, NewVoucher(8, None), actor=giver, now=now)
        code = services.issue_code(voucher, actor=giver, now=now)
        services.redeem(code, services.Wanted(judo, 0), actor=club, now=now)


def _judo(club: Actor, *, now: datetime) -> UUID:
    """The club's course, planned once."""
    there = next((each.id for each in programmes.of_organization(club) if each.title == JUDO.title), None)
    if there is not None:
        return there
    key = planning.found_programme(JUDO, actor=club, now=now)
    day = clock.day_of(now) + timedelta(days=9)
    begins = [
        datetime.combine(day + timedelta(weeks=number), time(16, 30), tzinfo=clock.zone())
        for number in range(TIMES)
    ]
    planning.add_sessions(key, [(each, each + timedelta(minutes=75)) for each in begins], actor=club)
    planning.publish(key, actor=club, now=now)
    return key
