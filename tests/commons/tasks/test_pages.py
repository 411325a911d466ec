"""The desk of tasks: what is overdue first, one tap for an answer, and nothing for those whom it does not concern."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lueckenlos.commons.accounts import work
from lueckenlos.commons.tasks import selectors, services
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from tests.commons.tasks.conftest import Acting, SignIn

WHAT = "Herrn Muster wegen der Frühförderung anrufen"
OUTSIDERS = ("akut", "praeventionskraft", "familienbuero", "datenschutz", "koordination")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def own_task(acting: Acting) -> UUID:
    """A call that is late, owned by the professional."""
    actor = acting("fachkraft")
    assert actor.person_id is not None
    return made(actor.organization, Owner.of_person(actor.person_id), due_in=-timedelta(days=2))


@pytest.fixture
def team_task(acting: Acting) -> UUID:
    """A call for today's team."""
    actor = acting("fachkraft")
    (team,) = work.my_units(actor, now=clock.real_now())
    return made(actor.organization, Owner.of_unit(team.id), due_in=timedelta(days=3))


def made(organization: UUID | None, owner: Owner, *, due_in: timedelta) -> UUID:
    now = clock.real_now()
    task = NewTask(
        organization=organization, owner=owner, what=WHAT, kind=TaskKind.CALL_BACK, due_at=now + due_in
    )
    return services.create(task, by=job("tests"), now=now)


def page(client: Client, address: str = "/aufgaben/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def seen_on(html: str) -> dict[str, str]:
    """The first form's version, as a browser sends it."""
    found = re.search(r'name="seen" value="(\d+)"', html)
    assert found is not None
    return {"seen": found[1]}


def view(acting: Acting, task: UUID, *, name: str = "fachkraft") -> Any:
    return selectors.task(acting(name), task, now=clock.real_now())


def test_what_is_overdue_stands_first_with_its_taps(
    signed_in: SignIn, own_task: UUID, team_task: UUID
) -> None:
    html = page(signed_in("fachkraft"))
    assert (
        html.index("Überfällig")
        < html.index("seit 2 Tagen überfällig")
        < html.index("In den nächsten sieben")
    )
    assert html.count(f"Erreicht: {WHAT}") == 2
    assert f"Übernehmen: {WHAT}" in html
    assert page(signed_in("praeventionskraft")).count(WHAT) == 0


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_finds_nothing_and_gets_nothing_done(
    signed_in: SignIn, acting: Acting, own_task: UUID, team_task: UUID, name: str
) -> None:
    client = signed_in(name)
    assert WHAT not in page(client)
    for task in (own_task, team_task):
        assert client.get(f"/aufgaben/{task}/").status_code == 404
        for deed in (
            "erledigt", "noch-nicht", "uebernehmen", "wieder-oeffnen", "antwort", "verschieben", "weitergeben",
        ):  # fmt: skip
            assert client.post(f"/aufgaben/{task}/{deed}/").status_code == 404
        assert view(acting, task).is_open
    assert client.get(f"/aufgaben/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("name", ["partner", "ehrenamt", "verwaltung", "familie"])
def test_who_has_no_such_role_is_not_told_that_the_desk_exists(signed_in: SignIn, name: str) -> None:
    assert signed_in(name).get("/aufgaben/").status_code == 404


def test_one_tap_ends_a_task_with_its_word_as_the_answer_and_can_be_undone(
    signed_in: SignIn, acting: Acting, own_task: UUID
) -> None:
    client = signed_in("fachkraft")
    answer = client.post(f"/aufgaben/{own_task}/erledigt/", seen_on(page(client)), follow=True)
    html = answer.content.decode()
    assert f"Erreicht: {WHAT}" in html and "Rückgängig" in html
    assert (view(acting, own_task).end, view(acting, own_task).answer) == (TaskEnd.DONE, "Erreicht")
    client.post(f"/aufgaben/{own_task}/wieder-oeffnen/", {})
    assert view(acting, own_task).is_open


def test_with_htmx_a_tap_gives_the_desk_alone(signed_in: SignIn, own_task: UUID) -> None:
    client = signed_in("fachkraft")
    answer = client.post(f"/aufgaben/{own_task}/erledigt/", seen_on(page(client)), headers=HTMX)
    html = answer.content.decode()
    assert html.lstrip().startswith('<div id="aufgaben"') and "<html" not in html
    assert "Rückgängig" in html and "Nichts wartet auf Sie" in html


def test_the_other_tap_puts_it_off_to_the_next_working_day(
    signed_in: SignIn, acting: Acting, own_task: UUID
) -> None:
    client = signed_in("fachkraft")
    client.post(f"/aufgaben/{own_task}/noch-nicht/", seen_on(page(client)))
    put_off = view(acting, own_task)
    assert put_off.remark == "Nicht erreicht"
    assert clock.day_of(put_off.due_at) > clock.real_today() and put_off.due_at.weekday() < 5


def test_a_colleague_who_was_faster_is_no_error(signed_in: SignIn, acting: Acting, team_task: UUID) -> None:
    mine, theirs = signed_in("fachkraft"), signed_in("teamleitung")
    seen = seen_on(page(theirs))
    mine.post(f"/aufgaben/{team_task}/antwort/", {**seen, "answer": "Besetzt", "end": "open"})
    html = theirs.post(f"/aufgaben/{team_task}/erledigt/", seen, headers=HTMX).content.decode()
    assert "Da war jemand schneller" in html
    assert view(acting, team_task).is_open


def test_a_teams_task_is_taken_over_with_one_tap(signed_in: SignIn, acting: Acting, team_task: UUID) -> None:
    client = signed_in("fachkraft")
    html = client.post(
        f"/aufgaben/{team_task}/uebernehmen/", seen_on(page(client)), follow=True
    ).content.decode()
    assert "Das ist jetzt Ihre Aufgabe" in html
    assert view(acting, team_task).is_mine
    assert WHAT not in page(signed_in("teamleitung"))


def test_what_is_overdue_is_seen_by_the_head_once_it_has_climbed(
    signed_in: SignIn, acting: Acting, own_task: UUID
) -> None:
    head = signed_in("teamleitung")
    assert WHAT not in page(head)
    services.climb_overdue(clock.real_now())
    assert WHAT in page(head)
    assert WHAT not in page(signed_in("praeventionskraft"))


def test_an_answer_in_words_can_leave_the_task_open_or_end_it(
    signed_in: SignIn, acting: Acting, own_task: UUID
) -> None:
    client = signed_in("fachkraft")
    address = f"/aufgaben/{own_task}/"
    refused = client.post(f"{address}antwort/", {"answer": "", "end": "done"})
    assert refused.status_code == 422 and "Bitte füllen Sie das aus." in refused.content.decode()
    seen = seen_on(page(client, address))
    client.post(f"{address}antwort/", {**seen, "answer": "Besetzt", "end": "open"})
    assert (view(acting, own_task).is_open, view(acting, own_task).answer) == (True, "Besetzt")
    seen = seen_on(page(client, address))
    client.post(f"{address}antwort/", {**seen, "answer": "Nummer ist falsch", "end": "impossible"})
    assert view(acting, own_task).end is TaskEnd.IMPOSSIBLE
    html = page(client, address)
    assert "Es geht nicht" in html and "Nummer ist falsch" in html and "Wieder öffnen" in html


def test_a_task_is_put_off_and_handed_over_only_with_a_reason(
    signed_in: SignIn, acting: Acting, own_task: UUID
) -> None:
    client = signed_in("fachkraft")
    address = f"/aufgaben/{own_task}/"
    in_a_week = clock.real_today() + timedelta(days=7)
    yesterday = clock.real_today() - timedelta(days=1)
    head = acting("teamleitung").person_id
    for deed, given in (
        ("verschieben", {"day": in_a_week, "because": ""}),
        ("verschieben", {"day": yesterday, "because": "Urlaub"}),
        ("weitergeben", {"owner": f"person:{head}", "because": ""}),
        ("weitergeben", {"owner": f"person:{acting('akut').person_id}", "because": "Urlaub"}),
    ):
        assert client.post(f"{address}{deed}/", given).status_code == 422
    client.post(f"{address}verschieben/", {"day": in_a_week, "because": "Familie verreist"})
    assert clock.day_of(view(acting, own_task).due_at) == in_a_week
    client.post(f"{address}weitergeben/", {"owner": f"person:{head}", "because": "Urlaub"})
    assert view(acting, own_task) is None
    assert view(acting, own_task, name="teamleitung").is_mine


def test_somebody_notes_a_task_for_the_team(signed_in: SignIn, acting: Acting) -> None:
    client = signed_in("fachkraft")
    (team,) = work.my_units(acting("fachkraft"), now=clock.real_now())
    given = {"what": WHAT, "kind": "visit", "owner": f"unit:{team.id}", "day": clock.real_today()}
    assert client.post("/aufgaben/neu/", {**given, "what": ""}).status_code == 422
    assert client.post("/aufgaben/neu/", given).status_code == 302
    assert WHAT in page(signed_in("teamleitung"))
    assert WHAT not in page(signed_in("praeventionskraft"))


def test_data_protection_and_coordination_have_a_desk_of_their_own(signed_in: SignIn, acting: Acting) -> None:
    client = signed_in("datenschutz")
    officer = acting("datenschutz").person_id
    given = {
        "what": WHAT,
        "kind": "answer",
        "owner": f"person:{officer}",
        "day": clock.real_today(),
    }
    assert client.post("/aufgaben/neu/", given).status_code == 302
    assert WHAT in page(client)
    assert WHAT not in page(signed_in("koordination"))
