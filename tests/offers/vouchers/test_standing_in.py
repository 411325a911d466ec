"""A payer in which nobody signs in: the Koordination pays, settles and exports for it, until somebody does."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.models import RoleGrant, User
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.vouchers import selectors, services
from lueckenlos.offers.vouchers.errors import NoSuchScheme
from lueckenlos.offers.vouchers.models import Redemption, Settlement, Voucher
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.vouchers.house import Office, today
from tests.offers.vouchers.test_pages import payers
from tests.wall.world import Worker, now

COUNTY = Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358")


def sign_in(who: Worker, role: Role = Role.PROVIDER) -> None:
    """Somebody works there from now on; before, nobody of the office's house has a role."""
    grant = Grant(role, ScopeKind.ORGANIZATION, str(who.organization))
    accounts.grant_role(who.person, grant=grant, by=job("tests"))


def signed_in(grant: Grant = COUNTY) -> tuple[Actor, Client]:
    """Somebody of the county who serves no organization, and their browser."""
    user = accounts.welcome(f"{uuid4()}@example.org", name="Kreis")
    accounts.grant_role(user.id, grant=grant, by=job("tests"))
    browser = Client()
    browser.force_login(User.objects.get(id=user.id))
    return Actor(kind=ActorKind.PERSON, person_id=user.id, grants=(grant,)), browser


def taken(office: Office) -> None:
    """The club has taken a voucher that is not settled yet."""
    office.redeem(office.code(office.issue()))


def seen(actor: Actor) -> tuple[int, int, int]:
    """How many vouchers, redemptions and settlements the database shows."""
    with acting_as(actor):
        return Voucher.objects.count(), Redemption.objects.count(), Settlement.objects.count()


def test_the_koordination_settles_and_exports_for_a_payer_without_a_desk_by_clicks(office: Office) -> None:
    taken(office)
    actor, browser = signed_in()
    home = browser.get(reverse("vouchers:desk")).content.decode()
    name = office.look().organization_name
    assert "Sie handeln für andere" in home and f"für {name}" in home
    assert bad_skeleton(home) == []
    manage, change, settle, table, workbook = payers(office.scheme)
    for url in (manage, change):
        page = browser.get(url).content.decode()
        assert f"Sie handeln für: {name}" in page
        assert bad_skeleton(page) == []
    exported = b"".join(browser.get(table)).decode()
    assert "36" in exported
    assert browser.get(workbook).status_code == 200
    (bill,) = selectors.bills(actor, office.scheme)
    given = {"verein": str(bill.club), "monat": bill.month.isoformat()}
    assert browser.post(settle, given)["Location"] == manage
    (bill,) = selectors.bills(actor, office.scheme)
    assert bill.settled_on == today()
    with acting_as(actor):
        assert Settlement.objects.get().payer == office.payer.organization
    (line,) = selectors.redeemed_at(office.club.acting())
    assert line.is_settled


def test_the_koordination_founds_for_a_payer_without_a_desk_and_for_no_other(office: Office) -> None:
    sign_in(office.club)
    actor, browser = signed_in()
    page = browser.get(reverse("vouchers:new")).content.decode()
    assert str(office.payer.organization) in page and str(office.club.organization) not in page
    given = {
        "title": "Ferien-Gutschein", "euros": "25", "stock": "5", "kinds": ["sport"], "is_open": "on",
        "valid_from": today().isoformat(), "valid_until": (today() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert browser.post(reverse("vouchers:new"), given).status_code == 422
    assert browser.post(reverse("vouchers:new"), {**given, "payer": str(uuid4())}).status_code == 422
    made = browser.post(reverse("vouchers:new"), {**given, "payer": str(office.payer.organization)})
    assert made.status_code == 302
    mine = selectors.looked_after(actor)
    assert {each.organization for each in mine} == {office.payer.organization}
    assert mine[0].title == "Ferien-Gutschein"
    for who, payer in ((actor, office.club.organization), (actor, uuid4()), (actor, None)):
        with pytest.raises(NoSuchScheme):
            services.found_scheme(office.new(), actor=who, now=now(), payer=payer)
    with pytest.raises(NoSuchScheme):
        services.found_scheme(
            office.new(), actor=office.giver.acting(), now=now(), payer=office.payer.organization
        )


def test_once_somebody_signs_in_the_koordination_sees_and_does_nothing_more(office: Office) -> None:
    taken(office)
    actor, browser = signed_in()
    assert seen(actor) == (0, 1, 0)
    sign_in(office.payer)
    assert seen(actor) == (0, 0, 0)
    assert selectors.bills(actor, office.scheme) == []
    assert selectors.by_municipality(actor, office.scheme) == []
    assert selectors.looked_after(actor) == []
    with pytest.raises(NoSuchScheme):
        services.change_scheme(office.scheme, office.new(), expected=office.look().version, actor=actor)
    for url in payers(office.scheme):
        for ask in (browser.get, browser.post):
            assert ask(url).status_code in {404, 405}
    assert "Sie handeln für andere" not in browser.get(reverse("vouchers:desk")).content.decode()
    RoleGrant.objects.filter(user=office.payer.person).update(ends_on=today() - timedelta(days=1))
    assert seen(actor) == (0, 1, 0)


def test_nobody_else_stands_in_and_no_single_voucher_is_read(office: Office) -> None:
    taken(office)
    organization = office.payer.organization
    for grant in (
        Grant(Role.ADMINISTRATION, ScopeKind.COUNTY, "05358"),
        Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, "05358060"),
    ):
        actor, browser = signed_in(grant)
        assert seen(actor) == (0, 0, 0)
        with pytest.raises(NoSuchScheme):
            services.change_scheme(office.scheme, office.new(), expected=office.look().version, actor=actor)
        assert browser.get(payers(office.scheme)[0]).status_code == 404
        assert browser.get(reverse("vouchers:desk")).status_code == 404
    narrow = Grant(Role.COORDINATION, ScopeKind.ORGANIZATION, str(organization))
    assert seen(Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(narrow,))) == (0, 0, 0)
    for outsider in (NOBODY, office.giver.acting(), job("vouchers-other")):
        assert seen(outsider)[1:] == (0, 0)
    actor, browser = signed_in()
    voucher = office.issue()
    for name, key in (("issue", office.scheme), ("voucher", voucher), ("slip", voucher)):
        assert browser.post(reverse(f"vouchers:{name}", args=[key])).status_code == 404
    assert browser.get(reverse("vouchers:redeem")).status_code == 404
    with acting_as(actor):
        assert Redemption.objects.update(cents=1) == 0
    forged = Settlement(
        scheme_id=office.scheme, payer=organization, club=office.club.organization, month=today(), count=1,
        cents=1, settled_on=today(),
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(actor):
        forged.save(force_insert=True)


def test_a_desk_is_where_somebody_who_works_with_families_signs_in_today(office: Office) -> None:
    key = office.payer.organization
    assert work.without_desk([key]) == {key}
    sign_in(office.payer, Role.DATA_PROTECTION)
    assert work.without_desk([key]) == {key}
    sign_in(office.payer, Role.FAMILY_OFFICE)
    assert work.without_desk([key, office.club.organization]) == {office.club.organization}
    User.objects.filter(id=office.payer.person).update(is_active=False)
    assert work.without_desk([key]) == {key}


def test_whoever_works_for_the_payer_reads_nothing_of_standing_in(office: Office) -> None:
    page = client(office.payer).get(payers(office.scheme)[0]).content.decode()
    assert "Sie handeln für" not in page
    assert 'name="payer"' not in client(office.payer).get(reverse("vouchers:new")).content.decode()
