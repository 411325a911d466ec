"""A programme kept by one team: its people see who takes part, no colleague beside it does, whatever the code forgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lueckenlos.commons.accounts import work
from lueckenlos.core.actor import Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes import retention, selectors, services
from lueckenlos.offers.programmes.errors import NoSuchProgramme, NoSuchRegistration
from lueckenlos.offers.programmes.models import (
    Access,
    Attendance,
    Feedback,
    Figure,
    Material,
    Registration,
    Seat,
    Session,
)
from lueckenlos.offers.programmes.types import AccessView
from tests.core.databases import past_the_wall
from tests.offers.browsing import client
from tests.offers.programmes.house import NEW, wish
from tests.offers.programmes.test_materials import PDF
from tests.wall.world import Worker, World, now

CLOSED = (Registration, Seat, Attendance, Access, Feedback, Material, Figure)


@dataclass
class Kept:
    """A programme of one team with everything that can lie behind it, and who works beside that team."""

    world: World
    member: Worker
    head: Worker
    colleague: Worker
    other_head: Worker
    stranger: Worker
    unit: UUID
    programme: UUID
    registration: UUID


@pytest.fixture
def kept(empty_database: str) -> Iterator[Kept]:
    """A course of the first team."""
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        office, elsewhere = world.organization(), world.organization()
        unit, other = world.units[office]
        member, head = world.worker(office, unit=unit), world.worker(office, unit=unit, is_head=True)
        colleague, other_head = world.worker(office), world.worker(office, unit=other, is_head=True)
        starts = now() + timedelta(days=30)
        new = replace(NEW, unit=unit, dates=((starts, starts + timedelta(hours=1)),))
        acting = member.acting()
        key = services.found_programme(new, actor=acting, now=now())
        services.publish(key, actor=acting, now=now())
        made = services.register(wish(key), now=now())
        link = link_to(made.id, purpose="registration")
        services.set_access(key, AccessView("https://video.example.org", "", 24, ""), actor=acting)
        services.add_material(key, services.NewMaterial(name="x.pdf", content=PDF), actor=acting, now=now())
        (mine,) = selectors.registrations(acting, key)
        session = Session.objects.get(programme=key)
        services.mark(session.id, seat=mine.seats[0].id, came=True, actor=acting, now=now())
        services.give_feedback(made.id, helped=5, again=True, words="gut", actor=link, now=now())
        with acting_as(job("retention")):
            Figure.objects.create(programme_id=key, organization=office, ags="", placed=1, came=1, waited=0)
        stranger = world.worker(elsewhere)
        yield Kept(world, member, head, colleague, other_head, stranger, unit, key, made.id)


def seen(actor: Actor) -> list[int]:
    """How many rows of each closed table somebody sees, asked of the database without any filter."""
    with acting_as(actor):
        return [table._default_manager.count() for table in CLOSED]


def test_the_team_and_its_head_see_every_row_and_nobody_beside_them_one(kept: Kept) -> None:
    for insider in (kept.member, kept.head):
        assert seen(insider.acting()) == [1] * len(CLOSED)
    for outsider in (kept.colleague, kept.other_head, kept.stranger):
        assert seen(outsider.acting()) == [0] * len(CLOSED)


def test_who_leaves_the_team_sees_nothing_from_the_next_statement_on(kept: Kept) -> None:
    work.leave_unit(kept.unit, person=kept.member.person, by=kept.head.acting(), now=now())
    assert seen(kept.member.acting()) == [0] * len(CLOSED)
    assert seen(kept.head.acting()) == [1] * len(CLOSED)


def test_colleagues_neither_write_nor_erase_what_they_do_not_see(kept: Kept) -> None:
    with acting_as(kept.member.acting()):
        seat, session = Seat.objects.get(), Session.objects.get(programme=kept.programme)
    with acting_as(kept.colleague.acting()):
        assert Attendance.objects.filter(session=session).update(came=False) == 0
        assert Attendance.objects.all().delete()[0] == Material.objects.all().delete()[0] == 0
        assert Access.objects.update(address="") == 0
    with pytest.raises(NoSuchRegistration):
        services.mark(session.id, seat=seat.id, came=False, actor=kept.colleague.acting(), now=now())
    assert seen(kept.member.acting()) == [1] * len(CLOSED)


def test_colleagues_cannot_change_the_programme_to_see_it(kept: Kept) -> None:
    view = selectors.by_id(kept.programme)
    assert view is not None
    for outsider in (kept.colleague.acting(), kept.other_head.acting()):
        for deed in (
            lambda actor: services.change_programme(
                kept.programme, NEW, expected=view.version, actor=actor, now=now()
            ),
            lambda actor: services.cancel_programme(kept.programme, actor=actor),
            lambda actor: services.take_down(wish(kept.programme, "Ben"), actor=actor, now=now()),
            lambda actor: services.found_programme(replace(NEW, unit=kept.unit), actor=actor, now=now()),
        ):
            with pytest.raises(NoSuchProgramme):
                deed(outsider)
        assert selectors.of_organization(outsider) == []


def test_the_desk_answers_colleagues_as_if_it_were_not_there(kept: Kept) -> None:
    browser = client(kept.colleague)
    for name in ("manage", "change", "take_down", "table", "leaflet"):
        there, nowhere = (reverse(f"programmes:{name}", args=[key]) for key in (kept.programme, uuid4()))
        assert browser.get(there).status_code == browser.get(nowhere).status_code == 404
    door = reverse("programmes:door", args=[kept.registration])
    assert browser.get(door).status_code == 404
    page = client(kept.member).get(reverse("programmes:manage", args=[kept.programme])).content.decode()
    assert "Mia" in page and f"nur Team {kept.unit}" in page


def test_the_form_offers_ones_own_teams_and_all(kept: Kept) -> None:
    page = client(kept.member).get(reverse("programmes:new")).content.decode()
    assert f"nur Team {kept.unit}" in page and page.count("nur Team") == 1
    assert (
        "Wer sieht die Anmeldungen?"
        not in client(kept.colleague).get(reverse("programmes:new")).content.decode()
    )


def test_a_team_that_has_ended_is_not_left_by_saving_something_else(kept: Kept) -> None:
    kept.world.connection.execute("UPDATE accounts_unit SET ended_at = now() WHERE id = %s", [kept.unit])
    page = client(kept.member).get(reverse("programmes:change", args=[kept.programme])).content.decode()
    assert f'value="{kept.unit}" selected' in page
    assert seen(kept.colleague.acting()) == [0] * len(CLOSED)


def test_a_programme_given_back_to_all_is_seen_by_all_of_the_organization(kept: Kept) -> None:
    view = selectors.by_id(kept.programme)
    assert view is not None
    services.change_programme(
        kept.programme, NEW, expected=view.version, actor=kept.member.acting(), now=now()
    )
    assert seen(kept.colleague.acting()) == [1] * len(CLOSED)
    assert seen(kept.stranger.acting()) == [0] * len(CLOSED)


def test_families_and_the_line_go_on_as_before(kept: Kept) -> None:
    link = link_to(kept.registration, purpose="registration")
    assert selectors.registration(link, kept.registration) is not None
    waits = services.register(wish(kept.programme, "Ada", "Bela", "Cem"), now=now())
    services.cancel(kept.registration, actor=link, now=now())
    found = selectors.registration(link_to(waits.id, purpose="registration"), waits.id)
    assert found is not None
    assert found.offered_until is not None


def test_what_is_old_is_erased_whoever_kept_it(kept: Kept) -> None:
    ended = now() - timedelta(days=4000)
    Session.objects.filter(programme=kept.programme).update(
        starts_at=ended - timedelta(hours=1), ends_at=ended
    )
    for rule in retention.RULES:
        rule.erase(now())
    with acting_as(job("retention")):
        assert [table._default_manager.count() for table in CLOSED] == [0] * len(CLOSED)
    # Whoever erases must see the row to erase it; the job that tells sees it anyway.
    with acting_as(job("programmes-tell")):
        assert not Access.objects.exists()
