"""Questions: the few that settle the most, sent by mail, answered without a password, and seen in the chain at once."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory import services as directory_services
from lueckenlos.commons.directory.errors import NoAddress, NotYours
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import Asked
from lueckenlos.steering.chain.selectors.questions import Asking, OpenQuestion, QuestionList, question_list
from lueckenlos.steering.chain.services.questions import NotYours as NotYourQuestions
from lueckenlos.steering.chain.services.questions import question_words, send_questions

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = clock.day_of(NOW)
URL = "/kette/fragen/"
SignIn = Callable[[str], Client]


class Postbox:
    """Takes every letter and keeps it."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def text(self, number: int = 0) -> str:
        body = self.letters[number].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def link(self, number: int = 0) -> str:
        found = re.search(r"https?://[^/\s]+(/pflege/\S+/)", self.text(number))
        assert found is not None
        return found[1]


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A real mail server that keeps what it gets."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


@pytest.fixture
def found(coordination: Actor) -> QuestionList:
    return question_list(coordination, now=NOW)


def by_mail(found: QuestionList) -> OpenQuestion:
    return next(each for each in found.first if each.email)


def unknown_capacity(found: QuestionList) -> OpenQuestion:
    return next(each for each in found.first if each.email and each.asking is not Asking.STILL_TRUE)


def ask(question: OpenQuestion, actor: Actor, *, now: datetime = NOW) -> Any:
    return send_questions({question.service: question.may_settle}, actor=actor, now=now)


def reach_of(service: str) -> dict[str, tuple[float, float]]:
    cells = selectors.drawn().chain.cells
    return {
        f"{cell.area}:{cell.phase}:{cell.field}": (share.reach_lo, share.reach_hi)
        for cell in cells
        for share in cell.services
        if share.service == service
    }


def capacity_of(service: str) -> tuple[int | None, date | None]:
    entry = next(each for each in directory.planning_entries() if each.key == service)
    return entry.capacity, entry.verified_on


# The list


def test_the_list_is_short_and_says_how_short_it_can_be(found: QuestionList) -> None:
    undecided = [each for each in selectors.drawn().chain.cells if each.verdict is Verdict.CHECK]
    seams = [each for each in selectors.drawn().chain.seams if each.verdict is Verdict.CHECK]
    assert found.cells == len(undecided) + len(seams)
    assert found.decidable == found.cells
    assert found.first[-1].so_far == found.decidable
    assert found.at_least is not None
    assert 1 <= found.at_least <= found.enough < len(found.all)
    assert [each.rank for each in found.all] == list(range(1, len(found.all) + 1))


def test_nobody_is_asked_for_what_is_known(found: QuestionList) -> None:
    limit = date(2025, 11, 3)
    for each in found.all:
        capacity, verified = capacity_of(each.service)
        fresh = verified is not None and verified >= limit
        assert not (capacity is not None and fresh)
        assert (each.asking is Asking.PLACES) == (capacity is None and fresh)
        assert (each.asking is Asking.STILL_TRUE) == (capacity is not None)


# Sending


def test_one_letter_an_organization_and_nobody_is_asked_again_for_a_while(
    found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    first = by_mail(found)
    same = [each for each in found.all if each.organization.id == first.organization.id]
    sent = send_questions({each.service: each.may_settle for each in same}, actor=coordination, now=NOW)
    assert (sent.letters, sent.services) == (1, len(same))
    assert postbox.letters[0]["To"] == first.email
    assert all(each.name in postbox.text() for each in same)
    assert {row.service_key for row in Asked.objects.all()} == {each.service for each in same}

    again = ask(first, coordination, now=NOW + timedelta(weeks=11))
    assert (again.letters, len(postbox.letters)) == (0, 1)
    later = question_list(coordination, now=NOW + timedelta(weeks=11))
    assert first.service not in {each.service for each in later.all}
    waiting = next(each for each in later.waiting if each.service == first.service)
    assert (waiting.asked.sent_at, waiting.asked.answered_on) == (NOW, None)
    after = question_list(coordination, now=NOW + timedelta(weeks=13))
    assert first.service in {each.service for each in after.all}


def test_a_mail_server_that_refuses_one_letter_leaves_the_others_sent(
    found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    first = by_mail(found)
    other = next(each for each in found.all if each.email and each.email != first.email)
    postbox.refuses.add(first.email)
    chosen = {each.service: each.may_settle for each in (first, other)}
    sent = send_questions(chosen, actor=coordination, now=NOW)
    assert (sent.letters, sent.refused) == (1, (first.organization.name,))
    assert [row.service_key for row in Asked.objects.all()] == [other.service]


def test_an_organization_without_address_is_called_instead(
    found: QuestionList, coordination: Actor, signed_in: SignIn
) -> None:
    first = by_mail(found)
    directory_services.reach_organization(
        first.organization.id, email="", website="", actor=coordination, now=NOW
    )
    sent = ask(first, coordination)
    assert (sent.letters, sent.without_address) == (0, (first.organization.name,))
    with pytest.raises(NoAddress):
        directory_services.ask(
            first.organization.id, [first.service], words=question_words(), actor=coordination, now=NOW
        )
    page = signed_in("koordination").get(URL).content.decode()
    calling = page.split('id="anrufen"')[1]
    assert first.name in calling
    assert f'value="{first.service}"' not in page


# The answer


def test_a_number_by_link_is_in_the_chain_with_the_next_page(
    found: QuestionList, signed_in: SignIn, postbox: Postbox
) -> None:
    question = unknown_capacity(found)
    planner, provider = signed_in("koordination"), Client()
    looked = planner.post(URL, {"frage": question.service})
    assert question.email in looked.content.decode()
    assert postbox.letters == []
    told = planner.post(URL, {"frage": question.service, "deed": "send"}, follow=True)
    assert "Ein Brief ist verschickt" in told.content.decode()
    assert "noch keine Antwort" in told.content.decode()

    before = reach_of(question.service)
    page = provider.get(postbox.link()).content.decode()
    assert "Wie viele Plätze haben Sie im Jahr?" in page
    answered = provider.post(
        postbox.link(), {f"plaetze-{question.service}": "24", "stimmt": question.service}
    )
    assert answered.status_code == 302
    assert capacity_of(question.service) == (24, TODAY)
    after = reach_of(question.service)
    assert all(lo < hi for lo, hi in before.values())
    assert all(lo == hi for lo, hi in after.values())
    assert "24 Plätze im Jahr, heute genannt" in provider.get(postbox.link()).content.decode()

    change = directory.changes(question.service)[0]
    assert (change.deed, change.by) == ("answered", "Anbieter über den Link aus der Mail")
    rest = planner.get(URL).content.decode()
    assert f"frage-{question.service}" not in rest


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("rund 20", "„rund 20“ ist keine Zahl"),
        ("0", "Gibt es das Angebot nicht mehr?"),
        ("-3", "ist keine Zahl"),
        ("9.999.999.999.999", "sind sehr viele"),
    ],
)
def test_a_wrong_number_gets_a_sentence_and_nothing_is_lost_or_saved(
    typed: str, says: str, found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    question = unknown_capacity(found)
    ask(question, coordination)
    before = capacity_of(question.service)
    answer = Client().post(postbox.link(), {f"plaetze-{question.service}": typed, "stimmt": question.service})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert capacity_of(question.service) == before


def test_still_true_alone_makes_an_old_number_count_again(
    found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    question = next(each for each in found.all if each.email and each.asking is Asking.STILL_TRUE)
    ask(question, coordination)
    capacity, _verified = capacity_of(question.service)
    Client().post(postbox.link(), {"stimmt": question.service})
    assert capacity_of(question.service) == (capacity, TODAY)
    assert all(lo == hi for lo, hi in reach_of(question.service).values())


def test_the_same_number_again_is_known_from_today(
    found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    question = next(each for each in found.all if each.email and each.asking is Asking.STILL_TRUE)
    ask(question, coordination)
    capacity, _verified = capacity_of(question.service)
    saved = directory_services.answer_by_link(
        postbox.link().split("/")[2], {question.service: capacity or 0}, now=NOW
    )
    assert [each.changed for each in saved] == [True]
    assert capacity_of(question.service) == (capacity, TODAY)
    reminded = directory.reminded(postbox.link().split("/")[2], now=NOW)
    assert [each.capacity_on for each in reminded.entries] == [TODAY]


def test_a_link_answers_for_its_own_services_alone(
    found: QuestionList, coordination: Actor, postbox: Postbox
) -> None:
    question = by_mail(found)
    ask(question, coordination)
    other = next(each for each in found.all if each.organization.id != question.organization.id)
    before = capacity_of(other.service)
    Client().post(postbox.link(), {f"plaetze-{other.service}": "500", "stimmt": other.service})
    assert (
        directory_services.answer_by_link(postbox.link().split("/")[2], {other.service: 500}, now=NOW) == []
    )
    assert capacity_of(other.service) == before
    assert Client().get("/pflege/niemand/").status_code == 404


# Strangers


def test_only_koordination_asks(
    found: QuestionList, titz: Actor, signed_in: SignIn, client: Client, postbox: Postbox
) -> None:
    question = by_mail(found)
    with pytest.raises(NotYourQuestions):
        ask(question, titz)
    with pytest.raises(NotYours):
        directory_services.ask(
            question.organization.id, [question.service], words=question_words(), actor=titz, now=NOW
        )
    for name in ("kommune", "anbieter", "familie"):
        stranger = signed_in(name)
        assert stranger.get(URL).status_code == 404
        assert stranger.post(URL, {"frage": question.service, "deed": "send"}).status_code == 404
    assert client.get(URL).status_code == 302
    assert postbox.letters == []


def test_sending_without_choosing_says_so(signed_in: SignIn) -> None:
    answer = signed_in("koordination").post(URL, {"deed": "send", "frage": "gibt-es-nicht"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie, wen Sie fragen möchten" in answer.content.decode()


def test_the_first_so_many_are_chosen_by_a_link(signed_in: SignIn) -> None:
    page = signed_in("koordination").get(f"{URL}?erste=5").content.decode()
    assert len(re.findall(r'name="frage"[^>]* checked', page)) == 5
    assert len(re.findall(r'name="frage"[^>]* checked', signed_in("koordination").get(f"{URL}?erste=0").content.decode())) == 0  # fmt: skip
