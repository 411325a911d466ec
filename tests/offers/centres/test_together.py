"""Houses that are one centre: each says yes itself, all are on one page, and what they plan nobody else reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import icalendar
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from lueckenlos.core import audit
from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import StaleVersion
from lueckenlos.offers.centres import selectors, services
from lueckenlos.offers.centres.errors import (
    AlreadyThere,
    LeadStays,
    NoSuchCentre,
    NotAsked,
    NotMember,
    NotOffered,
)
from lueckenlos.offers.centres.models import Member, PlanNote
from lueckenlos.offers.centres.planning import clashes
from lueckenlos.offers.centres.retention import RULES
from lueckenlos.offers.centres.types import MemberState, NewNote, NoteState
from lueckenlos.offers.programmes import services as programmes
from tests.offers.centres.house import NEW, Together, in_days, this_month
from tests.wall.world import now


def test_a_house_belongs_only_when_it_has_said_yes_itself(together: Together) -> None:
    both = {together.lead.organization, together.member.organization}
    assert together.names() == both
    with pytest.raises(NotAsked):
        services.join(together.key, actor=together.stranger.acting(), now=now())
    with pytest.raises(AlreadyThere):
        services.ask(together.key, organization=together.asked.organization, actor=together.lead.acting())
    services.join(together.key, actor=together.asked.acting(), now=now())
    assert together.names() == {*both, together.asked.organization}
    with pytest.raises(NotAsked):
        services.join(together.key, actor=together.asked.acting(), now=now())


def test_who_said_no_or_left_may_be_asked_again_and_is_not_there_meanwhile(together: Together) -> None:
    services.leave(together.key, actor=together.asked.acting())
    services.leave(together.key, actor=together.member.acting())
    assert together.names() == {together.lead.organization}
    with pytest.raises(NotAsked):
        services.join(together.key, actor=together.member.acting(), now=now())
    services.ask(together.key, organization=together.member.organization, actor=together.lead.acting())
    services.join(together.key, actor=together.member.acting(), now=now())
    assert together.member.organization in together.names()


def test_whoever_leads_stays_and_nobody_else_leads(together: Together) -> None:
    for deed in (
        lambda: services.leave(together.key, actor=together.lead.acting()),
        lambda: services.part_from(
            together.key, organization=together.lead.organization, actor=together.lead.acting()
        ),
    ):
        with pytest.raises(LeadStays):
            deed()
    for outsider in (together.member, together.asked, together.stranger):
        actor = outsider.acting()
        with pytest.raises(NoSuchCentre):
            services.change_centre(together.key, NEW, expected=1, actor=actor)
        with pytest.raises(NoSuchCentre):
            services.ask(together.key, organization=together.stranger.organization, actor=actor)
        with pytest.raises(NoSuchCentre):
            services.part_from(together.key, organization=together.member.organization, actor=actor)
    with pytest.raises(NoSuchCentre):
        services.leave(together.key, actor=together.stranger.acting())
    with pytest.raises(NoSuchCentre):
        services.found_centre(NEW, actor=NOBODY, now=now())
    with pytest.raises(NoSuchCentre):
        services.ask(together.key, organization=uuid4(), actor=together.lead.acting())
    assert together.look().member(together.asked.organization) is not None


def test_the_lead_goes_to_a_member_that_says_yes_and_everything_goes_on(together: Together) -> None:
    note, before = together.plan(), together.look()
    lead, member = together.lead.acting(), together.member.acting()
    services.offer_lead(together.key, organization=together.member.organization, actor=lead)
    assert together.look().lead == together.lead.organization
    services.take_lead(together.key, actor=member)
    view = together.look()
    assert (view.lead, view.offered_to, view.key, view.joined) == (
        together.member.organization,
        None,
        before.key,
        tuple(sorted(before.joined, key=lambda each: each.organization == together.lead.organization)),
    )
    assert [each.id for each in selectors.plan(lead, together.key, month=this_month())] == [note]
    services.change_centre(together.key, NEW, expected=view.version, actor=member)
    with pytest.raises(NoSuchCentre):
        services.change_centre(together.key, NEW, expected=view.version + 1, actor=lead)
    for organization in (together.lead.organization, together.member.organization):
        assert _noted(together, organization) == 1
    services.leave(together.key, actor=lead)
    assert together.names() == {together.member.organization}


def _noted(together: Together, organization: UUID) -> int:
    """How often the handing over stands in the chain of an organization."""
    found = together.connection.execute(
        "SELECT count(*) FROM core_auditentry WHERE chain = %s AND body LIKE '%%lead_handed_over%%'",
        [audit.chain_of(organization)],
    ).fetchone()
    assert isinstance(found, tuple)
    return int(found[0])


def test_the_lead_is_offered_to_members_alone_and_nobody_else_takes_it(together: Together) -> None:
    lead, member = together.lead.acting(), together.member.acting()
    for other in (together.asked, together.stranger, together.lead):
        with pytest.raises(NotMember):
            services.offer_lead(together.key, organization=other.organization, actor=lead)
        with pytest.raises(NoSuchCentre):
            services.offer_lead(
                together.key, organization=together.member.organization, actor=together.stranger.acting()
            )
        with pytest.raises(NotOffered):
            services.take_lead(together.key, actor=other.acting())
    with pytest.raises(NotOffered):
        services.take_lead(together.key, actor=member)


def test_an_offered_lead_ends_with_a_no_a_change_of_mind_or_a_farewell(together: Together) -> None:
    lead, member = together.lead.acting(), together.member.acting()
    for end in (
        lambda: services.refuse_lead(together.key, actor=member),
        lambda: services.keep_lead(together.key, actor=lead),
        lambda: services.leave(together.key, actor=member),
    ):
        services.offer_lead(together.key, organization=together.member.organization, actor=lead)
        end()
        assert together.look().offered_to is None
        with pytest.raises(NotOffered):
            services.take_lead(together.key, actor=member)
    assert together.look().lead == together.lead.organization


def test_whoever_is_concerned_gets_a_letter(together: Together) -> None:
    for name in ("lead", "asked"):
        who = getattr(together, name)
        together.connection.execute(
            "UPDATE directory_organization SET email = %s WHERE id = %s",
            [f"{name}@example.org", who.organization],
        )

    def letters() -> list[tuple[str, str]]:
        rows = ProcrastinateJob.objects.filter(task_name="core.send_letter").order_by("id")
        return [(row.args["to"], row.args["subject"].partition(":")[0].partition("?")[0]) for row in rows]

    assert letters() == []
    services.join(together.key, actor=together.asked.acting(), now=now())
    services.leave(together.key, actor=together.asked.acting())
    services.ask(together.key, organization=together.asked.organization, actor=together.lead.acting())
    services.part_from(together.key, organization=together.asked.organization, actor=together.lead.acting())
    assert letters() == [
        ("lead@example.org", "Neu dabei"),
        ("lead@example.org", "Nicht dabei"),
        ("asked@example.org", "Möchten Sie dazugehören"),
        ("asked@example.org", "Nicht mehr dabei"),
    ]


def test_two_who_change_the_page_lose_nothing(together: Together) -> None:
    actor, version = together.lead.acting(), together.look().version
    services.change_centre(together.key, replace(NEW, phone="1"), expected=version, actor=actor)
    with pytest.raises(StaleVersion):
        services.change_centre(together.key, replace(NEW, phone="2"), expected=version, actor=actor)
    assert together.look().phone == "1"


def test_two_centres_of_one_name_have_two_addresses(together: Together) -> None:
    keys = [services.found_centre(NEW, actor=together.lead.acting(), now=now()) for _ in range(2)]
    desk = services.found_centre(replace(NEW, name="Verwalten"), actor=together.lead.acting(), now=now())
    views = [selectors.by_id(each) for each in (together.key, *keys, desk)]
    found = [each.key for each in views if each]
    assert len(set(found)) == 4
    assert found[0] == "familienzentrum-sued"
    assert "verwalten" not in found


def test_the_page_has_what_all_members_offer_and_nothing_of_others(together: Together) -> None:
    for who, name in ((together.lead, "Krabbelgruppe"), (together.member, "Elterncafé")):
        together.service(who, name)
    for who, name in ((together.asked, "Schuldnerberatung"), (together.stranger, "Judo")):
        together.service(who, name)
        together.programme(who, f"Kurs {name}", begins=in_days(9, 10))
    together.programme(together.member, "Trommeln", begins=in_days(9, 16))
    page = Client().get("/familienzentren/familienzentrum-sued/").content.decode()
    for there in ("Krabbelgruppe", "Elterncafé", "Trommeln"):
        assert there in page
    for not_there in ("Schuldnerberatung", "Judo"):
        assert not_there not in page
    services.leave(together.key, actor=together.member.acting())
    page = Client().get("/familienzentren/familienzentrum-sued/").content.decode()
    assert "Krabbelgruppe" in page
    assert "Elterncafé" not in page and "Trommeln" not in page


def test_the_joint_calendar_follows_and_is_the_same_as_feed(together: Together) -> None:
    together.programme(together.lead, "Musik", begins=in_days(5, 15))
    key = together.programme(together.member, "Trommeln", begins=in_days(8, 15))
    second = in_days(15, 15)
    programmes.add_sessions(key, [(second, second + timedelta(hours=1))], actor=together.member.acting())
    first = selectors.calendar(together.look(), now=now())[1]
    programmes.cancel_session(first.session.id, actor=together.member.acting())
    together.programme(together.stranger, "Judo", begins=in_days(6, 15))
    base = "/familienzentren/familienzentrum-sued/"
    found = icalendar.Calendar.from_ical(Client().get(f"{base}termine.ics").content).walk("VEVENT")
    assert [(str(each["SUMMARY"]), str(each.get("STATUS", ""))) for each in found] == [
        ("Musik", ""),
        ("Trommeln", "CANCELLED"),
        ("Trommeln", ""),
    ]
    assert str(found[1]["UID"]) == f"session-{first.session.id}@lueckenlos"
    feed = Client().get(f"{base}termine.rss").content.decode()
    assert feed.count("<item>") == 2
    assert "Judo" not in feed
    page = Client().get(f"{base}termine/").content.decode()
    assert "fällt aus" in page and "Judo" not in page


def test_what_is_not_shown_yet_is_not_there_for_families(together: Together) -> None:
    services.change_centre(
        together.key,
        replace(NEW, is_public=False),
        expected=together.look().version,
        actor=together.lead.acting(),
    )
    assert selectors.centres() == []
    for end in ("", "termine/", "termine.ics", "termine.rss"):
        assert Client().get(f"/familienzentren/familienzentrum-sued/{end}").status_code == 404


def test_members_plan_and_nobody_else_reads_a_word_of_it(together: Together) -> None:
    key = together.plan("Sommerfest im Hof", by=together.member, care=together.lead.organization)
    for member in (together.lead, together.member):
        found = selectors.plan(member.acting(), together.key, month=this_month())
        assert [each.what for each in found] == ["Sommerfest im Hof"]
    outsiders = (
        NOBODY, together.asked.acting(), together.stranger.acting(), link_to(key), job("index"),
        job("demo-centres"),
    )  # fmt: skip
    for outsider in outsiders:
        assert selectors.plan(outsider, together.key, month=this_month()) == []
        assert selectors.note(outsider, key) is None
        with acting_as(outsider):
            assert PlanNote.objects.count() == 0
            assert PlanNote.objects.update(what="x") == 0
        with pytest.raises(NoSuchCentre):
            services.settle(key, actor=outsider)
        with pytest.raises(NoSuchCentre):
            services.note_plan(
                together.key,
                NewNote(month=this_month(), day=None, what="x", care=None),
                actor=outsider,
                now=now(),
            )


def test_whoever_leaves_sees_nothing_more_from_the_next_statement_on(together: Together) -> None:
    key = together.plan(by=together.member)
    services.leave(together.key, actor=together.member.acting())
    assert selectors.plan(together.member.acting(), together.key, month=this_month()) == []
    with pytest.raises(NoSuchCentre):
        services.settle(key, actor=together.member.acting())
    assert len(selectors.plan(together.lead.acting(), together.key, month=this_month())) == 1


def test_the_wall_takes_no_note_in_anothers_name_nor_from_who_does_not_belong(together: Together) -> None:
    row = {"centre_id": together.key, "month": this_month(), "what": "x", "created_at": now()}
    tries = (
        (together.lead, together.member.organization),
        (together.stranger, together.stranger.organization),
        (together.asked, together.asked.organization),
    )
    for who, organization in tries:
        with pytest.raises(DatabaseError), acting_as(who.acting()):
            PlanNote.objects.create(organization=organization, **row)
    for wrong in ({"month": this_month().replace(day=2)}, {"what": ""}):
        with pytest.raises(IntegrityError), acting_as(together.lead.acting()):
            PlanNote.objects.create(organization=together.lead.organization, **{**row, **wrong})


def test_only_a_member_takes_care_and_what_is_done_may_be_open_again(together: Together) -> None:
    for outsider in (together.asked, together.stranger):
        with pytest.raises(NoSuchCentre):
            together.plan(care=outsider.organization)
    key, later = together.plan("Erstens"), together.plan("Zweitens")
    services.settle(key, actor=together.member.acting())
    found = selectors.plan(together.lead.acting(), together.key, month=this_month())
    assert [(each.id, each.state) for each in found] == [(later, NoteState.OPEN), (key, NoteState.SETTLED)]
    next_month = (this_month() + timedelta(days=40)).replace(day=1)
    before = selectors.open_before(together.lead.acting(), together.key, month=next_month)
    assert [each.id for each in before] == [later]
    services.reopen(key, actor=together.lead.acting())
    assert {
        each.state for each in selectors.plan(together.lead.acting(), together.key, month=this_month())
    } == {NoteState.OPEN}


def test_dates_at_one_hour_are_named_and_what_only_follows_is_not(together: Together) -> None:
    together.programme(together.lead, "Musik", begins=in_days(9, 15), minutes=90)
    together.programme(together.member, "Trommeln", begins=in_days(9, 16))
    together.programme(together.member, "Fachtag", begins=in_days(9, 17), for_professionals=True)
    together.programme(together.member, "Lesen", begins=in_days(10, 15))
    found = selectors.planned_dates(together.look(), begins=now(), ends=now() + timedelta(days=30))
    assert {each.programme.title for each in found} == {"Musik", "Trommeln", "Fachtag", "Lesen"}
    pairs = [(one.programme.title, two.programme.title) for one, two in clashes(found)]
    assert pairs == [("Musik", "Trommeln")]


def test_an_organization_stands_once_in_a_centre_and_joined_since_a_day(together: Together) -> None:
    row = {"centre_id": together.key, "organization_id": together.member.organization, "state": "invited"}
    for wrong in (row, {**row, "organization_id": together.stranger.organization, "state": "joined"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.create(**wrong)
    member = together.look().member(together.member.organization)
    assert member is not None and member.state is MemberState.JOINED and member.since is not None


def test_after_a_year_the_plan_is_gone(together: Together) -> None:
    together.plan()
    assert [rule.due(now()) for rule in RULES] == [0]
    assert [rule.erase(now() + timedelta(days=440)) for rule in RULES] == [1]
    assert selectors.plan(together.lead.acting(), together.key, month=this_month()) == []
