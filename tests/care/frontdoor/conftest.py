"""A county with two youth offices, a Familienbüro, a counselling centre, and everybody who has no business there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.selectors import receiving_team
from lueckenlos.care.frontdoor.types import Incoming, SentIn, Who
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.places.models import County, Municipality, YouthOffice
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, ConsentForm, Purpose, ScopeValue
from lueckenlos.core.actor import NOBODY, Actor, Grant, Role, ScopeKind, job, link_to
from lueckenlos.core.fields import Point
from lueckenlos.core.tables import Mistakes
from tests.core.databases import past_the_wall
from tests.wall.world import Worker, World, now

TOWN, VILLAGE = "05999004", "05999008"
CODE = re.compile(r'class="fd-code__text"[^>]*>([^<]+)<')
SETTINGS = """{"minimum_cell": 5, "spoken_languages": ["de", "tr", "so"], "family_office":
 {"organization": "Kreis Muster", "team": "Familienbüro", "phone": "0221 4710-100", "name": {"de": "Familienbüro"},
  "street": "Musterstraße 1", "postcode": "52351", "city": "Musterstadt"},
 "crisis": {"line": [{"key": "notruf", "name": "Notruf", "phone": "112", "kinds": ["danger_now"], "for": "alle",
  "text": {"de": "Sofort."}, "hours": "always"}]}}"""


@dataclass
class Door:
    """Who works where."""

    world: World
    text: UUID
    head: Worker
    counsellor: Worker
    colleague: Worker
    crisis_team: Worker
    social_worker: Worker
    centre: Worker

    @property
    def actor(self) -> Actor:
        """The counsellor at work."""
        return self.at_work(self.counsellor)

    def at_work(self, worker: Worker, role: Role = Role.FAMILY_OFFICE) -> Actor:
        """A worker as the desk's pages act for them."""
        grant = Grant(role, ScopeKind.ORGANIZATION, str(worker.organization))
        return replace(worker.acting("counselling"), grants=(grant,))

    def client(self, worker: Worker, role: Role = Role.FAMILY_OFFICE) -> Client:
        """A browser in which this worker is signed in."""
        user = User.objects.get(id=worker.person)
        kind = (
            ScopeKind.COUNTY if role in {Role.COORDINATION, Role.ADMINISTRATION} else ScopeKind.ORGANIZATION
        )
        key = "05999" if kind is ScopeKind.COUNTY else str(worker.organization)
        accounts.grant_role(user.id, grant=Grant(role, kind, key), by=job("tests"))
        client = Client()
        client.force_login(user)
        return client

    def outsiders(self) -> dict[str, Client]:
        """Everybody for whom there is nothing here."""
        return {
            "another office": self.client(self.social_worker, Role.PROFESSIONAL),
            "the same office, another team": self.client(self.crisis_team, Role.PROFESSIONAL),
            "provider": self.client(self.centre, Role.PROVIDER),
            "coordination": self.client(self.world.worker(self.centre.organization), Role.COORDINATION),
            "administration": self.client(self.world.worker(self.centre.organization), Role.ADMINISTRATION),
        }

    def sent_in(self, words: str = "Mein Sohn will nicht mehr in die Schule.", **more: Any) -> SentIn:
        """A matter that somebody brought by the page."""
        given: dict[str, Any] = {"words": words, "who": Who.PARENT, "person": NewPerson("Mara", "Muster")}
        return services.send_in(
            Incoming(**{**given, **more}), receiver=receiving_team(now=now()), actor=NOBODY, now=now()
        )

    def family(self, sent: SentIn) -> Actor:
        """The family with its code."""
        return link_to(sent.person, purpose="own-data")

    def family_page(self, code: str) -> Client:
        """A browser in which somebody has typed the code."""
        client = Client()
        assert client.post("/anliegen/antwort/", {"code": code}).status_code == 302
        return client

    def consent(self, sent: SentIn, *categories: Category, to: UUID) -> UUID:
        """The family agrees for its own data."""
        return privacy.record_consent(
            sent.file,
            new=privacy.NewConsent(
                text=self.text,
                given_by=sent.person,
                subject=sent.person,
                scopes=tuple(ScopeValue(Purpose.COUNSELLING, category, to) for category in categories),
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=100),
            ),
            actor=self.actor,
        )

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """What stands in the database, past the wall."""
        return self.world.connection.execute(statement.encode(), values).fetchall()


@pytest.fixture
def door(empty_database: str, tmp_path: Any, settings: Any) -> Iterator[Door]:
    settings.HOME = tmp_path
    settings.SECOND_FACTOR = "offered"
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        county, centre, youth = world.organization(), world.organization(kind="frei"), world.organization()
        _lay_places()
        connection.execute("UPDATE directory_organization SET name = 'Kreis Muster' WHERE id = %s", [county])
        connection.execute(
            "UPDATE directory_organization SET name = 'Beratungsstelle', email = 'beratung@example.org' WHERE id = %s",
            [centre],
        )
        office, crisis = world.units[county]
        connection.execute("UPDATE accounts_unit SET name = 'Familienbüro' WHERE id = %s", [office])
        mistakes = Mistakes()
        load_pathways(tmp_path, mistakes=mistakes, now=now())
        assert mistakes.kept == []
        yield Door(
            world=world,
            text=world.text(),
            head=world.worker(county, unit=office, is_head=True),
            counsellor=world.worker(county, unit=office),
            colleague=world.worker(county, unit=office),
            crisis_team=world.worker(county, unit=crisis),
            social_worker=world.worker(youth, unit=world.units[youth][0]),
            centre=world.worker(centre, unit=world.units[centre][0]),
        )


def _lay_places() -> None:
    county = County.objects.create(
        key="05999", name="Kreis Muster", settings=json.loads(SETTINGS), loaded_at=now()
    )
    for ags, name, x in ((TOWN, "Musterstadt", 300_000.0), (VILLAGE, "Dorf", 310_000.0)):
        Municipality.objects.create(
            ags=ags,
            county=county,
            name=name,
            sort_key=name.lower(),
            boundary={"type": "Polygon", "coordinates": []},
            label_point=Point(x, 5_600_000.0),
        )
    for key, name, phone, ags in (
        ("stadt", "Jugendamt der Stadt", "0221 4710-200", TOWN),
        ("kreis", "Jugendamt des Kreises", "0221 4710-300", VILLAGE),
    ):
        YouthOffice.objects.create(key=key, name=name, phone=phone).municipalities.set([ags])  # type: ignore[list-item]


def service_of(door: Door, organization: UUID, *, name: str = "Erziehungsberatung") -> UUID:
    """A service of the directory, past the wall."""
    key = uuid4()
    columns = {
        row[0]: row[1]
        for row in door.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'directory_service' "
            "AND is_nullable = 'NO' AND column_default IS NULL"
        )
    }
    fill: dict[str, Any] = {
        "text": "", "character varying": "", "boolean": False, "jsonb": "{}", "ARRAY": "{}", "integer": 1,
    }  # fmt: skip
    given: dict[str, Any] = {
        name_: now() if kind.startswith("timestamp") else fill.get(kind, "")
        for name_, kind in columns.items()
    }
    given |= {
        "id": key, "key": f"angebot-{key}", "name": name, "organization_id": organization, "status": "active",
        "audience": "familien", "format": "vor_ort", "access": "offen",
    }  # fmt: skip
    names = ", ".join(given)
    places_ = ", ".join(["%s"] * len(given))
    door.rows(f"INSERT INTO directory_service ({names}) VALUES ({places_}) RETURNING id", *given.values())
    return key
