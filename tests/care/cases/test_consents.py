"""Agreeing as the professional sees it: asked by every way, shown with who is missing, ended by a word."""

from __future__ import annotations

import base64
import json
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lueckenlos.care.cases import selectors
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    NewPerson,
)
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import ConsentForm, DraftAnswer, NewParty, PartyRole
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core import sms, storing
from tests.care.cases.conftest import Office
from tests.core.pdf_reading import pages
from tests.wall.world import now

TODAY = date.today
PDF = b"%PDF-1.7\n" + b"x" * 200
PNG = b"\x89PNG\r\n\x1a\n" + b"y" * 600


def father(office: Office, **reach: Any) -> UUID:
    """A father with custody of the child joins the case."""
    person = uuid4()
    families.add_person(
        office.file,
        new=NewPerson("Ivo", "Vater", **reach),
        party=NewParty(person, PartyRole.FATHER),
        actor=office.worker.acting(),
        now=now(),
    )
    from lueckenlos.commons.privacy import services

    services.set_custody(
        office.file, child=office.child, guardians=(office.mother, person), actor=office.worker.acting()
    )
    return person


def what(office: Office, about: UUID, *, text: str = "krise", other: str = "Schulamt") -> str:
    return urlencode({"text": text, "about": str(about), "other_0": other})


def ask(office: Office, client: Client, about: UUID, *asked: UUID, **more: Any) -> Any:
    """Go through both steps for two categories."""
    url = reverse("cases:consent_ask", args=[office.file]) + "?" + what(office, about)
    given = {
        f"was_{office.teacher.organization}": ["situation", "contact"],
        f"wie_{office.teacher.organization}": "view",
        "asked": [str(each) for each in (asked or (about,))],
        "valid_until": (TODAY() + timedelta(days=100)).isoformat(),
        "end_named": "",
        **more,
    }
    return client.post(url, given)


def draft_of(office: Office, who: UUID) -> UUID:
    return next(
        each.id
        for each in privacy.drafts_of(office.worker.acting(), office.file)
        if each.asked == who and each.answer is DraftAnswer.OPEN
    )


def url(name: str, office: Office, *more: UUID) -> str:
    return reverse(f"cases:{name}", args=[office.file, *more])


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_outsiders_get_what_a_missing_case_gives(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    draft = draft_of(ready, ready.mother)
    names = [("consents",), ("consent_what",), ("secrecy",), ("consent_draft", draft), ("consent_tablet", draft),
             ("consent_paper", draft), ("consent_oral", draft), ("consent_form", draft)]  # fmt: skip
    for name, *more in names:
        address = url(name, ready, *more)  # type: ignore[arg-type]
        assert client.get(address).status_code == 200, name
        for outsider in (ready.colleague, ready.teacher):
            stranger = ready.client(outsider)
            assert stranger.get(address).status_code == 404, name
            assert stranger.get(address.replace(str(ready.file), str(uuid4()))).status_code == 404
    for name in ("consent_send", "consent_revoke"):
        assert ready.client(ready.teacher).post(url(name, ready, draft)).status_code == 404
    assert ready.client(ready.teacher).post(url("own_page_letter", ready, ready.mother)).status_code == 404


def test_the_page_says_who_is_missing_when_two_have_custody(ready: Office) -> None:
    client, other = ready.client(ready.worker), father(ready)
    ask(ready, client, ready.child, ready.mother, other)
    assert "Gefragt, noch keine Antwort" in text_of(client.get(url("consents", ready)))
    client.post(
        url("consent_oral", ready, draft_of(ready, ready.mother)),
        {"lines": ["0", "1"], "given_on": TODAY().isoformat(), "oral_reason": "Krankenhaus"},
    )
    page = text_of(client.get(url("consents", ready)))
    assert "Es fehlt noch: Ivo Vater" in page
    assert "Keine andere Stelle darf etwas wissen" in page
    client.post(
        url("consent_oral", ready, draft_of(ready, other)),
        {"lines": ["0", "1"], "given_on": TODAY().isoformat(), "oral_reason": "am Telefon, akut"},
    )
    page = text_of(client.get(url("consents", ready)))
    assert "Es fehlt noch" not in page
    assert "Schulamt" in page and "Telefon und Adresse" in page


def test_nobody_can_agree_for_a_child_whose_custody_is_unknown(ready: Office) -> None:
    from lueckenlos.commons.privacy import services

    services.set_custody(ready.file, child=ready.child, guardians=(), actor=ready.worker.acting())
    page = ready.client(ready.worker).get(url("consent_what", ready) + "?" + what(ready, ready.child))
    assert "kann niemand einwilligen" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"valid_until": "2020-01-01"}, "Bitte wählen Sie ein Ende, das noch kommt."),
        ({"valid_until": (date(2026, 1, 1) + timedelta(days=1500)).isoformat()}, "höchstens 12 Monate"),
        ({"asked": []}, "wen Sie fragen"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_lost(
    ready: Office, changes: dict[str, Any], told: str
) -> None:
    answer = ask(ready, ready.client(ready.worker), ready.mother, **changes)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert re.search(r'value="situation"[^>]*checked', answer.content.decode())
    assert privacy.drafts_of(ready.worker.acting(), ready.file) == []


def test_nothing_chosen_is_nothing_asked(ready: Office) -> None:
    answer = ask(ready, ready.client(ready.worker), ready.mother, **{f"was_{ready.teacher.organization}": []})
    assert "Es ist nichts ausgewählt" in text_of(answer)


def test_the_same_is_not_asked_twice(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    client.post(
        url("consent_oral", ready, draft_of(ready, ready.mother)),
        {"lines": ["0", "1"], "given_on": TODAY().isoformat(), "oral_reason": "eilt"},
    )
    answer = ask(ready, client, ready.mother)
    assert answer.status_code == 422
    assert "schon erlaubt" in text_of(answer)


def test_an_office_that_the_text_does_not_name_is_told(ready: Office) -> None:
    ready.world.connection.execute(
        "UPDATE directory_organization SET kind = 'gewerblich' WHERE id = %s", [ready.teacher.organization]
    )
    page = ready.client(ready.worker).get(url("consent_what", ready) + "?" + what(ready, ready.mother))
    assert page.status_code == 422
    assert "nennt diese Art von Stelle nicht" in text_of(page)
    unknown = ready.client(ready.worker).get(
        url("consent_what", ready) + "?" + what(ready, ready.mother, other="Amt für Zauberei")
    )
    assert "„Amt für Zauberei“ steht nicht im Verzeichnis" in text_of(unknown)


def test_paper_needs_its_sheet_and_a_day_that_has_been(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    draft = draft_of(ready, ready.mother)
    form = client.get(url("consent_form", ready, draft))
    assert "Schnelle Hilfe" in " ".join(pages(form.content))
    tomorrow = (TODAY() + timedelta(days=2)).isoformat()
    late = client.post(
        url("consent_paper", ready, draft),
        {"scan": SimpleUploadedFile("blatt.pdf", PDF), "given_on": tomorrow, "lines": ["0"]},
    )
    assert "trägt ein Datum, das noch kommt" in text_of(late)
    wrong = client.post(
        url("consent_paper", ready, draft),
        {
            "scan": SimpleUploadedFile("blatt.exe", b"MZ" + b"0" * 99),
            "given_on": TODAY().isoformat(),
            "lines": ["0"],
        },
    )
    assert "kein PDF und kein Foto" in text_of(wrong)
    assert selectors.documents(ready.worker.acting(), ready.file) == []
    done = client.post(
        url("consent_paper", ready, draft),
        {"scan": SimpleUploadedFile("blatt.pdf", PDF), "given_on": TODAY().isoformat(), "lines": ["0"]},
    )
    assert done.status_code == 302
    (consent,) = privacy.consents_of(ready.worker.acting(), ready.file)
    (document,) = selectors.documents(ready.worker.acting(), ready.file)
    assert (consent.form, len(consent.scopes), document.about) == (ConsentForm.PAPER, 1, ready.mother)
    assert storing.read(document.stored_as) == PDF


def test_an_answer_that_the_wall_refuses_leaves_no_sheet_behind(ready: Office, tmp_path: Any) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    draft = draft_of(ready, ready.mother)
    ready.world.connection.execute(
        "UPDATE privacy_consentdraft SET expires_at = now() WHERE id = %s", [draft]
    )
    answer = client.post(
        url("consent_paper", ready, draft),
        {"scan": SimpleUploadedFile("blatt.pdf", PDF), "given_on": TODAY().isoformat(), "lines": ["0"]},
    )
    assert answer.status_code == 422
    assert "schon beantwortet, zurückgenommen oder abgelaufen" in text_of(answer)
    assert [path for path in (tmp_path / "documents").rglob("*") if path.is_file()] == []


def test_a_word_needs_its_reason(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    answer = client.post(
        url("consent_oral", ready, draft_of(ready, ready.mother)),
        {"lines": ["0"], "given_on": TODAY().isoformat(), "oral_reason": ""},
    )
    assert answer.status_code == 422
    assert "Ohne einen Grund" in text_of(answer)


def test_on_the_tablet_a_yes_needs_a_signature_and_a_no_needs_none(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    address = url("consent_tablet", ready, draft_of(ready, ready.mother))
    page = client.get("/tr" + address)
    assert (
        "Krizde hızlı yardım" in page.content.decode()
        and "Schnelle Hilfe in einer Krise" in page.content.decode()
    )
    unsigned = client.post(address, {"answer": "alles", "unterschrift": ""})
    assert unsigned.status_code == 422
    assert "unterschreiben Sie im Feld" in text_of(unsigned)
    drawn = "data:image/png;base64," + base64.b64encode(PNG).decode()
    done = client.post(address, {"answer": "auswahl", "lines": ["1"], "unterschrift": drawn})
    assert "geben Sie das Gerät jetzt zurück" in text_of(done)
    (consent,) = privacy.consents_of(ready.worker.acting(), ready.file)
    assert (consent.form, len(consent.scopes)) == (ConsentForm.SIGNATURE, 1)
    ask(ready, client, ready.mother)
    refused = client.post(url("consent_tablet", ready, draft_of(ready, ready.mother)), {"answer": "nein"})
    assert "Das ist in Ordnung" in text_of(refused)


def reach(office: Office, *contacts: ContactValue, wishes: tuple[ContactWish, ...] = ()) -> None:
    families.set_reach(
        office.mother,
        contacts=contacts,
        wishes=wishes,
        wish_note="",
        address=AddressValue("Am Wald 3", "52349", "Düren"),
        actor=office.worker.acting(),
    )


def test_a_link_goes_by_message_and_mail_in_the_familys_language(
    ready: Office, tmp_path: Any, settings: Any
) -> None:
    settings.SMS_FOLDER = tmp_path / "sms"
    reach(
        ready,
        ContactValue(ContactKind.MOBILE, "0152 28817386"),
        ContactValue(ContactKind.EMAIL, "m@example.org"),
    )
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    draft = draft_of(ready, ready.mother)
    page = client.get(url("consent_draft", ready, draft)).content.decode()
    ways = dict(re.findall(r'name="weg" value="(\d+)"[^>]*>\s*(?:<[^>]+>)*([^<]+)', page))
    by_sms = next(key for key, words in ways.items() if "SMS" in words)
    by_mail = next(key for key, words in ways.items() if "E-Mail" in words)
    client.post(url("consent_send", ready, draft), {"weg": by_sms, "sprache": "tr"})
    (message,) = (json.loads(path.read_text()) for path in settings.SMS_FOLDER.iterdir())
    assert message["to"] == "+4915228817386"
    assert "/tr/einwilligung/code/" in message["text"]
    assert "Muster" not in message["text"] and "Krise" not in message["text"]
    link = re.search(r"(/tr/einwilligung/code/\w+/)", message["text"])
    client.post(url("consent_send", ready, draft), {"weg": by_mail, "sprache": "uk"})
    assert "/uk/einwilligung/code/" in mail.outbox[-1].body
    assert link is not None
    assert Client().get(link[1]).status_code == 404  # the newer link has taken its place


def test_a_wish_an_unsafe_number_and_a_missing_gateway_are_told_instead_of_a_button(
    ready: Office, settings: Any
) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    address = url("consent_draft", ready, draft_of(ready, ready.mother))
    reach(
        ready,
        ContactValue(ContactKind.EMAIL, "m@example.org"),
        ContactValue(ContactKind.PHONE, "02421 220"),
        wishes=(ContactWish.SMS,),
    )
    page = text_of(client.get(address))
    for told in ("Die Person möchte keine E-Mail", "keine Mobilnummer", "Die Person möchte keinen Brief"):
        assert told in page
    reach(ready, ContactValue(ContactKind.MOBILE, "0152 28817386", is_safe=False))
    assert "jemand anderes mitlesen" in text_of(client.get(address))
    settings.DEMO = False
    reach(ready, ContactValue(ContactKind.MOBILE, "0152 28817386"))
    assert not sms.is_configured()
    assert "kein SMS-Dienst eingerichtet" in text_of(client.get(address))
    refused = client.post(
        url("consent_send", ready, draft_of(ready, ready.mother)), {"weg": "0"}, follow=True
    )
    assert "Dieser Weg geht gerade nicht" in text_of(refused)


def test_the_letter_goes_to_one_person_with_code_in_two_languages(ready: Office) -> None:
    reach(ready)
    client, other = ready.client(ready.worker), father(ready)
    ask(ready, client, ready.child, ready.mother, other)
    letter = client.post(
        url("consent_send", ready, draft_of(ready, ready.mother)), {"weg": "brief", "sprache": "en"}
    )
    assert letter["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(pages(letter.content)).split())
    assert "Mara Muster" in text and "Am Wald 3" in text
    assert "Quick help in a crisis" in text and "Schnelle Hilfe in einer Krise" in text
    assert "Ivo" not in text


def test_a_withdrawal_by_word_acts_at_once_and_tells_whoever_saw_it(ready: Office) -> None:
    client = ready.client(ready.worker)
    ask(ready, client, ready.mother)
    client.post(
        url("consent_oral", ready, draft_of(ready, ready.mother)),
        {"lines": ["0", "1"], "given_on": TODAY().isoformat(), "oral_reason": "eilt"},
    )
    from lueckenlos.commons.privacy import services
    from lueckenlos.commons.privacy.types import Category, Ground

    teacher = ready.teacher.acting("crisis")
    assert len(privacy.releases_to_me(teacher, ready.file, now=now())) == 2
    services.disclose(
        ready.file, seen=[(ready.mother, Category.SITUATION)], ground=Ground.CONSENT, actor=teacher, now=now()
    )
    (consent,) = privacy.consents_of(ready.worker.acting(), ready.file)
    part = next(scope.id for scope in consent.scopes if scope.value.category is Category.SITUATION)
    client.post(url("consent_withdraw", ready, consent.id), {"parts": [str(part)], "way": "word"})
    assert [each.category for each in privacy.releases_to_me(teacher, ready.file, now=now())] == [
        Category.CONTACT
    ]
    (task,) = [
        *tasks.mine(ready.teacher.acting(), now=now()).later,
        *tasks.mine(ready.teacher.acting(), now=now()).this_week,
    ]
    assert "Kopien und Notizen löschen" in task.what
    assert task.file is None and "Muster" not in task.what
    assert client.get(url("consent_withdraw", ready, uuid4())).status_code == 404
