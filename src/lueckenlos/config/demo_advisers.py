"""Child-protection advisers of the demo: who advises the example Kita, who stands in, when all meet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.care.advisers import selectors, services
from lueckenlos.care.advisers.types import NewAdviser, NewMeeting, Period
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.failure import StatedFailure

COORDINATION: Final = "koordination@example.org"
ADVISER: Final = "kinderschutz@example.org"
KITA: Final = "kita@example.org"
# Numbers from the blocks that are reserved for fiction.
PHONE: Final = "0221 4710-319"
DEPUTY_PHONE: Final = "0221 4710-320"
COURSE: Final = "Zertifikatskurs „Insoweit erfahrene Fachkraft“"


def lay_demo_advisers(now: datetime) -> int:
    """Lay the advisers once; gives how many were laid, none where there are some already."""
    by, today = _person(COORDINATION), clock.day_of(now)
    if selectors.register(by, now=now):
        return 0
    adviser, kita = work.at_work(_person(ADVISER)), work.at_work(_person(KITA))
    home, asking = _organization(adviser), _organization(kita)
    units = work.my_units(adviser, now=now)
    unit = units[0].id if units else None
    # This proof has to be renewed soon, so that the register shows what that looks like.
    deputy = services.register(
        NewAdviser(
            name="Zweite Kinderschutz-Beratung",
            organization=home,
            phone=DEPUTY_PHONE,
            qualification=COURSE,
            qualified=Period(today - timedelta(days=1050), today + timedelta(days=45)),
            contract=Period(today - timedelta(days=400)),
            unit=unit,
        ),
        by=by,
        now=now,
    )
    key = services.register(
        NewAdviser(
            name=adviser.name,
            organization=home,
            phone=PHONE,
            qualification=COURSE,
            qualified=Period(today - timedelta(days=500), today + timedelta(days=595)),
            contract=Period(today - timedelta(days=500), today + timedelta(days=960)),
            person=adviser.person_id,
            unit=unit,
            deputies=(deputy,),
        ),
        by=by,
        now=now,
    )
    services.advise(key, organization=asking, by=by, now=now)
    services.advise(deputy, organization=None, by=by, now=now)
    services.plan_meeting(
        NewMeeting(
            organization=home,
            starts_at=now.replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=60),
            place=f"{directory.organization_names([home]).get(home, '')}, großer Raum",
            invited=(asking,),
        ),
        by=by,
        now=now,
    )
    return 2


def _person(email: str) -> Actor:
    user = accounts.demo_person(email)
    if user is None:
        raise StatedFailure(f"In people.toml fehlt {email}.")
    return accounts.standing_of(user, today=clock.today()).actor


def _organization(actor: Actor) -> UUID:
    if actor.organization is None:
        raise StatedFailure(f"{actor.name} arbeitet in der Demo für keine Organisation.")
    return actor.organization
