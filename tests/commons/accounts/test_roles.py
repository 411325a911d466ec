"""Roles are given and ended by the administration of the whole county, and every time it is written down."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from lueckenlos.commons.accounts import selectors, services
from lueckenlos.commons.accounts.errors import LastAdministration, NotAdministration, UnfitScope
from lueckenlos.commons.accounts.models import RoleGrant, User
from lueckenlos.commons.accounts.types import Invitation
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job
from lueckenlos.core.audit import verify_audit
from lueckenlos.core.context import acting_as
from tests.commons.accounts.conftest import county_wide, entered, protect, stranger
from tests.house.fences import bad_skeleton

TITZ = "05358056"


def today() -> date:
    return clock.today()


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def actor_of(user: User) -> Actor:
    return selectors.standing_of(user, today=clock.today()).actor


@pytest.fixture
def administration(person: Any) -> Any:
    """Whoever gives roles, with the secret of their app."""
    user = person("leitung@example.org", role=Role.ADMINISTRATION)
    return user, protect(user)


@pytest.fixture
def desk(administration: Any) -> Any:
    user, secret = administration
    return entered(user.email, secret=secret)


def deeds() -> list[dict[str, Any]]:
    """What the county's chain holds, oldest first."""
    with acting_as(job("verify-audit")), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM core_auditentry WHERE chain = 'county' ORDER BY sequence")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_role_holds_until_the_end_of_its_last_day(person: Any) -> None:
    user = person()
    grant = county_wide(Role.PROFESSIONAL)
    services.grant_role(user.id, grant=grant, ends_on=date(2026, 3, 31), by=job("tests"))

    assert selectors.standing_of(user, today=date(2026, 3, 31)).actor.has_role(Role.PROFESSIONAL)
    assert not selectors.standing_of(user, today=date(2026, 4, 1)).actor.has_role(Role.PROFESSIONAL)


def test_a_role_reaches_as_far_as_its_scope(person: Any) -> None:
    user = person()
    organization = directory.organization_by_name("Stadtteilzentrum Nord")
    provider = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization))
    services.grant_role(user.id, grant=provider, by=job("tests"))
    services.grant_role(
        user.id, grant=Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, TITZ), by=job("tests")
    )
    actor = actor_of(user)

    assert actor.may(Role.PROVIDER, organization=organization) and not actor.may(Role.PROVIDER)
    assert actor.may(Role.MUNICIPALITY, municipality=TITZ)
    assert not actor.may(Role.MUNICIPALITY, municipality="05358008")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATION])
def test_nobody_else_gives_ends_or_sees_roles(person: Any, role: Any) -> None:
    user = person(role=None)
    by = Actor(kind=ActorKind.PERSON, person_id=user.id, grants=(county_wide(role),))
    deeds_tried: list[Any] = [
        lambda: services.grant_role(user.id, grant=county_wide(Role.COORDINATION), by=by),
        lambda: services.end_grant(user.id, grant=county_wide(role), last_day=today(), by=by),
        lambda: services.reset_second_factor(user.id, by=by),
        lambda: services.invite(Invitation("neu@example.org", "Neu", county_wide(role)), by=by),
    ]
    for deed in deeds_tried:
        with pytest.raises(NotAdministration):
            deed()

    assert selectors.people(by, today=today()) == [] == selectors.people(NOBODY, today=today())
    assert selectors.person(by, user.id, today=today()) is None


def test_administration_of_one_organization_gives_no_roles(person: Any) -> None:
    user = person()
    small = Grant(Role.ADMINISTRATION, ScopeKind.ORGANIZATION, str(user.id))
    by = Actor(kind=ActorKind.PERSON, person_id=user.id, grants=(small,))

    with pytest.raises(NotAdministration):
        services.grant_role(user.id, grant=county_wide(Role.COORDINATION), by=by)


def test_a_role_is_given_only_where_it_makes_sense(person: Any) -> None:
    with pytest.raises(UnfitScope):
        services.grant_role(person().id, grant=county_wide(Role.PROVIDER), by=job("tests"))


def test_every_role_and_its_end_stands_in_the_chain_without_a_name(person: Any, administration: Any) -> None:
    user = person()
    grant = county_wide(Role.VOLUNTEER)
    before = len(deeds())
    services.grant_role(user.id, grant=grant, ends_on=date(2027, 1, 31), by=actor_of(administration[0]))
    services.end_grant(user.id, grant=grant, last_day=yesterday(), by=actor_of(administration[0]))
    given, ended = deeds()[before:]

    assert (given["deed"], ended["deed"]) == ("accounts.grant.given", "accounts.grant.ended")
    assert given["actor"]["person"] == str(administration[0].id)
    assert given["subject"] == f"person/{user.id}"
    assert given["details"] == {"role": "volunteer", "scope": "county/05358", "ends_on": "2027-01-31"}
    assert "example.org" not in json.dumps([given, ended])
    with acting_as(job("verify-audit")):
        assert verify_audit().holds


def test_the_last_administration_cannot_shut_itself_out(administration: Any) -> None:
    others = RoleGrant.objects.filter(role="administration").exclude(user=administration[0])
    others.update(ends_on=yesterday())
    with pytest.raises(LastAdministration):
        services.end_grant(
            administration[0].id,
            grant=county_wide(Role.ADMINISTRATION),
            last_day=today(),
            by=actor_of(administration[0]),
        )
    others.update(ends_on=None)
    services.end_grant(
        administration[0].id,
        grant=county_wide(Role.ADMINISTRATION),
        last_day=yesterday(),
        by=actor_of(administration[0]),
    )

    assert not actor_of(administration[0]).roles


def test_whoever_invites_somebody_already_here_reads_whom_the_role_went_to(desk: Any) -> None:
    given = {"name": "Neue Kollegin", "role": "municipality", "scope": f"municipality:{TITZ}"}
    page = desk.post("/verwaltung/personen/neu/", {**given, "email": "Fachkraft@Example.org"}, follow=True)
    told = page.content.decode()
    assert "Unter dieser Adresse gibt es schon einen Zugang: Fachkraft." in told
    page = desk.post("/verwaltung/personen/neu/", {**given, "email": "neu@example.org"}, follow=True)
    assert "gibt es schon einen Zugang" not in page.content.decode()


def test_an_invitation_opens_nothing_by_itself_and_leads_to_a_code(desk: Any) -> None:
    page = desk.post(
        "/verwaltung/personen/neu/",
        {
            "name": "Neue Kollegin",
            "email": "Neu@Example.org",
            "role": "municipality",
            "scope": f"municipality:{TITZ}",
        },
    )
    user = User.objects.get(email="neu@example.org")
    assert page.url == f"/verwaltung/personen/{user.id}/"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'core.send_letter' ORDER BY id DESC"
        )
        args = cursor.fetchone()[0]
    letter = args if isinstance(args, dict) else json.loads(args)

    assert letter["to"] == "neu@example.org"
    assert "/anmelden/code/" in letter["text"] and "Ihre Rolle: Kommune" in letter["text"]
    assert not user.has_usable_password()
    client = stranger()
    client.post("/anmelden/code/", {"email": "neu@example.org"})
    code = mail.outbox[-1].body.split("\n\n")[2].strip()
    client.post("/anmelden/code/eingeben/", {"code": code})
    assert client.get("/schreibtisch/").url == "/konto/zweiter-faktor/noetig/"


def test_the_page_gives_and_ends_a_role(desk: Any, person: Any) -> None:
    user = person()
    path = f"/verwaltung/personen/{user.id}/"
    assert desk.post(path, {"role": "coordination", "scope": "county:05358"}).status_code == 302
    html = desk.get(path).content.decode()
    assert "Koordination, Kreis Düren" in html
    held = RoleGrant.objects.get(user=user)
    desk.post(f"{path}rollen/{held.id}/beenden/", {"last_day": ""})

    assert not actor_of(user).roles
    assert "Frühere Rollen" in desk.get(path).content.decode()


def test_wrong_entries_are_answered_in_sentences(desk: Any, person: Any) -> None:
    user = person()
    path = f"/verwaltung/personen/{user.id}/"
    for role in ("provider", "prevention_officer", "family_office"):
        unfit = desk.post(path, {"role": role, "scope": "county:05358"})
        assert unfit.status_code == 422
        assert "Diese Rolle gilt so nicht. Bitte wählen Sie aus: Organisationen." in unfit.content.decode()
    past = desk.post(path, {"role": "coordination", "scope": "county:05358", "ends_on": "2020-01-01"})
    assert "Dieser Tag ist schon vorbei." in past.content.decode()
    invented = desk.post(path, {"role": "family", "scope": "county:99999"})

    assert invented.status_code == 422
    assert not RoleGrant.objects.filter(user=user).exists()


def test_somebody_who_lost_the_phone_starts_anew(desk: Any, person: Any) -> None:
    user = person("verlust@example.org", role=Role.COORDINATION)
    other = entered(user.email, secret=protect(user))
    desk.post(f"/verwaltung/personen/{user.id}/zweiter-faktor/")

    assert other.get("/schreibtisch/").status_code == 302
    assert entered(user.email).get("/schreibtisch/").url == "/konto/zweiter-faktor/noetig/"


def pages(user: User) -> list[str]:
    return ["/verwaltung/personen/", "/verwaltung/personen/neu/", f"/verwaltung/personen/{user.id}/"]


def test_outsiders_find_no_page(person: Any) -> None:
    user = person("fremd@example.org", role=Role.COORDINATION)
    outsider = entered(user.email, secret=protect(user))
    for path in pages(user):
        assert outsider.get(path).status_code == 404, path
        assert stranger().get(path).url.startswith("/anmelden/"), path
    for path in (f"{pages(user)[2]}rollen/1/beenden/", f"{pages(user)[2]}zweiter-faktor/"):
        assert outsider.post(path).status_code == 404, path


def test_pages_are_found_have_the_skeleton_and_read_no_more_for_more_people(
    desk: Any, person: Any, django_assert_max_num_queries: Any
) -> None:
    user = person()
    for path in pages(user):
        assert bad_skeleton(desk.get(path).content.decode()) == [], path
    with django_assert_max_num_queries(16) as first:
        desk.get("/verwaltung/personen/")
    for number in range(20):
        person(f"weitere{number}@example.org", role=Role.PROFESSIONAL)
    with django_assert_max_num_queries(len(first.captured_queries)):
        html = desk.get("/verwaltung/personen/?name=weitere").content.decode()

    assert html.count("Fachkraft, Kreis Düren") == 20
    assert not any("directory_service" in query["sql"] for query in first.captured_queries)


def test_nobody_is_found_is_said(desk: Any) -> None:
    assert "Niemanden gefunden" in desk.get("/verwaltung/personen/?name=xyzzy").content.decode()
