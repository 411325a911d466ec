"""People come in with a code, a password or a new one, and nobody learns who has an account."""

import email
import re
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client
from django.test.utils import override_settings

from lueckenlos.core.actor import Role
from tests.commons.accounts.conftest import PASSWORD, entered

ADDRESS = "kollegin@example.org"
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
LINK = re.compile(r"http\S+/konto/passwort/vergessen/neu/\S+")


class Postbox:
    """Keeps what is delivered."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def postbox():
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.start()
    port = controller.server.sockets[0].getsockname()[1]
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield box
    controller.stop()


def test_a_code_by_real_mail_signs_in(person, postbox):
    person(role=Role.FAMILY)
    client = Client()
    assert client.post("/anmelden/code/", {"email": ADDRESS}).url == "/anmelden/code/eingeben/"
    letter = email.message_from_bytes(postbox.letters[0], policy=policy.default)
    text = letter.get_body(("plain",)).get_content()

    assert letter["Subject"] == "Ihr Code zum Anmelden"
    assert letter["To"] == ADDRESS
    assert "Kreis Düren" in text and "sagen Sie ihn niemandem" in text
    client.post("/anmelden/code/eingeben/", {"code": CODE.search(text)[0]})
    assert client.get("/schreibtisch/").status_code == 200


def test_three_wrong_codes_end_the_attempt(person):
    person()
    client = Client()
    client.post("/anmelden/code/", {"email": ADDRESS})
    code = CODE.search(mail.outbox[0].body)[0]
    page = client.post("/anmelden/code/eingeben/", {"code": "AAAA-AAAA"}).content.decode()
    assert "Dieser Code stimmt nicht" in page
    for _attempt in range(2):
        client.post("/anmelden/code/eingeben/", {"code": "AAAA-AAAA"})
    client.post("/anmelden/code/eingeben/", {"code": code})

    assert client.get("/schreibtisch/").status_code == 302


def test_a_code_does_not_pass_by_the_second_factor(person):
    from tests.commons.accounts.conftest import protect

    protect(person(role=Role.COORDINATION))
    client = Client()
    client.post("/anmelden/code/", {"email": ADDRESS})
    answer = client.post("/anmelden/code/eingeben/", {"code": CODE.search(mail.outbox[-1].body)[0]})

    assert answer.url.startswith("/anmelden/zweiter-faktor/")
    assert client.get("/schreibtisch/").status_code == 302


@pytest.mark.parametrize(
    ("path", "field", "then"),
    [
        ("/anmelden/code/", "email", "/anmelden/code/eingeben/"),
        ("/konto/passwort/vergessen/", "email", "/konto/passwort/vergessen/gesendet/"),
    ],
)
def test_an_unknown_address_is_answered_like_a_known_one(person, path, field, then):
    person()
    pages = []
    for address in (ADDRESS, "niemand12@example.org"):
        client = Client()
        assert client.post(path, {field: address}).url == then
        html = client.get(then).content.decode().replace(address, "ADRESSE")
        pages.append(re.sub(r'(csrf\w*"|X-CSRFToken)[^>]+', "", html))

    assert pages[0] == pages[1]
    assert "gibt es bei uns keinen Zugang" in mail.outbox[-1].body


def test_a_wrong_password_and_an_unknown_address_read_the_same(person):
    person()
    texts = [
        Client().post("/anmelden/", {"login": address, "password": "falsch falsch falsch"}).content.decode()
        for address in (ADDRESS, "niemand@example.org")
    ]

    assert all("E-Mail-Adresse und Passwort passen nicht zusammen." in text for text in texts)


def test_a_forgotten_password_is_replaced_by_mail_once(person):
    person(role=Role.FAMILY)
    client = Client()
    client.post("/konto/passwort/vergessen/", {"email": ADDRESS})
    link = LINK.search(mail.outbox[-1].body)[0]
    assert "drei Tage" in mail.outbox[-1].body
    page = client.get(link, follow=True)
    new = "ein anderer langer Satz"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)

    assert "Das neue Passwort gilt" in done.content.decode()
    assert "neu gesetzt" in mail.outbox[-1].body
    assert Client().post("/anmelden/", {"login": ADDRESS, "password": new}).status_code == 302
    assert "Dieser Link gilt nicht mehr" in Client().get(link, follow=True).content.decode()


def test_nobody_signs_up_alone(db):
    page = Client().post("/konto/neu/", {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert "Zugang nur mit Einladung" in page.content.decode()


def test_a_letter_about_a_change_names_no_address_of_a_machine(person):
    person()
    client = entered(ADDRESS)
    new = "ein anderer langer Satz"
    client.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "Ihr Passwort wurde geändert." in mail.outbox[-1].body
    assert "127.0.0.1" not in mail.outbox[-1].body


def test_an_address_is_changed_by_a_code_to_the_new_one(person):
    user = person()
    client = entered(ADDRESS)
    answer = client.post("/konto/e-mail/", {"email": "neu@example.org", "action_add": ""})
    letter = next(each for each in mail.outbox if each.to == ["neu@example.org"])
    client.post(answer.url, {"code": CODE.search(letter.body)[0]})
    user.refresh_from_db()

    assert user.email == "neu@example.org"
