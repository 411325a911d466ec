"""Pages of talks: who sits at the table sees what is theirs, and everybody else what nobody sees."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.types import Outcome, TalkState
from lueckenlos.commons.privacy import selectors as privacy_reads
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, WithdrawalWay
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks import services as task_deeds
from lueckenlos.commons.tasks.types import TaskEnd, TaskKind
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from tests.care.talks.table import HEALTH, HOST, SCHOOL, SOCIAL, Table
from tests.core.pdf_reading import pages
from tests.house import fences
from tests.wall.world import now

TALK_PAGES = ("talks:talk", "talks:agenda", "talks:bring", "talks:choose", "talks:prepare")
ITEM_PAGES = ("talks:item", "talks:parts")


def at(name: str, *keys: UUID) -> str:
    return reverse(name, args=keys)


def bare(answer: HttpResponse, key: UUID) -> bytes:
    """A page without the address it was asked by and the tokens that are new each time."""
    tokens = rb'(?:"X-CSRFToken": |name="csrfmiddlewaretoken" value=)"\w+"'
    return re.sub(tokens, b"", answer.content.replace(str(key).encode(), b""))


def page(client: Client, url: str, *, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_whoever_sits_at_the_table_opens_its_pages_and_strangers_get_what_a_missing_talk_gives(
    table: Table,
) -> None:
    inside = table.client(table.officers[SCHOOL])
    stranger = table.client(table.world.worker(table.world.organization()))
    for name in TALK_PAGES:
        url, missing = at(name, table.talk.id), at(name, uuid4())
        body = page(inside, url)
        if name != "talks:agenda":
            assert fences.bad_skeleton(body) == []
        found, nothing = stranger.get(url), stranger.get(missing)
        assert (found.status_code, nothing.status_code) == (404, 404)
        assert found.headers.get("HX-Refresh") == nothing.headers.get("HX-Refresh")
    assert page(stranger, at("talks:home")).count("Runder Tisch") == 0
    assert Client().get(at("talks:home")).status_code == 302


def test_without_a_consent_the_case_is_on_nobodys_page_and_no_number_shows_it(table: Table) -> None:
    item = table.named()
    table.pseudonymous(question="Wer kennt einen Schwimmkurs?")
    bringer = table.client(table.worker, Role.PROFESSIONAL)
    assert item.pseudonym in page(bringer, at("talks:talk", table.talk.id))
    for office in range(5):
        client = table.client(table.officers[office])
        body = page(client, at("talks:talk", table.talk.id))
        assert item.pseudonym not in body and "Schwimmkurs" in body
        assert body.count('class="rt-item__number"') == 1
        for name in ITEM_PAGES:
            other = uuid4()
            found, nothing = client.get(at(name, item.id)), client.get(at(name, other))
            assert (found.status_code, nothing.status_code) == (404, 404)
            assert bare(found, item.id) == bare(nothing, other)  # type: ignore[arg-type]


def test_the_bringer_reads_how_many_offices_may_hear_and_the_others_just_their_part(table: Table) -> None:
    item = table.named()
    table.say(item.id, "schläft kaum")
    table.say(item.id, "war beim Arzt", category=Category.HEALTH)
    table.both_agree(SCHOOL, HEALTH)
    bringer = page(table.client(table.worker, Role.PROFESSIONAL), at("talks:item", item.id))
    assert "3 von 5 Ämtern dürfen diesen Fall hören." in bringer
    assert "Lina Beispiel" in bringer
    school = page(table.client(table.officers[SCHOOL]), at("talks:item", item.id))
    assert "schläft kaum" in school and "war beim Arzt" not in school
    assert "Lina" not in school
    table.both_agree(SCHOOL, categories=(Category.IDENTITY,))
    assert "Lina Beispiel" in page(table.client(table.officers[SCHOOL]), at("talks:item", item.id))


def test_reading_by_consent_leaves_its_trace(table: Table) -> None:
    item = table.named()
    table.say(item.id, "schläft kaum")
    table.both_agree(SCHOOL)
    client = table.client(table.officers[SCHOOL])
    for _ in range(2):
        page(client, at("talks:item", item.id))
    seen = privacy_reads.disclosures_of(table.worker.acting(), table.file)
    assert [(each.person, each.category, each.ground) for each in seen] == [
        (table.officers[SCHOOL].person, Category.SITUATION, "consent")
    ]


def test_a_question_that_looks_like_a_person_is_asked_about_once_and_nothing_is_lost(table: Table) -> None:
    client = table.client(table.officers[SCHOOL])
    url = at("talks:bring", table.talk.id)
    given = {"question": "Leonie, geb. 3.4.2015, fehlt oft", "minutes": "15"}
    answer = client.post(url, given)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "„Leonie“ (ein Name)" in body and "„3.4.2015“ (ein Datum)" in body
    assert "Leonie, geb. 3.4.2015, fehlt oft</textarea>" in body
    assert 'type="checkbox" name="looked_through"' in body
    assert client.post(url, {**given, "looked_through": "on"}).status_code == 302
    assert client.post(url, {"question": "Wer hilft beim Antrag?", "minutes": "15"}).status_code == 302
    assert len(selectors.agenda(table.speaker(HOST), table.talk, offices=table.series.offices)) == 2


def test_parents_are_asked_office_by_office_each_with_a_letter_in_their_language(table: Table) -> None:
    client = table.client(table.worker, Role.PROFESSIONAL)
    brought = client.post(
        at("talks:bring_case", table.talk.id, table.file), {"about": str(table.child), "minutes": "20"}
    )
    key = UUID(brought.headers["Location"].split("/")[3])
    body = page(client, at("talks:ask", key))
    assert all(office.name in body for office in table.series.offices)
    empty = client.post(at("talks:ask", key), {"about": str(table.child)})
    assert empty.status_code == 422 and "Es ist kein Amt ausgewählt" in empty.content.decode()
    given = {
        "about": str(table.child),
        f"amt_{table.offices[SCHOOL]}": ["situation", "school"],
        f"amt_{table.offices[HOST]}": ["school"],
    }
    assert client.post(at("talks:ask", key), given).status_code == 302
    drafts = privacy_reads.drafts_of(table.worker.acting(), table.file)
    assert {each.asked for each in drafts} == {table.mother, table.father}
    assert {len(each.scopes) for each in drafts} == {3}
    letters = client.post(at("talks:letters", table.talk.id))
    assert letters.headers["Content-Type"] == "application/pdf"
    words = "\n".join(pages(letters.content))
    assert "Amina Beispiel" in words and "Jonas Beispiel" in words
    assert words.count("1 / 1") == 2
    again = client.post(at("talks:ask", key), given)
    assert again.status_code == 302
    states = [each.answer for each in privacy_reads.drafts_of(table.worker.acting(), table.file)]
    assert sorted(states) == ["open", "open", "revoked", "revoked"]


def test_an_office_adds_only_what_somebody_may_hear(table: Table) -> None:
    item = table.named()
    table.both_agree(SCHOOL, HEALTH, categories=(Category.SCHOOL,))
    client = table.client(table.officers[SCHOOL])
    given = {"stimme": "office", "about": str(table.child), "text": "fehlt montags"}
    refused = client.post(at("talks:contribute", item.id), {**given, "category": "health"})
    assert refused.status_code == 422 and "fehlt montags" in refused.content.decode()
    assert client.post(at("talks:contribute", item.id), {**given, "category": "school"}).status_code == 302
    assert "fehlt montags" in page(table.client(table.officers[HEALTH]), at("talks:item", item.id))
    assert "fehlt montags" not in page(
        table.client(table.worker, Role.PROFESSIONAL), at("talks:item", item.id)
    )
    social = table.client(table.officers[SOCIAL])
    assert social.post(at("talks:contribute", item.id), {**given, "category": "school"}).status_code == 404


def test_a_case_is_called_up_only_when_nobody_is_there_who_may_not_hear_it(table: Table) -> None:
    item = table.named()
    table.say(item.id, "schläft kaum")
    table.both_agree(SCHOOL)
    table.run(SCHOOL, SOCIAL)
    client = table.client(table.worker, Role.PROFESSIONAL)
    refused = client.post(at("talks:call_up", item.id), follow=True).content.decode()
    assert "Im Raum ist noch: Kreis Düren, Sozialamt" in refused
    assert selectors.called_up(table.bringer, table.talk.id) is None
    gone = {
        "person": table.officers[SOCIAL].person,
        "organization": table.offices[SOCIAL],
        "wie": "geht",
    }
    assert (
        table.client(table.officers[HOST]).post(at("talks:presence", table.talk.id), gone).status_code == 302
    )
    assert client.post(at("talks:call_up", item.id)).status_code == 302
    assert selectors.called_up(table.bringer, table.talk.id) == item.id
    told = privacy_reads.disclosures_of(table.worker.acting(), table.file)
    assert [(each.person, each.organization, each.category) for each in told] == [
        (table.officers[SCHOOL].person, table.offices[SCHOOL], Category.SITUATION)
    ]


def test_the_common_screen_shows_only_what_all_in_the_room_may_see(table: Table) -> None:
    item = table.named()
    table.say(item.id, "schläft kaum")
    table.say(item.id, "war beim Arzt", category=Category.HEALTH)
    table.both_agree(SCHOOL, HEALTH)
    table.both_agree(HEALTH, categories=(Category.HEALTH, Category.IDENTITY))
    table.pseudonymous(question="Wer kennt einen Schwimmkurs?")
    table.run(SCHOOL, HEALTH)
    client = table.client(table.worker, Role.PROFESSIONAL)
    assert client.post(at("talks:call_up", item.id)).status_code == 302
    shown = page(client, at("talks:screen", table.talk.id))
    assert "schläft kaum" in shown and item.pseudonym in shown
    assert "war beim Arzt" not in shown and "Lina" not in shown
    table.come(table.officers[SOCIAL])
    now_shown = page(client, at("talks:screen_now", table.talk.id))
    assert "schläft kaum" not in now_shown and item.pseudonym not in now_shown
    host = page(table.client(table.officers[HOST]), at("talks:screen", table.talk.id))
    assert "Schwimmkurs" not in host and item.pseudonym not in host


def test_results_become_tasks_the_family_hears_in_five_working_days_and_a_gap_a_signal(table: Table) -> None:
    item = table.named()
    table.both_agree(SCHOOL, categories=(Category.SITUATION, Category.AGREEMENTS))
    table.run(SCHOOL)
    client = table.client(table.worker, Role.PROFESSIONAL)
    given = {"text": "Lina braucht einen Platz", "outcome": "no_offer"}
    refused = client.post(at("talks:conclude", item.id), given).content.decode()
    assert "„Lina“ (ein Name)" in refused and "warum niemand etwas anbieten kann" in refused
    fit = {"text": "Es fehlt ein Platz am Nachmittag", "outcome": "no_offer", "missing": "no_place"}
    for _ in range(2):
        assert client.post(at("talks:conclude", item.id), fit).status_code == 302
    signals = table.world.connection.execute("SELECT source, reason, count FROM signals_signal").fetchall()
    assert signals == [("counsellor", "no_place", 1)]
    mine = tasks.of_file(table.worker.acting(), table.file, now=now())
    telling = [each for each in mine if each.kind is TaskKind.TELL_FAMILY]
    assert len(telling) == 1 and telling[0].owner.person == table.worker.person
    assert timedelta(days=4) < telling[0].due_at - now() < timedelta(days=15)
    day = clock.day_of(now() + timedelta(days=9)).isoformat()
    promise = {
        "who": f"{table.offices[SCHOOL]}:{table.officers[SCHOOL].person}",
        "what": "Platz suchen",
        "day": day,
    }
    deaf = {**promise, "who": f"{table.offices[SOCIAL]}:{table.officers[SOCIAL].person}"}
    assert client.post(at("talks:agree", item.id), deaf).status_code == 422
    assert client.post(at("talks:agree", item.id), promise).status_code == 302
    school = table.speaker(SCHOOL)
    assert [each.what for each in tasks.mine(school, now=now()).later] == [f"{item.pseudonym}: Platz suchen"]
    assert "Platz suchen" in page(table.client(table.officers[SCHOOL]), at("talks:item", item.id))


def test_after_a_withdrawal_an_open_page_finds_nothing_and_the_promise_is_gone_from_the_desk(
    table: Table,
) -> None:
    item = table.named()
    table.say(item.id, "schläft kaum")
    first, _second = table.both_agree(SCHOOL, categories=(Category.SITUATION, Category.AGREEMENTS))
    table.run(SCHOOL)
    services.agree(
        item.id,
        new=services.NewAgreement(
            talk=table.talk.id,
            organization=table.offices[SCHOOL],
            person=table.officers[SCHOOL].person,
            what="Platz suchen",
            due_at=now() + timedelta(days=3),
        ),
        actor=table.bringer,
        now=now(),
    )
    client = table.client(table.officers[SCHOOL])
    page(client, at("talks:parts", item.id))
    privacy.withdraw(first, way=WithdrawalWay.WORD, actor=table.worker.acting(), now=now())
    answer = client.get(at("talks:parts", item.id))
    assert answer.status_code == 404 and answer.headers["HX-Refresh"] == "true"
    assert client.get(at("talks:item", item.id)).status_code == 404
    desk = tasks.mine(table.speaker(SCHOOL), now=now())
    waiting = [*desk.overdue, *desk.today, *desk.this_week, *desk.later]
    # What was told stays told: they are asked to delete their copy, and learn nothing more about whom.
    assert [each.kind for each in waiting] in ([], [TaskKind.DELETE_COPY])
    assert not any("Platz suchen" in each.what or item.pseudonym in each.what for each in waiting)
    assert len(selectors.agreements(table.bringer, item.id)) == 1


def test_the_record_has_no_names_a_day_of_deletion_and_for_each_only_what_they_heard(table: Table) -> None:
    item = table.named()
    table.both_agree(SCHOOL, categories=(Category.SITUATION, Category.AGREEMENTS))
    question = table.pseudonymous(question="Wer kennt einen Schwimmkurs?")
    table.run(SCHOOL, SOCIAL)
    for key, text, actor in (
        (item.id, "Die Schule lädt ein", table.bringer),
        (question, "Das Sozialamt fragt nach", table.speaker(HOST)),
    ):
        new = services.NewResult(talk=table.talk.id, outcome=Outcome.ADVICE, text=text)
        services.conclude(key, new=new, actor=actor, now=now())
    host = table.client(table.officers[HOST])
    assert (
        host.post(at("talks:end", table.talk.id), {"remarks": "Nächstes Mal im Rathaus"}).status_code == 302
    )
    assert selectors.talk(table.bringer, table.talk.id).state is TalkState.HELD  # type: ignore[union-attr]
    school = page(table.client(table.officers[SCHOOL]), at("talks:record", table.talk.id))
    social = page(table.client(table.officers[SOCIAL]), at("talks:record", table.talk.id))
    assert "Die Schule lädt ein" in school and "Die Schule lädt ein" not in social
    assert "Das Sozialamt fragt nach" in social and "wird am" not in social and "gelöscht" in social
    paper = table.client(table.officers[SCHOOL]).get(at("talks:record_pdf", table.talk.id))
    words = "\n".join(pages(paper.content))
    assert "Die Schule lädt ein" in words and "wird gelöscht am" in words and "Rathaus" in words
    for name in ("Lina", "Amina", "Jonas", "Kraft"):
        assert name not in words and name not in social


def test_one_page_prepares_the_next_talk(table: Table) -> None:
    item = table.named()
    question = table.pseudonymous()
    table.run(SCHOOL)
    new = services.NewAgreement(
        talk=table.talk.id,
        organization=table.offices[SCHOOL],
        person=table.officers[SCHOOL].person,
        what="Liste der Kurse schicken",
        due_at=now() + timedelta(days=3),
    )
    services.agree(question, new=new, actor=table.speaker(HOST), now=now())
    later = selectors.talks(table.coordination, table.series.id)[1]
    services.conclude(
        question,
        new=services.NewResult(talk=table.talk.id, outcome=Outcome.AGAIN, text="später", next_talk=later.id),
        actor=table.speaker(HOST),
        now=now(),
    )
    services.close(table.talk.id, remarks="", actor=table.speaker(HOST), now=now())
    services.move_item(item.id, talk=later.id, actor=table.bringer)
    url = at("talks:prepare", later.id)
    bringer = page(table.client(table.worker, Role.PROFESSIONAL), url)
    assert "noch nicht gefragt" in bringer and item.pseudonym in bringer
    school = page(table.client(table.officers[SCHOOL]), url)
    assert "Liste der Kurse schicken" in school and "In Ihren Fällen fehlt keine" in school
    assert item.pseudonym not in school and "Wer kennt einen Platz?" in school
    task = next(iter(tasks.mine(table.speaker(SCHOOL), now=now()).this_week))
    task_deeds.finish(task.id, end=TaskEnd.DONE, answer="ist raus", by=table.speaker(SCHOOL), now=now())
    assert "Liste der Kurse schicken" not in page(table.client(table.officers[HEALTH]), url)


@pytest.mark.parametrize(
    "name", ["talks:change_series", "talks:seat", "talks:plan", "talks:end_series"], ids=lambda name: name[6:]
)
def test_only_who_sets_a_series_up_changes_it(table: Table, name: str) -> None:
    for who in (table.officers[SCHOOL], table.world.worker(table.world.organization())):
        assert table.client(who).post(at(name, table.series.id)).status_code == 404
    assert table.client(table.officers[HOST]).post(at(name, table.series.id)).status_code in {302, 422}


def test_the_host_sets_up_a_series_moves_a_date_and_names_people(table: Table) -> None:
    host = table.client(table.officers[HOST])
    given = {
        "name": "Kleiner Tisch",
        "host": str(table.offices[HOST]),
        "week": "1",
        "weekday": "0",
        "begins": "14:00",
        "minutes": "60",
    }
    alone = host.post(at("talks:new_series"), {**given, "offices": [str(table.offices[HOST])]})
    assert alone.status_code == 422 and "mindestens zwei Ämter" in alone.content.decode()
    both = [str(table.offices[HOST]), str(table.offices[SCHOOL])]
    made = host.post(at("talks:new_series"), {**given, "offices": both})
    key = UUID(made.headers["Location"].split("/")[3])
    body = page(host, at("talks:series", key))
    assert "Kraft 0" in body and "Kraft 2" in body
    first = selectors.talks(table.speaker(HOST), key)[0]
    past = {"day": "2020-01-01", "begins": "10:00"}
    refused = host.post(at("talks:move_talk", first.id), past)
    assert refused.status_code == 422 and "schon vorbei" in refused.content.decode()
    day = clock.day_of(first.starts_at + timedelta(days=1)).isoformat()
    assert host.post(at("talks:move_talk", first.id), {"day": day, "begins": "10:30"}).status_code == 302
    table.client(table.teacher)
    who = {"who": f"{table.offices[SCHOOL]}:{table.teacher.person}", "kind": "substitute"}
    assert host.post(at("talks:delegate", key), who).status_code == 302
    assert "springt ein" in page(host, at("talks:series", key))
    substitute = table.client(table.teacher)
    assert "Ich springe ein" in page(substitute, at("talks:talk", first.id))
    assert substitute.post(at("talks:step_in", first.id)).status_code == 302


def test_the_coordination_sees_dates_and_no_item(table: Table) -> None:
    table.pseudonymous(question="Wer kennt einen Schwimmkurs?")
    assert selectors.agenda(table.coordination, table.talk, offices=table.series.offices) == []
