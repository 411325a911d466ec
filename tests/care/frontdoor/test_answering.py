"""The office answers along the family's wishes; nothing closes without an answer, nothing is without an owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.errors import StageNotDone
from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.selectors import conversations, receiving_team, waiting
from lueckenlos.care.frontdoor.types import NewAnswer, NewReferral, SentIn, Telling
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    NewPerson,
)
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks import services as work
from lueckenlos.commons.tasks.types import Owner
from lueckenlos.core import clock
from tests.care.frontdoor.conftest import VILLAGE, Door
from tests.wall.world import now


@pytest.fixture(autouse=True)
def outbox() -> list[Any]:
    mail.outbox = []
    return mail.outbox


def reachable(*wishes: ContactWish, is_safe: bool = True, **more: Any) -> NewPerson:
    return NewPerson(
        "Mara",
        "Muster",
        wishes=wishes,
        contacts=(
            ContactValue(ContactKind.EMAIL, "mara@example.org", is_safe),
            ContactValue(ContactKind.MOBILE, "0176 04069012", is_safe),
        ),
        **more,
    )


def answered(door: Door, sent: SentIn, words: str = "Wir rufen in der Schule an.", **more: Any) -> Telling:
    new = NewAnswer(words=words, key=uuid4(), **more)
    return services.answer(sent.file, new=new, actor=door.actor, now=now())


def test_the_family_reads_the_answer_with_its_date_and_its_services(door: Door) -> None:
    sent = door.sent_in()
    at = now() + timedelta(days=3)
    answered(door, sent, appointment=at, place="Zimmer 12", service_keys=("eins", "zwei"))
    (shown,) = conversations(door.family(sent))
    reply = shown.messages[-1]
    assert (reply.words, reply.place, reply.service_keys) == (
        "Wir rufen in der Schule an.",
        "Zimmer 12",
        ("eins", "zwei"),
    )
    assert reply.day == clock.day_of(at)
    assert shown.is_answered
    assert shown.due_at is None
    page = door.family_page(sent.code).get("/anliegen/antwort/").content.decode()
    assert "Wir rufen in der Schule an." in page
    assert "Zimmer 12" in page
    assert "Hat Ihnen die Antwort geholfen?" in page


def test_the_answer_ends_its_task_and_the_date_becomes_one(door: Door) -> None:
    sent = door.sent_in()
    answered(door, sent, appointment=now() + timedelta(days=3))
    (task,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert task.what.startswith("Termin mit der Familie")
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    assert line.task is None


def test_nothing_closes_without_an_answer(door: Door) -> None:
    sent = door.sent_in()
    with pytest.raises(StageNotDone):
        services.close(sent.file, actor=door.actor, now=now())
    page = door.client(door.counsellor).post(f"/familienbuero/anliegen/{sent.file}/abschliessen/")
    assert page.status_code == 422
    assert "Nichts endet ohne eine Antwort an die Familie" in page.content.decode()
    services.ask_back(sent.file, words="Wie alt ist er?", key=uuid4(), actor=door.actor, now=now())
    with pytest.raises(StageNotDone):
        services.close(sent.file, actor=door.actor, now=now())
    answered(door, sent)
    services.close(sent.file, actor=door.actor, now=now())
    assert door.rows("SELECT stage FROM cases_case") == [("closed",)]


def test_words_after_the_answer_must_be_answered_before_it_closes(door: Door) -> None:
    sent = door.sent_in()
    answered(door, sent)
    client = door.family_page(sent.code)
    client.post(f"/anliegen/antwort/{sent.file}/schreiben/", {"words": "Und die Kosten?"})
    with pytest.raises(StageNotDone):
        services.close(sent.file, actor=door.actor, now=now())
    answered(door, sent, "Es kostet nichts.")
    services.close(sent.file, actor=door.actor, now=now())


def test_a_question_waits_for_the_family_and_comes_back_by_itself(door: Door) -> None:
    sent = door.sent_in()
    services.ask_back(sent.file, words="Wie alt ist er?", key=uuid4(), actor=door.actor, now=now())
    (task,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert task.remark == "Rückfrage gestellt"
    assert sent.due_at is not None
    assert task.due_at > sent.due_at
    (shown,) = conversations(door.family(sent))
    assert shown.messages[-1].words == "Wie alt ist er?"
    client = door.family_page(sent.code)
    client.post(f"/anliegen/antwort/{sent.file}/schreiben/", {"words": "Er ist neun."})
    (again,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert again.id == task.id
    assert again.due_at < task.due_at


def test_a_form_that_is_sent_twice_answers_once(door: Door) -> None:
    sent = door.sent_in(person=reachable(ContactWish.EMAIL))
    new = NewAnswer(words="Einmal", key=uuid4())
    for _time in range(2):
        services.answer(sent.file, new=new, actor=door.actor, now=now())
    assert [each.words for each in conversations(door.family(sent))[0].messages].count("Einmal") == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("wishes", "way"),
    [
        ((ContactWish.EMAIL,), Telling.MAIL),
        ((ContactWish.SMS,), Telling.SMS),
        ((ContactWish.CALL,), Telling.CALL),
        ((ContactWish.IN_PERSON,), Telling.THEMSELVES),
    ],
)
def test_a_family_is_told_along_its_wishes_alone(
    door: Door, wishes: tuple[ContactWish, ...], way: Telling, settings: Any, tmp_path: Any
) -> None:
    settings.DEMO, settings.SMS_FOLDER = True, tmp_path / "sms"
    sent = door.sent_in(person=reachable(*wishes))
    assert answered(door, sent) is way
    assert len(mail.outbox) == (way is Telling.MAIL)
    messages = list((tmp_path / "sms").glob("*.json")) if (tmp_path / "sms").exists() else []
    assert len(messages) == (way is Telling.SMS)
    open_tasks = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert [task.what.split(":")[0] for task in open_tasks] == (["Anrufen"] if way is Telling.CALL else [])


def test_a_mail_holds_a_link_and_no_word_of_the_answer(door: Door) -> None:
    sent = door.sent_in(person=reachable(ContactWish.EMAIL))
    answered(door, sent, "Etwas sehr Persönliches")
    (letter,) = mail.outbox
    assert "Persönliches" not in str(letter.body)
    assert "/anliegen/antwort/" in str(letter.body)
    code = str(letter.body).split("/anliegen/antwort/")[1].split("/")[0]
    assert "Etwas sehr Persönliches" in door.family_page(code).get("/anliegen/antwort/").content.decode()


def test_a_mailbox_that_others_read_gets_no_link_and_no_sender(door: Door) -> None:
    sent = door.sent_in(person=reachable(ContactWish.EMAIL, is_safe=False))
    answered(door, sent)
    (letter,) = mail.outbox
    assert letter.subject == "Eine Nachricht für Sie"
    assert "Familienbüro" not in str(letter.body)
    assert str(letter.body).count("/anliegen/antwort/") == 1
    assert "/anliegen/antwort/\n" in str(letter.body)


def test_a_letter_is_written_only_where_one_was_wished_for(door: Door) -> None:
    home = AddressValue("Gasse 2", "52352", "Dorf", VILLAGE)
    wished = door.sent_in(person=reachable(ContactWish.LETTER, address=home))
    assert answered(door, wished) is Telling.LETTER
    client = door.client(door.counsellor)
    made = client.post(f"/familienbuero/anliegen/{wished.file}/brief/")
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF")
    other = door.sent_in(person=reachable(ContactWish.CALL, address=home))
    answered(door, other)
    assert client.post(f"/familienbuero/anliegen/{other.file}/brief/").status_code == 404


def test_an_answer_that_did_not_help_comes_back_to_the_team(door: Door) -> None:
    sent = door.sent_in()
    answered(door, sent)
    services.close(sent.file, actor=door.actor, now=now())
    client = door.family_page(sent.code)
    client.post(f"/anliegen/antwort/{sent.file}/geholfen/", {"value": "no"})
    (task,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert task.what.endswith("Die Antwort hat nicht geholfen")
    assert task.owner == Owner.of_unit(receiving_team(now=now()).unit)


def test_a_closed_request_is_taken_up_again_and_not_erased(door: Door) -> None:
    sent = door.sent_in()
    answered(door, sent)
    services.close(sent.file, actor=door.actor, now=now())
    unit = receiving_team(now=now()).unit
    services.open_again(sent.file, words="Die Schule rief an", unit=unit, actor=door.actor, now=now())
    assert door.rows("SELECT erase_after, closed_at FROM privacy_file") == [(None, None)]
    with pytest.raises(StageNotDone):
        services.close(sent.file, actor=door.actor, now=now())
    answered(door, sent)
    services.close(sent.file, actor=door.actor, now=now())


def test_taking_over_makes_the_task_ones_own_and_leaves_the_file_with_the_team(door: Door) -> None:
    sent = door.sent_in()
    client = door.client(door.counsellor)
    client.post(f"/familienbuero/anliegen/{sent.file}/uebernehmen/")
    (task,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert task.is_mine
    assert cases.case(door.at_work(door.colleague), sent.file) is not None


def test_what_is_overdue_climbs_to_the_head(door: Door) -> None:
    sent = door.sent_in()
    services.take_over(sent.file, actor=door.actor, now=now())
    door.world.connection.execute("UPDATE tasks_task SET due_at = now() - interval '1 day'")
    assert work.climb_overdue(now()) == 1
    (task,) = tasks.mine(door.at_work(door.head), now=now()).overdue
    assert task.has_climbed
    assert task.owner == Owner.of_person(door.counsellor.person)
    page = door.client(door.head).get("/familienbuero/").content.decode()
    assert "seit 1 Tag überfällig" in page
    assert "die Leitung sieht es auch" in page


def test_handing_over_inside_the_team_moves_the_task_and_to_another_team_the_file(door: Door) -> None:
    sent = door.sent_in()
    services.hand_over(
        sent.file, to=Owner.of_person(door.colleague.person), because="Urlaub", actor=door.actor, now=now()
    )
    (task,) = tasks.open_of_files(door.actor, [sent.file], now=now())
    assert task.owner == Owner.of_person(door.colleague.person)
    assert door.crisis_team.unit is not None
    services.hand_over(
        sent.file,
        to=Owner.of_unit(door.crisis_team.unit),
        because="Krise",
        actor=door.at_work(door.colleague),
        now=now(),
    )
    assert cases.case(door.actor, sent.file) is None
    assert cases.case(door.at_work(door.crisis_team), sent.file) is not None


def test_without_data_a_family_is_sent_on_with_a_keyword_and_no_consent(door: Door) -> None:
    sent = door.sent_in()
    new = NewReferral(organization=door.centre.organization, name="Beratungsstelle")
    services.refer(sent.file, new=new, actor=door.actor, now=now())
    (shown,) = conversations(door.family(sent))
    assert shown.messages[-1].to == "Beratungsstelle"
    assert shown.messages[-1].keyword
    assert cases.received(door.centre.acting("counselling")) == []
    (letter,) = mail.outbox
    assert letter.to == ["beratung@example.org"]
    assert shown.messages[-1].keyword in str(letter.body)
    assert "Mara" not in str(letter.body)
    assert "Schule" not in str(letter.body)


def test_with_data_only_where_a_consent_covers_it(door: Door) -> None:
    sent = door.sent_in()
    centre = door.centre.organization
    client = door.client(door.counsellor)
    form = {"organization": str(centre), "with_data": "yes", "service": ""}
    refused = client.post(f"/familienbuero/anliegen/{sent.file}/vermitteln/", form)
    assert refused.status_code == 422
    assert "Dafür fehlt eine Einwilligung" in refused.content.decode()
    assert mail.outbox == []
    door.consent(sent, Category.CONTACT, Category.SITUATION, to=centre)
    assert client.post(f"/familienbuero/anliegen/{sent.file}/vermitteln/", form).status_code == 302
    receiver = door.centre.acting("counselling")
    (received,) = cases.received(receiver)
    assert [each.words for each in cases.records(receiver, sent.file)] == [
        "Mein Sohn will nicht mehr in die Schule."
    ]
    assert received.file == sent.file


def test_what_was_missing_is_counted_without_the_family(door: Door) -> None:
    sent = door.sent_in(ags=VILLAGE)
    answered(door, sent, missing=SignalReason.NO_PLACE)
    assert door.rows("SELECT source, reason, municipality_id, count FROM signals_signal") == [
        ("counsellor", "no_place", VILLAGE, 1)
    ]


def test_reading_a_request_leaves_its_trace_for_the_family(door: Door) -> None:
    sent = door.sent_in()
    door.client(door.counsellor).get(f"/familienbuero/anliegen/{sent.file}/")
    seen = privacy.disclosures_about(door.family(sent), sent.person)
    assert {each.category for each in seen} == {Category.SITUATION, Category.IDENTITY, Category.CONTACT}
    assert {each.person for each in seen} == {door.counsellor.person}


def test_the_page_says_how_to_reach_the_family_as_a_rule(door: Door) -> None:
    person = reachable(ContactWish.CALL, is_safe=False, wish_note="nicht am Abend")
    sent = door.sent_in(person=person, language="tr")
    page = door.client(door.counsellor).get(f"/familienbuero/anliegen/{sent.file}/").content.decode()
    assert "<strong>anrufen</strong>" in page
    assert "andere hören mit" in page
    assert "nicht am Abend" in page
    assert "Türkisch" in page


def test_outsiders_get_what_a_missing_request_gives(door: Door) -> None:
    sent = door.sent_in()
    paths = [
        "/familienbuero/",
        "/familienbuero/strichliste/",
        "/familienbuero/strichliste.csv",
        "/familienbuero/liste/",
        "/familienbuero/anliegen/neu/",
        f"/familienbuero/anliegen/{sent.file}/",
        f"/familienbuero/anliegen/{uuid4()}/",
    ]
    for name, client in door.outsiders().items():
        for path in paths:
            assert client.get(path).status_code == 404, (name, path)
        for deed in ("antworten", "uebernehmen", "abschliessen", "vermitteln", "weitergeben", "brief"):
            answer = client.post(f"/familienbuero/anliegen/{sent.file}/{deed}/", {"words": "x"})
            assert answer.status_code == 404, (name, deed)
        assert client.post("/familienbuero/strich/", {"channel": "phone"}).status_code == 404


def test_a_colleague_of_the_team_without_the_offices_role_works_here_too(door: Door) -> None:
    from lueckenlos.core.actor import Role

    sent = door.sent_in()
    client = door.client(door.colleague, Role.PROFESSIONAL)
    assert client.get(f"/familienbuero/anliegen/{sent.file}/").status_code == 200
    form: dict[str, str | UUID] = {"key": uuid4(), "words": "Gern", "language": "de"}
    assert client.post(f"/familienbuero/anliegen/{sent.file}/antworten/", form).status_code == 302
    assert client.post(f"/familienbuero/anliegen/{sent.file}/abschliessen/").status_code == 302
    assert door.rows("SELECT stage FROM cases_case") == [("closed",)]


def test_what_is_told_at_the_telephone_is_taken_down_with_a_code(door: Door) -> None:
    client = door.client(door.counsellor)
    form = {"channel": "phone", "danger": "no", "words": "Sie sucht eine Hebamme.", "language": "de"}
    answer = client.post("/familienbuero/anliegen/neu/", form)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Sagen Sie der Familie: Sie bekommen eine Antwort, bis" in page
    code = page.split('class="fd-code__text">')[1].split("<")[0]
    assert "Sie sucht eine Hebamme." in door.family_page(code).get("/anliegen/antwort/").content.decode()
    assert door.rows("SELECT channel FROM cases_case") == [("phone",)]
