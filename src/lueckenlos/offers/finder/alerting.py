""" "Sagen Sie mir Bescheid": one mail address, one purpose, a year at most, confirmed by its owner."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock, mail
from lueckenlos.core.actor import job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.finder import selectors
from lueckenlos.offers.finder.models import Alert
from lueckenlos.offers.finder.types import SearchAnswer, SearchRequest

ONE_YEAR = timedelta(days=365)
SALT = "finder.alert"
MOST_NEWS = 5
ACTOR = job("finder-tell")


def ask(email: str, *, asked: SearchRequest, answer: SearchAnswer, language: str, now: datetime) -> None:
    """Keep the wish, unconfirmed, and send the mail whose link confirms it; known words alone are kept."""
    wish = Alert(
        id=uuid.uuid4(),
        email=email,
        terms=list(answer.known_terms),
        kinds=list(answer.kinds),
        ags=answer.ags or "",
        age=asked.age,
        spoken=asked.language or "",
        language=language,
        asked_at=now,
        expires_at=now + ONE_YEAR,
        told_keys=[hit.key for hit in answer.hits],
    )
    with acting_as(link_to(wish.id)):
        wish.save(force_insert=True)
    with translation.override(language):
        letter = mail.letter(
            "finder/mail/confirm_alert.txt",
            to=email,
            subject=_("Bitte bestätigen: Wir sagen Ihnen Bescheid"),
            language=language,
            context={"link": _address("finder:alert-confirm", wish)},
        )
    mail.send(letter)


def wish_of(token: str) -> uuid.UUID | None:
    """The wish that a mail's link opens; nothing if somebody changed it."""
    try:
        return uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None


def is_waiting(wish: uuid.UUID) -> bool:
    """Whether the wish is still kept."""
    with acting_as(link_to(wish)):
        return Alert.objects.filter(pk=wish).exists()


def confirm(wish: uuid.UUID, *, now: datetime) -> bool:
    """The owner of the address says yes; false if the wish is gone."""
    with acting_as(link_to(wish)):
        return bool(Alert.objects.filter(pk=wish).update(confirmed_at=now))


def forget(wish: uuid.UUID) -> None:
    """The owner of the address says no more; the row goes at once."""
    with acting_as(link_to(wish)):
        Alert.objects.filter(pk=wish).delete()


def tell(*, now: datetime) -> int:
    """Search again for everybody who waits and write to those for whom something new is there; how many mails."""
    with acting_as(ACTOR):
        waiting = list(Alert.objects.filter(confirmed_at__isnull=False, expires_at__gte=now))
    return sum(_tell_one(wish, now=now) for wish in waiting)


def _tell_one(wish: Alert, *, now: datetime) -> bool:
    answer = selectors.search(
        SearchRequest(
            text=" ".join(wish.terms),
            ags=wish.ags or None,
            age=wish.age,
            language=wish.spoken or None,
            on=clock.day_of(now),
        )
    )
    news = (
        [hit.service_id for hit in answer.hits if hit.key not in wish.told_keys] if answer.found_good else []
    )
    if not news:
        return False
    services = directory.services(news[:MOST_NEWS], now=now)
    with translation.override(wish.language):
        letter = mail.letter(
            "finder/mail/alert.txt",
            to=wish.email,
            subject=_("Es gibt etwas Neues für Sie"),
            language=wish.language,
            context={
                "services": [
                    (str(service.text("name", wish.language)), _page(service.key)) for service in services
                ],
                "stop": _address("finder:alert-stop", wish),
            },
        )
    mail.send(letter)
    with acting_as(ACTOR):
        told: Sequence[str] = [*wish.told_keys, *(service.key for service in services)]
        Alert.objects.filter(pk=wish.pk).update(told_keys=list(told))
    return True


def _address(name: str, wish: Alert) -> str:
    return settings.BASE_URL + reverse(name, args=[signing.dumps(str(wish.pk), salt=SALT)])


def _page(key: str) -> str:
    return settings.BASE_URL + reverse("finder:service", args=[key])
