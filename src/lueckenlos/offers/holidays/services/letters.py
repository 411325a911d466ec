"""Letters to families: that their list is there, and what became of it. One with a link is sent, and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from lueckenlos.core import audit, clock, codes, mail
from lueckenlos.core.actor import job as acting_job
from lueckenlos.core.context import acting_as
from lueckenlos.core.jobs import job
from lueckenlos.core.times import moment_words, until_words
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.models import Decision, Round, Wish, WishContact, WishList
from lueckenlos.offers.holidays.page import results
from lueckenlos.offers.holidays.selectors import decision
from lueckenlos.offers.holidays.types import News, NewWishList, RoundState
from lueckenlos.offers.holidays.wording import subject
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.types import Kind

CODE: Final = "wish_list"
TELLS: Final = acting_job("holidays-tell")
LINK_LIVES: Final = timedelta(days=60)
RETRIES: Final = 8


def tell_received(row: Round, key: UUID, *, new: NewWishList, titles: Sequence[str], now: datetime) -> str:
    """Confirm a list; gives the code that leads back to it."""
    code = _code(row, key, language=new.language, now=now)

    def write() -> mail.Letter:
        with translation.override(new.language):
            told = {
                **_facts(row, code=code, name=new.name),
                "until": until_words(row.wishes_until),
                "children": [each.first_name for each in new.children],
                "wishes": titles,
            }
            return _letter("received", to=new.email, language=new.language, told=told)

    mail.send_when_done(write)
    return code


def tell_all(lists: Iterable[UUID], *, news: News) -> None:
    """Let the worker write to every family, once this transaction is through."""
    told = [{"wish_list": str(key), "news": news.value} for key in lists]
    if told:
        tell_family.batch_defer(*told)


@job(name="holidays.tell_family", retry=RETRIES)
def tell_family(*, wish_list: str, news: str = News.DECIDED.value) -> None:
    """Write to one family."""
    tell(UUID(wish_list), news=News(news), now=clock.real_now())


def tell(key: UUID, *, news: News, now: datetime) -> None:
    """Tell a family what is new; nobody where the list has been taken back since."""
    if news is News.DECIDED:
        tell_decided(key, now=now)
        return
    with acting_as(TELLS):
        found = WishList.objects.select_related("round").filter(id=key).first()
        contact = WishContact.objects.filter(list=key).first()
        if found is None or contact is None:
            return
        row = found.round
        wished = Wish.objects.filter(list=key).values_list("offer", flat=True)
        gone = [
            each.programme.title
            for each in fitting.offers_of(row.id, among=list(wished))
            if not each.takes_place
        ]
        code = _code(row, key, language=contact.language, now=now)
    with translation.override(contact.language):
        told = {
            **_facts(row, code=code, name=contact.name),
            "until": until_words(row.wishes_until),
            "can_change": row.state == RoundState.OPEN.value and now < row.wishes_until,
            "called_off": gone,
            "programmes": f"{reverse('programmes:listing')}?art={Kind.HOLIDAY.value}",
        }
        written = _letter(news.value, to=contact.email, language=contact.language, told=told)
    mail.send(written)


def tell_decided(key: UUID, *, now: datetime) -> None:
    """Tell a family what became of each wish, with a link for every place."""
    with acting_as(TELLS):
        found = WishList.objects.select_related("round").filter(id=key).first()
        contact = WishContact.objects.filter(list=key).first()
        if found is None or contact is None:
            return
        rows = list(Decision.objects.filter(list=key).order_by("wish"))
        wished = list(Wish.objects.filter(list=key).order_by("position").values_list("offer", flat=True))
        offers = fitting.offers_of(found.round_id, among=wished)
        ways = {
            row.offer_id: programmes.way_back(row.registration, now=now)
            for row in rows
            if row.registration is not None
        }
        code = _code(found.round, key, language=contact.language, now=now)
    with translation.override(contact.language):
        links = {
            offer: (
                reverse("programmes:own", args=[way.code]),
                moment_words(way.asked_until) if way.asked_until else "",
            )
            for offer, way in ways.items()
        }
        told = {
            **_facts(found.round, code=code, name=contact.name),
            "has_place": bool(ways),
            "rest_from": moment_words(found.round.rest_from),
            "decisions": [
                (each.wish, each.title, each.words, *links.get(each.offer, ("", "")))
                for each in results(wished, [decision(row) for row in rows], offers)
            ],
        }
        written = _letter("decided", to=contact.email, language=contact.language, told=told)
    mail.send(written)


def _facts(row: Round, *, code: str, name: str) -> dict[str, Any]:
    return {
        "round": row,
        "name": name,
        "link": reverse("holidays:own", args=[code]),
        "page": reverse("holidays:round", args=[row.key]),
    }


def _code(row: Round, key: UUID, *, language: str, now: datetime) -> str:
    until = max(row.over_at or now, now) + LINK_LIVES
    chain = audit.chain_of(row.organization_id)
    return codes.issue(
        key, purpose=CODE, language=language, now=now, until=until, uses=None, chain=chain
    ).text


def _letter(template: str, *, to: str, language: str, told: Mapping[str, Any]) -> mail.Letter:
    return mail.letter(
        f"holidays/mail/{template}.txt",
        to=to,
        subject=subject(template, told["round"].title),
        context=told,
        language=language,
    )
