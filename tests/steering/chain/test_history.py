"""Any past day is drawn as it was known then; what changed since has its causes; baselines are never overwritten."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory import services
from lueckenlos.commons.directory.models import Service
from lueckenlos.commons.directory.types import FundingValue, ServiceStatus, ServiceValues
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.documents import document_of
from lueckenlos.steering.chain.models import Baseline, Basis, TargetRevision
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.causes import CauseKind
from lueckenlos.steering.chain.selectors.cell_history import cell_history, first_day
from lueckenlos.steering.chain.selectors.changes import Changes, changes_between
from lueckenlos.steering.chain.selectors.standing import Sight, cell_key
from lueckenlos.steering.chain.services.baselines import NameTaken, freeze
from lueckenlos.steering.chain.services.talk import NotYours
from tests.steering.chain.conftest import TITZ, TODAY, YESTERDAY

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
EVERYTHING = Sight(is_coordination=True)
NOW = datetime.combine(TODAY, time(10, 30), tzinfo=clock.zone())


def since_yesterday(today: date = TODAY) -> Changes:
    return changes_between(YESTERDAY, today, today=today, sight=EVERYTHING)


def kinds_of(changes: Changes) -> set[CauseKind]:
    return {cause.kind for each in changes.differences for cause in each.causes}


def a_service_with_a_share() -> str:
    """A fresh service with known places that fills some cell of Titz."""
    entries = {each.key: each for each in directory.planning_entries()}
    return next(
        share.service
        for cell in drawn().chain.cells
        if cell.area == TITZ
        for share in cell.services
        if share.reach_lo > 0 and entries[share.service].capacity
    )


def edit(key: str, change: Callable[[ServiceValues], ServiceValues], *, actor: Actor) -> None:
    version = Service.objects.get(key=key).version
    services.edit_service(key, change(values_of(key, actor)), base_version=version, actor=actor, now=NOW)


def values_of(key: str, actor: Actor) -> ServiceValues:
    found = directory.entry_for(actor, key, now=NOW)
    assert found is not None
    return found.values


# As known then


def test_an_edit_today_leaves_yesterdays_chain_as_it_was(coordination: Actor) -> None:
    before_edit = document_of(drawn(YESTERDAY).chain)
    key = a_service_with_a_share()
    edit(key, lambda values: replace(values, capacity=9999, phases=values.phases[:1]), actor=coordination)
    assert document_of(drawn(YESTERDAY).chain) == before_edit
    assert document_of(drawn().chain)["cells"] != before_edit["cells"]


def test_two_days_without_a_deed_between_them_are_the_same() -> None:
    changes = since_yesterday()
    assert changes.differences == ()
    assert changes.groups == ()


def test_a_changed_service_is_named_with_what_was_changed(coordination: Actor) -> None:
    key = a_service_with_a_share()
    old = next(each.capacity for each in directory.planning_entries() if each.key == key)
    edit(key, lambda values: replace(values, capacity=(old or 0) + 500), actor=coordination)
    changes = since_yesterday()
    assert changes.differences
    changed = [group.cause for group in changes.groups if group.cause.kind is CauseKind.CHANGED]
    assert [(cause.key, cause.fields, cause.before, cause.after) for cause in changed] == [
        (key, ("capacity",), str(old), str((old or 0) + 500))
    ]
    assert all(each.causes for each in changes.differences)


def test_what_does_not_weigh_changes_nothing(coordination: Actor) -> None:
    key = a_service_with_a_share()
    entry = next(each for each in directory.planning_entries() if each.key == key)
    Service.objects.filter(key=key).update(verified_on=TODAY)
    edit(
        key,
        lambda values: replace(
            values, name="Ein neuer Name", funding=(FundingValue("Land", date(2030, 1, 1)),)
        ),
        actor=coordination,
    )
    assert entry.name != "Ein neuer Name"
    assert since_yesterday().differences == ()


def test_an_ended_service_and_a_new_one_are_told_apart(coordination: Actor) -> None:
    key = a_service_with_a_share()
    edit(key, lambda values: replace(values, status=ServiceStatus.DEFUNCT), actor=coordination)
    row = Service.objects.get(key=key)
    new = services.create_service(
        row.organization_id,
        replace(values_of(key, coordination), name="Ganz neu", status=ServiceStatus.ACTIVE, capacity=77),
        actor=coordination,
        now=NOW,
    )
    causes = {(group.cause.kind, group.cause.key) for group in since_yesterday().groups}
    assert (CauseKind.ENDED, key) in causes
    assert (CauseKind.NEW, new.key) in causes
    assert {kind for kind, _key in causes} == {CauseKind.ENDED, CauseKind.NEW}


def test_time_alone_makes_data_stale_and_the_cause_says_so() -> None:
    """Nobody edits anything for ten months; whatever changed is overdue, ended or begun by its own date."""
    later = date(2027, 9, 1)
    clock.hold_day(later)
    changes = since_yesterday(later)
    assert all(each.causes for each in changes.differences)
    assert kinds_of(changes) <= {CauseKind.STALE, CauseKind.ENDED, CauseKind.NEW}
    stale = [
        each
        for each in changes.differences
        if {cause.kind for cause in each.causes} == {CauseKind.STALE}
        and each.before is not None
        and each.after is not None
        and (each.before.verdict, each.after.verdict) == (Verdict.CLOSED, Verdict.CHECK)
    ]
    assert stale
    days = {cause.before for each in stale for cause in each.causes}
    assert all(date.fromisoformat(day) < later - timedelta(days=365) for day in days)


def test_a_new_target_is_the_cause_where_it_counts_and_nowhere_else(coordination: Actor) -> None:
    cell = next(each for each in drawn().chain.cells if each.area == TITZ and each.verdict is Verdict.CLOSED)
    TargetRevision.objects.create(
        area=TITZ, phase=cell.phase, field=cell.field, places_per_100=5000.0, known_at=NOW
    )
    changes = since_yesterday()
    (only,) = changes.differences
    assert only.key == cell_key(cell)
    (cause,) = only.causes
    assert (cause.kind, cause.after) == (CauseKind.TARGET, "5000.0")
    assert only.is_worse
    assert only.has_other_verdict


def test_new_population_and_indicators_are_told_from_services() -> None:
    latest = Basis.objects.order_by("-known_at").first()
    assert latest is not None
    content = latest.content
    year = max(content["population"], key=int)
    ages = content["population"][year][TITZ]
    content["population"][year][TITZ] = [persons and persons + 10 for persons in ages]
    Basis.objects.create(known_at=NOW, cause="load-county", digest="x" * 64, content=content)
    changes = since_yesterday()
    assert {each.key.area for each in changes.differences} >= {TITZ}
    assert kinds_of(changes) == {CauseKind.PEOPLE}
    assert all(each.causes for each in changes.differences)


def test_a_cells_history_holds_only_moments_that_differ() -> None:
    cell = next(each for each in drawn().chain.cells if each.area == TITZ and each.verdict is Verdict.CLOSED)
    assert [moment.day for moment in cell_history(cell_key(cell), today=TODAY)] == [first_day()]
    TargetRevision.objects.create(
        area=TITZ, phase=cell.phase, field=cell.field, places_per_100=5000.0, known_at=NOW
    )
    moments = cell_history(cell_key(cell), today=TODAY)
    assert [(each.day, each.piece.verdict) for each in moments] == [
        (TODAY, Verdict.GAP),
        (first_day(), Verdict.CLOSED),
    ]


# The pages


def said(answer: object) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())  # type: ignore[attr-defined]


def test_coordination_reads_what_changed_and_why(signed_in: SignIn, coordination: Actor) -> None:
    key = a_service_with_a_share()
    edit(key, lambda values: replace(values, capacity=9999), actor=coordination)
    page = said(signed_in("koordination").get(reverse("chain:history"), {"seit": "2026-11-02"}))
    assert "Seit dem 2. November 2026 ist in" in page
    assert "Plätze im Jahr" in page
    assert "→ 9999" in page
    assert "/kette/?stand=2026-11-02" in page


def test_the_municipality_reads_only_what_it_may_see(signed_in: SignIn, coordination: Actor) -> None:
    edit(a_service_with_a_share(), lambda values: replace(values, capacity=9999), actor=coordination)
    sight = Sight(areas=frozenset({TITZ}))
    changes = changes_between(YESTERDAY, TODAY, today=TODAY, sight=sight)
    assert {each.key.area for each in changes.differences} == {TITZ}
    page = said(signed_in("kommune").get(reverse("chain:history"), {"seit": "2026-11-02"}))
    assert "Titz, " in page
    assert "Kreuzau, " not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seit": "1950-01-01"}, "So weit lässt sich nicht zurücksehen"),
        ({"seit": "2027-01-01"}, "liegt noch vor uns"),
        ({"seit": "2026-11-02", "bis": "2026-11-02"}, "nicht nach dem Anfang"),
        ({"seit": "gestern"}, "Bitte geben Sie einen Tag an"),
        ({"seit": "0026-11-02"}, "Das Jahr 26 kann nicht stimmen."),
    ],
)
def test_a_day_that_cannot_be_drawn_is_said_with_what_to_do(
    signed_in: SignIn, given: dict[str, str], words: str
) -> None:
    answer = signed_in("koordination").get(reverse("chain:history"), given)
    assert answer.status_code == 422
    assert words in said(answer)


def test_a_day_before_the_first_knowledge_says_on_what_it_is_reckoned(signed_in: SignIn) -> None:
    page = said(signed_in("koordination").get(reverse("chain:history"), {"seit": "2026-08-01"}))
    assert "gab es hier noch keine Daten" in page
    assert "gab es hier noch keine Daten" not in said(
        signed_in("koordination").get(reverse("chain:history"), {"seit": "2026-11-01"})
    )


def test_a_cell_is_opened_as_it_was_known_on_a_past_day(signed_in: SignIn, coordination: Actor) -> None:
    cell = next(each for each in drawn().chain.cells if each.area == TITZ and each.verdict is Verdict.CLOSED)
    TargetRevision.objects.create(
        area=TITZ, phase=cell.phase, field=cell.field, places_per_100=5000.0, known_at=NOW
    )
    client, where = signed_in("koordination"), reverse("chain:cell", args=[TITZ, cell.phase, cell.field])
    assert "fehl" in said(client.get(where)).split("</h1>")[0].split("<h1>")[1]
    past = said(client.get(where, {"stand": "2026-11-02"}))
    assert "reichen die Plätze" in past.split("</h1>")[0].split("<h1>")[1]
    assert "So war es am 2. November 2026 bekannt." in past
    assert client.post(f"{where}?stand=2026-11-02", {"deed": "note"}).status_code == 404


# Baselines


def test_a_frozen_day_is_compared_with_today_and_never_overwritten(
    signed_in: SignIn, coordination: Actor
) -> None:
    number = freeze("Vor dem Modell", day=YESTERDAY, note="", actor=coordination, now=NOW)
    frozen = Baseline.objects.get(pk=number).document
    edit(a_service_with_a_share(), lambda values: replace(values, capacity=9999), actor=coordination)
    with pytest.raises(NameTaken):
        freeze("vor dem  Modell", day=TODAY, note="", actor=coordination, now=NOW)
    assert Baseline.objects.get(pk=number).document == frozen
    page = said(signed_in("kommune").get(reverse("chain:baseline", args=[number])))
    assert "Seit „Vor dem Modell“ haben" in page


def test_a_baseline_keeps_every_number_to_the_last_digit(coordination: Actor) -> None:
    number = freeze("Genau", day=TODAY, note="", actor=coordination, now=NOW)
    assert Baseline.objects.get(pk=number).document == document_of(drawn().chain)


def test_a_second_baseline_of_the_same_name_gets_a_sentence(signed_in: SignIn) -> None:
    client, where = signed_in("koordination"), reverse("chain:baselines")
    assert "Noch ist nichts festgehalten" in said(client.get(where))
    given = {"name": "Vor dem Modell", "day": "2026-11-02", "note": "Kreuzau"}
    assert client.post(where, given).status_code == 302
    again = client.post(where, given | {"note": "Text bleibt"})
    assert again.status_code == 422
    assert "„Vor dem Modell“ gibt es schon, mit dem Stand vom 2. November 2026." in said(again)
    assert "Text bleibt" in said(again)
    assert Baseline.objects.count() == 1


def test_only_coordination_freezes_and_strangers_find_nothing(signed_in: SignIn, titz: Actor) -> None:
    where = reverse("chain:baselines")
    given = {"name": "X", "day": "2026-11-02", "note": ""}
    assert signed_in("kommune").post(where, given).status_code == 404
    with pytest.raises(NotYours):
        freeze("X", day=TODAY, note="", actor=titz, now=NOW)
    for name in ("chain:history", "chain:baselines"):
        assert signed_in("familie").get(reverse(name)).status_code == 404
        assert signed_in("anbieter").get(reverse(name)).status_code == 404
    assert signed_in("koordination").get(reverse("chain:baseline", args=[4711])).status_code == 404
