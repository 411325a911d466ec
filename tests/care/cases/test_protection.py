"""A report of a child in danger: four eyes, its receipt, the two answers, and who sees nothing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.errors import NoSuchCase
from lueckenlos.care.cases.models import Record, ReportFeedback, ReportReceipt
from lueckenlos.care.cases.services.protection import RECEIPT
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as privacy_services
from lueckenlos.commons.privacy.errors import NotYours, judged
from lueckenlos.commons.privacy.types import Category, Ground, LegalBasis, NewParty, PartyRole
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.config import retention
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import Need
from tests.care.cases.reported import office
from tests.care.kita import Kita
from tests.wall.world import Worker, now

DATA_PROTECTION = Grant(Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358")


def protecting(worker: Worker) -> Actor:
    return worker.acting("protection")


def seen_kinds(actor: Actor) -> set[str]:
    with acting_as(actor):
        return set(Record.objects.values_list("kind", flat=True))


def missing(kita: Kita, file: UUID) -> set[tuple[Need, str]]:
    way = selectors.way(kita.acting(kita.worker), file, now=now())
    assert way is not None
    return {(each.need, each.key) for each in way.missing}


def test_the_youth_office_sees_what_was_named_and_only_while_it_acts_for_protection(
    kita: Kita, told: dict[str, UUID]
) -> None:
    assert seen_kinds(protecting(kita.youth)) == {"signs", "report"}
    assert seen_kinds(kita.youth.acting()) == set()
    assert seen_kinds(kita.youth.acting("counselling")) == set()
    for outsider in (kita.adviser, kita.head, kita.other_kita):
        assert seen_kinds(protecting(outsider)) == set()
        assert selectors.reports_received(protecting(outsider)) == []


def test_categories_that_were_not_named_stay_closed(kita: Kita, told: dict[str, UUID]) -> None:
    services.write_record(
        told["file"],
        new=services.NewRecord(
            kind="child", category=Category.HEALTH, about=told["child"], happened_at=now()
        ),
        actor=kita.acting(kita.worker),
        now=now(),
    )
    assert seen_kinds(protecting(kita.youth)) == {"signs", "report"}


def test_what_was_confided_does_not_go_along(kita: Kita, told: dict[str, UUID]) -> None:
    services.write_record(
        told["file"],
        new=services.NewRecord(
            kind="view",
            category=Category.SITUATION,
            about=told["child"],
            happened_at=now(),
            is_confided=True,
        ),
        actor=kita.acting(kita.worker),
        now=now(),
    )
    assert seen_kinds(protecting(kita.youth)) == {"signs", "report"}


def test_without_a_second_professional_the_reason_why_it_could_not_wait_is_needed(kita: Kita) -> None:
    opened, child = kita.assessment()
    alone = kita.report(child, second_person=None)
    with pytest.raises(Exception, match="step_has_four_eyes"):
        services.report_danger(
            opened.file, new=alone, to=office(kita), actor=kita.acting(kita.worker), now=now()
        )
    assert selectors.reports_of(kita.acting(kita.worker), opened.file) == []
    assert seen_kinds(kita.acting(kita.worker)) == set()
    in_time = kita.report(child, second_person=None, late_reason="Freitag, 16 Uhr, niemand da")
    services.report_danger(
        opened.file, new=in_time, to=office(kita), actor=kita.acting(kita.worker), now=now()
    )
    (found,) = selectors.reports_of(kita.acting(kita.worker), opened.file)
    assert (found.second_person, found.late_reason) == (None, "Freitag, 16 Uhr, niemand da")


def test_oneself_is_no_second_professional(kita: Kita) -> None:
    opened, child = kita.assessment()
    with pytest.raises(Exception, match="step_has_four_eyes"):
        services.report_danger(
            opened.file,
            new=kita.report(child, second_person=kita.worker.person),
            to=office(kita),
            actor=kita.acting(kita.worker),
            now=now(),
        )


def test_the_kita_asks_until_the_youth_office_confirms(kita: Kita, told: dict[str, UUID]) -> None:
    kita_tasks = tasks.of_file(kita.acting(kita.worker), told["file"], now=now())
    asking = [task for task in kita_tasks if task.record_kind == RECEIPT and task.is_open]
    assert len(asking) == 1
    waiting = [
        *tasks.mine(kita.youth.acting(), now=now()).today,
        *tasks.mine(kita.youth.acting(), now=now()).this_week,
    ]
    assert [task.record for task in waiting] == [told["report"]]
    assert "Lio" not in waiting[0].what and "Muster" not in waiting[0].what

    services.confirm_receipt(told["report"], actor=protecting(kita.youth), now=now())
    (found,) = selectors.reports_of(kita.acting(kita.worker), told["file"])
    assert found.received_at is not None
    assert len(tasks.mine(kita.youth.acting(), now=now())) == 0
    ended = tasks.task(kita.acting(kita.worker), asking[0].id, now=now())
    assert ended is not None and not ended.is_open and "Eingang bestätigt" in ended.answer
    assert (Need.TASK, RECEIPT) not in missing(kita, told["file"])
    services.confirm_receipt(told["report"], actor=protecting(kita.youth), now=now())


def test_exactly_two_answers_come_back_and_only_once(kita: Kita, told: dict[str, UUID]) -> None:
    columns = {field.name for field in ReportFeedback._meta.get_fields()}
    assert columns == {
        "id", "file", "step", "organization", "is_confirmed", "is_acting", "given_by", "given_at",
    }  # fmt: skip
    youth = protecting(kita.youth)
    services.give_feedback(told["report"], is_confirmed=True, is_acting=False, actor=youth, now=now())
    (found,) = selectors.reports_of(kita.acting(kita.worker), told["file"])
    assert found.feedback is not None
    assert (found.feedback.is_confirmed, found.feedback.is_acting) == (True, False)
    with pytest.raises(NotYours):
        services.give_feedback(told["report"], is_confirmed=False, is_acting=True, actor=youth, now=now())
    told_of = [task.what for task in tasks.of_file(kita.acting(kita.worker), told["file"], now=now())]
    assert any("Rückmeldung des Jugendamts" in what for what in told_of)


@pytest.mark.parametrize("basis", [LegalBasis.SGB8_8A_4, LegalBasis.SGB8_8A])
def test_on_another_ground_there_is_no_answer_not_even_past_the_code(kita: Kita, basis: LegalBasis) -> None:
    opened, child = kita.assessment()
    key = services.report_danger(
        opened.file,
        new=kita.report(child, legal_basis=basis),
        to=office(kita),
        actor=kita.acting(kita.worker),
        now=now(),
    )
    youth = protecting(kita.youth)
    with pytest.raises(NotYours):
        services.give_feedback(key, is_confirmed=True, is_acting=True, actor=youth, now=now())
    with pytest.raises(NotYours), acting_as(youth), judged():
        ReportFeedback.objects.create(
            **row(kita, opened.file, key),
            is_confirmed=True,
            is_acting=True,
            given_by=kita.youth.person,
            given_at=now(),
        )
    with acting_as(youth):
        ReportReceipt.objects.create(
            **row(kita, opened.file, key), confirmed_by=kita.youth.person, confirmed_at=now()
        )


def row(kita: Kita, file: UUID, step: UUID) -> dict[str, Any]:
    return {"file_id": file, "step_id": step, "organization_id": kita.youth.organization}


def test_nobody_answers_in_the_youth_offices_name(kita: Kita, told: dict[str, UUID]) -> None:
    given = {**row(kita, told["file"], told["report"]), "confirmed_at": now()}
    actors = [
        kita.acting(kita.worker),
        kita.acting(kita.worker, purpose="protection"),
        protecting(kita.adviser),
        kita.youth.acting(),
        kita.youth.acting("counselling"),
    ]
    for actor in actors:
        with pytest.raises(NotYours), acting_as(actor), judged():
            ReportReceipt.objects.create(**given, confirmed_by=actor.person_id)  # type: ignore[misc]
        with pytest.raises(NoSuchCase):
            services.confirm_receipt(told["report"], actor=actor, now=now())
    with pytest.raises(NotYours), acting_as(protecting(kita.youth)), judged():
        ReportReceipt.objects.create(**given, confirmed_by=uuid4())


def test_answers_are_read_by_both_sides_and_by_nobody_else(kita: Kita, told: dict[str, UUID]) -> None:
    youth = protecting(kita.youth)
    services.confirm_receipt(told["report"], actor=youth, now=now())
    services.give_feedback(told["report"], is_confirmed=True, is_acting=True, actor=youth, now=now())

    def rows(actor: Actor) -> tuple[int, int]:
        with acting_as(actor):
            return ReportReceipt.objects.count(), ReportFeedback.objects.count()

    assert rows(kita.acting(kita.worker)) == rows(youth) == (1, 1)
    outsiders = (
        kita.youth.acting(),
        protecting(kita.adviser),
        kita.acting(kita.other_kita, purpose="protection"),
        Actor(kind=ActorKind.FAMILY, person_id=told["child"]),
        Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(DATA_PROTECTION,)),
        kita.coordination,
    )
    for outsider in outsiders:
        assert rows(outsider) == (0, 0), outsider


def test_after_its_day_the_youth_office_sees_nothing_more(kita: Kita) -> None:
    opened, child = kita.assessment()
    kita.note(opened.file, "signs", about=child)
    services.report_danger(
        opened.file,
        new=kita.report(child, until=now() + timedelta(seconds=2)),
        to=office(kita),
        actor=kita.acting(kita.worker),
        now=now(),
    )
    assert "signs" in seen_kinds(protecting(kita.youth))
    kita.world.connection.execute("SELECT pg_sleep(2.2)")
    assert seen_kinds(protecting(kita.youth)) == set()
    assert selectors.reports_received(protecting(kita.youth)) == []


def test_data_protection_is_told_that_it_happened_and_not_about_whom(
    kita: Kita, told: dict[str, UUID]
) -> None:
    watching = Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(DATA_PROTECTION,))
    notices = privacy.notices(watching)
    assert {(each.organization, each.recipient) for each in notices} == {
        (kita.worker.organization, kita.youth.organization)
    }
    assert not {"file", "subject", "reason"} & set(dir(notices[0]))
    assert seen_kinds(watching) == set()
    assert selectors.reports_of(watching, told["file"]) == []


def test_the_familys_own_page_shows_nothing_of_it(kita: Kita, told: dict[str, UUID]) -> None:
    client = kita.client(kita.youth)
    client.get(reverse("cases:report", args=[told["report"]]))
    for own in (
        Actor(kind=ActorKind.FAMILY, person_id=told["child"]),
        Actor(kind=ActorKind.LINK, record=told["child"], purpose="own-data"),
    ):
        assert selectors.cases(own) == []
        assert selectors.records_about(own, told["child"]) == []
        assert privacy.disclosures_about(own, told["child"]) == []
        assert privacy.releases_about(own, told["child"], now=now()) == []
        assert privacy.file(own, told["file"]) is None
    seen = privacy.disclosures_of(kita.acting(kita.worker), told["file"])
    assert Ground.PROTECTION in {each.ground for each in seen}


def test_also_in_a_file_that_the_family_sees_a_step_leaves_no_trace_on_its_page(kita: Kita) -> None:
    """The duty may arise in any case; its file is not held back, and still nothing tells of the step."""
    actor = kita.youth.acting()
    opened = services.open_case(
        services.NewCase(pathway="akut", channel=Channel.PHONE, unit=kita.youth.unit),
        actor=actor,
        now=now(),
    )
    mother = lay_mother(opened.file, actor)
    privacy_services.record_protection_step(
        opened.file,
        new=privacy_services.NewStep(
            organization=kita.adviser.organization,
            subject=mother,
            legal_basis=LegalBasis.SGB8_8A,
            reason="Gefahr",
            categories=frozenset({Category.SITUATION}),
            until=now() + timedelta(days=1),
            second_person=uuid4(),
        ),
        actor=actor,
        now=now(),
    )
    privacy_services.disclose(
        opened.file,
        seen=[(mother, Category.SITUATION)],
        ground=Ground.PROTECTION,
        actor=protecting(kita.adviser),
        now=now(),
    )
    own = Actor(kind=ActorKind.FAMILY, person_id=mother)
    assert [case.file for case in selectors.cases(own)] == [opened.file]
    assert privacy.disclosures_about(own, mother) == []
    assert privacy.protection_steps(own, opened.file) == []
    assert selectors.reports_of(own, opened.file) == []


def lay_mother(file: UUID, actor: Actor) -> UUID:
    mother = uuid4()
    families.add_person(
        file, new=NewPerson("Mara"), party=NewParty(mother, PartyRole.MOTHER), actor=actor, now=now()
    )
    return mother


def test_retention_takes_the_answers_with_the_file(kita: Kita, told: dict[str, UUID]) -> None:
    services.confirm_receipt(told["report"], actor=protecting(kita.youth), now=now())
    kita.world.connection.execute(
        "UPDATE privacy_file SET erase_after = now() - interval '1 day' WHERE id = %s", [told["file"]]
    )
    for rule in retention.RULES:
        rule.erase(now())
    for table in ("cases_reportreceipt", "privacy_protectionstep", "privacy_file"):
        found = kita.world.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found == (0,), table
