"""People come in with a code, a password or a new one, and nobody learns who has an account."""

import email
import re
import socket
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test.utils import override_settings

from lueckenlos.core.actor import Role
from tests.commons.accounts.conftest import PASSWORD, entered, found, protect, stranger

ADDRESS = "kollegin@example.org"
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
LINK = re.compile(r"http\S+/konto/passwort/vergessen/neu/\S+")


class Postbox:
    """Keeps what is delivered."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> Any:
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def postbox() -> Any:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield box
    controller.stop()


def test_a_code_by_real_mail_signs_in(person: Any, postbox: Any) -> None:
    person(role=Role.FAMILY)
    client = stranger()
    assert client.post("/anmelden/code/", {"email": ADDRESS}).url == "/anmelden/code/eingeben/"
    letter = email.message_from_bytes(postbox.letters[0], policy=policy.default)
    body: Any = letter.get_body(("plain",))
    text = body.get_content().replace("\r", "")

    assert letter["Subject"] == "Ihr Code zum Anmelden"
    assert letter["To"] == ADDRESS
    assert "Kreis Düren" in text and "sagen Sie ihn niemandem" in text
    client.post("/anmelden/code/eingeben/", {"code": found(CODE, text)})
    assert client.get("/schreibtisch/").status_code == 200


def test_three_wrong_codes_end_the_attempt(person: Any) -> None:
    person()
    client = stranger()
    client.post("/anmelden/code/", {"email": ADDRESS})
    code = found(CODE, mail.outbox[0].body)
    page = client.post("/anmelden/code/eingeben/", {"code": "AAAA-AAAA"}).content.decode()
    assert "Dieser Code stimmt nicht" in page
    for _attempt in range(2):
        client.post("/anmelden/code/eingeben/", {"code": "AAAA-AAAA"})
    client.post("/anmelden/code/eingeben/", {"code": code})

    assert client.get("/schreibtisch/").status_code == 302


def test_a_code_does_not_pass_by_the_second_factor(person: Any) -> None:
    protect(person(role=Role.COORDINATION))
    client = stranger()
    client.post("/anmelden/code/", {"email": ADDRESS})
    answer = client.post("/anmelden/code/eingeben/", {"code": found(CODE, mail.outbox[-1].body)})

    assert answer.url.startswith("/anmelden/zweiter-faktor/")
    assert client.get("/schreibtisch/").status_code == 302


@pytest.mark.parametrize(
    ("path", "field", "then"),
    [
        ("/anmelden/code/", "email", "/anmelden/code/eingeben/"),
        ("/konto/passwort/vergessen/", "email", "/konto/passwort/vergessen/gesendet/"),
    ],
)
def test_an_unknown_address_is_answered_like_a_known_one(
    person: Any, path: Any, field: Any, then: Any
) -> None:
    person()
    pages = []
    for address in (ADDRESS, "niemand12@example.org"):
        client = stranger()
        assert client.post(path, {field: address}).url == then
        html = client.get(then).content.decode().replace(address, "ADRESSE")
        pages.append(re.sub(r'(csrf\w*"|X-CSRFToken)[^>]+', "", html))

    assert pages[0] == pages[1]
    assert "gibt es bei uns keinen Zugang" in mail.outbox[-1].body


def test_a_wrong_password_and_an_unknown_address_read_the_same(person: Any) -> None:
    person()
    texts = [
        stranger().post("/anmelden/", {"login": address, "password": "falsch falsch falsch"}).content.decode()
        for address in (ADDRESS, "niemand@example.org")
    ]

    assert all("E-Mail-Adresse und Passwort passen nicht zusammen." in text for text in texts)


def test_a_forgotten_password_is_replaced_by_mail_once(person: Any) -> None:
    person(role=Role.FAMILY)
    client = stranger()
    client.post("/konto/passwort/vergessen/", {"email": ADDRESS})
    link = found(LINK, mail.outbox[-1].body)
    assert "drei Tage" in mail.outbox[-1].body
    page = client.get(link, follow=True)
    new = "ein anderer langer Satz"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)

    assert "Das neue Passwort gilt" in done.content.decode()
    assert "neu gesetzt" in mail.outbox[-1].body
    assert stranger().post("/anmelden/", {"login": ADDRESS, "password": new}).status_code == 302
    assert "Dieser Link gilt nicht mehr" in stranger().get(link, follow=True).content.decode()


def test_nobody_signs_up_alone(db: Any) -> None:
    page = stranger().post(
        "/konto/neu/", {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "Zugang nur mit Einladung" in page.content.decode()


def test_a_letter_about_a_change_names_no_address_of_a_machine(person: Any) -> None:
    person()
    client = entered(ADDRESS)
    new = "ein anderer langer Satz"
    client.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "Ihr Passwort wurde geändert." in mail.outbox[-1].body
    assert "127.0.0.1" not in mail.outbox[-1].body


def test_an_address_is_changed_by_a_code_to_the_new_one(person: Any) -> None:
    user = person()
    client = entered(ADDRESS)
    answer = client.post("/konto/e-mail/", {"email": "neu@example.org", "action_add": ""})
    letter = next(each for each in mail.outbox if each.to == ["neu@example.org"])
    client.post(answer.url, {"code": found(CODE, letter.body)})
    user.refresh_from_db()

    assert user.email == "neu@example.org"


def test_each_way_on_stands_on_the_page_once_and_a_code_is_announced_once(db: None) -> None:
    browser = stranger()
    assert browser.get("/anmelden/").content.decode().count('href="/konto/passwort/vergessen/"') == 1
    page = browser.post("/anmelden/code/", {"email": "niemand@example.org"}, follow=True).content.decode()
    assert page.count("niemand@example.org") == 1
