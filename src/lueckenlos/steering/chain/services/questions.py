"""Ask providers: one letter an organization, by the directory's link; and remember who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.utils.translation import gettext, override

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory import services as directory_services
from lueckenlos.commons.directory.errors import NoAddress, NoSuchEntry
from lueckenlos.commons.directory.services import LetterWords
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.models import Asked
from lueckenlos.steering.chain.selectors.questions import asked_lately, organizations_by_service
from lueckenlos.steering.chain.types import CellKey

TEMPLATE = "chain/mail/question.txt"


class NotYours(Exception):
    """Only Koordination asks; answered like something that does not exist."""


@dataclass(frozen=True, slots=True)
class SentQuestions:
    """What became of a round of questions; names of organizations that could not be reached."""

    letters: int
    services: int
    without_address: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def send_questions(cells: Mapping[str, Iterable[CellKey]], *, actor: Actor, now: datetime) -> SentQuestions:
    """Write to the organizations of these services (with the cells that each may settle), one letter each.

    Every letter is a transaction of its own: a mail server that refuses one leaves the others sent, and
    whoever got none can be asked again at once. Services that were asked in between are left out.
    """
    if not actor.may(Role.COORDINATION):
        raise NotYours
    names = {line.view.id: line.view.name for line in directory.all_organizations(actor)}
    letters = services = 0
    without: list[str] = []
    refused: list[str] = []
    for organization, keys in sorted(organizations_by_service(cells).items()):
        name = names.get(organization, "")
        try:
            asked = _ask_one(organization, keys, cells=cells, actor=actor, now=now)
        except NoAddress:
            without.append(name)
        except (OSError, SMTPException):
            refused.append(name)
        else:
            letters, services = letters + bool(asked), services + asked
    return SentQuestions(letters, services, tuple(without), tuple(refused))


def question_words() -> LetterWords:
    """The words of a letter that asks."""
    with override("de"):
        return LetterWords(
            gettext("Wie viele Plätze haben Sie? Eine kurze Frage zu Ihren Angeboten"), TEMPLATE
        )


def _ask_one(
    organization: UUID,
    keys: Iterable[str],
    *,
    cells: Mapping[str, Iterable[CellKey]],
    actor: Actor,
    now: datetime,
) -> int:
    with acting_as(actor):
        locking.hold(f"chain questions {organization}")
        asked = asked_lately(now=now, entries={})
        wanted = [key for key in keys if key not in asked]
        if not wanted:
            return 0
        words = question_words()
        try:
            reminder = directory_services.ask(organization, wanted, words=words, actor=actor, now=now)
        except NoSuchEntry:
            return 0
        Asked.objects.bulk_create(
            Asked(
                service_key=key,
                organization=organization,
                cells=[each.subject for each in cells[key]],
                sent_at=now,
                sent_by=actor.person_id,
                reminder=reminder,
            )
            for key in wanted
        )
        audit.record(
            "chain.question.sent", subject=f"organization/{organization}", details={"services": wanted}
        )
        return len(wanted)
