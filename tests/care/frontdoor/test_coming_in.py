"""Whoever comes with a matter is heard, told by when, and finds back; nobody else learns of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases import services as deeds
from lueckenlos.care.frontdoor.selectors import conversations, receiving_team, waiting
from lueckenlos.care.frontdoor.types import Who
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactKind, ContactWish, NewPerson
from lueckenlos.commons.tasks import selectors as tasks
from tests.care.frontdoor.conftest import CODE, TOWN, VILLAGE, Door
from tests.wall.world import now

FORM = {"danger": "no", "words": "Oğlum okula gitmek istemiyor.", "language": "tr", "who": "parent"}


def sent(client: Client, path: str = "/anliegen/", **fields: object) -> str:
    """Send the form; give the thank-you page."""
    answer = client.post(path, {**FORM, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def test_a_mother_writes_without_account_or_name_and_is_told_by_when(door: Door) -> None:
    page = sent(Client())
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    assert line.who is Who.PARENT
    assert line.case.language == "tr"
    assert line.task is not None
    assert "Sie bekommen eine Antwort: bis" in page
    assert len(CODE.findall(page)) == 1
    (record,) = cases.records(door.actor, line.case.file)
    assert record.words == FORM["words"]
    person = families.person(door.actor, record.about)
    assert person is not None
    assert person.name == ""


def test_the_code_leads_back_and_no_other_code_does(door: Door) -> None:
    (code,) = CODE.findall(sent(Client()))
    client = Client()
    assert "Oğlum" not in client.get("/anliegen/antwort/").content.decode()
    assert client.post("/anliegen/antwort/", {"code": code.lower()}).status_code == 302
    assert "Oğlum okula gitmek istemiyor." in client.get("/anliegen/antwort/").content.decode()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert Client().post("/anliegen/antwort/", {"code": wrong}).status_code == 422


def test_guessing_codes_soon_has_to_wait(door: Door) -> None:
    client = Client()
    answers = [client.get(f"/anliegen/antwort/{'AAAA-AAAA-AAAA'}/").status_code for _ in range(7)]
    assert answers[:5] == [404] * 5
    assert answers[-1] == 429


def test_who_leaves_takes_the_code_from_the_screen(door: Door) -> None:
    client = Client()
    sent(client)
    assert "Oğlum" in client.get("/anliegen/antwort/").content.decode()
    client.post("/anliegen/antwort/fertig/")
    assert "Oğlum" not in client.get("/anliegen/antwort/").content.decode()


def test_wishes_are_a_rule_and_must_be_possible(door: Door) -> None:
    refused = Client().post("/anliegen/", {**FORM, "wishes": ["call"], "name": "Ayşe Yılmaz"})
    assert refused.status_code == 422
    assert "Bitte schreiben Sie Ihre Telefonnummer dazu" in refused.content.decode()
    assert FORM["words"] in refused.content.decode()
    sent(Client(), wishes=["sms"], phone="0176 04069012", others_listen="on", not_so="nicht am Abend")
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    (record,) = cases.records(door.actor, line.case.file)
    person = families.person(door.actor, record.about)
    assert person is not None
    assert person.wishes == (ContactWish.SMS,)
    assert not person.wants(ContactWish.CALL)
    assert [(each.kind, each.is_safe) for each in person.contacts] == [(ContactKind.MOBILE, False)]
    assert person.wish_note == "nicht am Abend"


def test_who_wishes_for_a_letter_says_where(door: Door) -> None:
    assert Client().post("/anliegen/", {**FORM, "wishes": ["letter"]}).status_code == 422
    sent(Client(), wishes=["letter"], street="Gasse 2", place="Dorf", name="Ayşe Yılmaz")
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    (record,) = cases.records(door.actor, line.case.file)
    person = families.person(door.actor, record.about)
    assert person is not None
    assert (person.first_name, person.family_name) == ("Ayşe", "Yılmaz")
    assert person.address is not None
    assert (person.address.street, person.address.city, person.address.ags) == ("Gasse 2", "Dorf", VILLAGE)


def test_the_place_names_its_own_youth_office(door: Door) -> None:
    part = Client().get("/anliegen/ort/", {"place": "Musterstadt"}).content.decode()
    assert "Jugendamt der Stadt" in part
    assert "0221 4710-200" in part
    assert "Jugendamt des Kreises" in Client().get("/anliegen/ort/", {"place": "Dorf"}).content.decode()
    assert "kennen wir nicht" in Client().get("/anliegen/ort/", {"place": "Atlantis"}).content.decode()
    page = sent(Client(), place="Musterstadt")
    assert "Jugendamt der Stadt" in page
    assert door.rows("SELECT municipality_id FROM cases_case") == [(TOWN,)]


def test_danger_stops_at_the_number_and_loses_nothing(door: Door) -> None:
    client = Client()
    stopped = client.post("/anliegen/", {**FORM, "danger": "yes"})
    page = stopped.content.decode()
    assert stopped.status_code == 200
    assert page.index("Bitte rufen Sie jetzt an") < page.index(FORM["words"])
    assert 'href="tel:112"' in page
    assert door.rows("SELECT count(*) FROM cases_case") == [(0,)]
    assert "Das ist angekommen" in sent(client, danger="yes", trotzdem="1")
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    assert line.is_danger


def test_words_of_danger_are_taken_in_answered_with_the_number_and_stand_on_top(door: Door) -> None:
    door.sent_in("Wir suchen einen Schwimmkurs.")
    page = sent(Client(), words="Er hat ein Messer in der Hand und bedroht uns")
    assert page.index("tel:112") < page.index("Ihr Code")
    first, second = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    assert first.is_danger
    assert not second.is_danger


def test_a_child_of_twelve_comes_alone(door: Door) -> None:
    page = sent(Client(), "/anliegen/jung/", words="Papa trinkt und ich hab Angst", age="12", name="Wolke")
    assert "Du bekommst eine Antwort: bis" in page
    assert "Dein Code" in page
    ((own_of, role, of_age),) = door.rows(
        "SELECT f.own_of = p.person, p.role, p.of_age_at FROM privacy_file f JOIN privacy_party p ON p.file_id = f.id"
    )
    assert own_of
    assert role == "child"
    assert isinstance(of_age, datetime)
    assert 4.9 < (of_age - now()).days / 365 < 6.1


def test_the_page_of_the_young_says_who_reads_it_and_that_parents_are_not_told(door: Door) -> None:
    page = Client().get("/anliegen/jung/").content.decode()
    assert "Deine Eltern erfahren nichts davon." in page
    assert "auch nicht deinen Eltern oder deiner Schule" in page


def test_a_mothers_page_shows_nothing_of_her_child(door: Door) -> None:
    mother = door.sent_in()
    door.sent_in("Mama weint immer", who=Who.YOUNG_PERSON, person=NewPerson("Wolke"), age=12)
    page = door.family_page(mother.code).get("/anliegen/antwort/").content.decode()
    assert "Schule" in page
    assert "Mama weint" not in page
    assert [each.case.file for each in conversations(door.family(mother))] == [mother.file]


def test_a_family_writes_again_and_the_promise_begins_anew(door: Door) -> None:
    brought = door.sent_in()
    client = door.family_page(brought.code)
    assert (
        client.post(f"/anliegen/antwort/{brought.file}/schreiben/", {"words": "Noch etwas"}).status_code
        == 302
    )
    (task,) = tasks.open_of_files(door.actor, [brought.file], now=now())
    assert task.remark == "Die Familie hat geschrieben."
    (shown,) = conversations(door.family(brought))
    assert [message.words for message in shown.messages] == [
        "Mein Sohn will nicht mehr in die Schule.",
        "Noch etwas",
    ]
    assert shown.due_at == brought.due_at


def test_nobody_writes_into_the_request_of_another(door: Door) -> None:
    one, other = door.sent_in(), door.sent_in("Etwas anderes")
    client = door.family_page(other.code)
    for path, fields in (("schreiben", {"words": "x"}), ("geholfen", {"value": "no"}), ("zurueckziehen", {})):
        assert client.post(f"/anliegen/antwort/{one.file}/{path}/", fields).status_code == 404
    assert [each.words for each in cases.records(door.actor, one.file)] == [
        "Mein Sohn will nicht mehr in die Schule."
    ]


def test_a_request_that_is_taken_back_ends_at_once_and_goes_early(door: Door) -> None:
    brought = door.sent_in()
    client = door.family_page(brought.code)
    assert client.post(f"/anliegen/antwort/{brought.file}/zurueckziehen/").status_code == 302
    assert waiting(door.actor, receiver=receiving_team(now=now()), now=now()) == []
    ((days,),) = door.rows("SELECT extract(day FROM erase_after - now())::int FROM privacy_file")
    assert days in {29, 30}
    assert tasks.open_of_files(door.actor, [brought.file], now=now()) == []
    deeds.add_words(brought.file, words="Doch noch", actor=door.family(brought), now=now())
    (line,) = waiting(door.actor, receiver=receiving_team(now=now()), now=now())
    assert line.task is not None
    assert door.rows("SELECT erase_after FROM privacy_file") == [(None,)]


def test_programs_that_fill_in_every_field_leave_nothing(door: Door) -> None:
    assert Client().post("/anliegen/", {**FORM, "website": "https://example.org"}).status_code == 302
    assert door.rows("SELECT count(*) FROM cases_case") == [(0,)]


def test_without_a_team_the_page_gives_the_number_and_tells_those_who_can_mend_it(door: Door) -> None:
    door.world.connection.execute("UPDATE accounts_unit SET name = 'Anders' WHERE name = 'Familienbüro'")
    shut = Client().get("/anliegen/")
    assert shut.status_code == 503
    assert "0221 4710-100" in shut.content.decode()
    assert "county.toml" not in shut.content.decode()
    page = door.client(door.counsellor).get("/familienbuero/").content.decode()
    assert "Bei „Kreis Muster“ gibt es kein Team „Familienbüro“" in page


@pytest.mark.parametrize("path", ["/anliegen/", "/anliegen/jung/", "/anliegen/antwort/"])
def test_the_door_stands_open_in_every_language(door: Door, path: str) -> None:
    for language in ("", "/tr", "/ar", "/uk", "/en", "/de-x-plain"):
        assert Client().get(f"{language}{path}").status_code == 200
