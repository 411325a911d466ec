"""A round that turns: put off, broken off, or one of its programmes called off; every family hears it, nothing remains."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.allocation import draw
from lueckenlos.offers.holidays import retention, selectors, services
from lueckenlos.offers.holidays.errors import (
    CalledOff,
    CannotJoin,
    NoSuchRound,
    NotLater,
    NotNow,
    SourceKnown,
    TooLate,
)
from lueckenlos.offers.holidays.models import Decision, Round, RoundReport, Wish, WishContact, WishList
from lueckenlos.offers.holidays.types import Afterwards, Longer, News, RoundState
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.errors import Refused
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.holidays.house import SEED, Town, decisions, link, new_round
from tests.offers.programmes.house import wish as registration
from tests.wall.world import now

REASON = "Die Turnhalle ist gesperrt."


def longer(town: Town, *, days: int = 3, source: str = "die Ziehung am Mittwoch danach") -> Longer:
    """Some days more, from a number that is drawn later."""
    return Longer(
        wishes_until=town.view.wishes_until + timedelta(days=days),
        rest_from=town.view.rest_from + timedelta(days=days),
        seed_source=source,
    )


def abort(town: Town, afterwards: Afterwards = Afterwards.REGISTER) -> int:
    """Break the round off."""
    return services.abort_round(
        town.key, reason=REASON, afterwards=afterwards, actor=town.actor, now=town.after
    )


def told(news: News) -> list[str]:
    """What the worker writes to those in its queue."""
    outbox.outbox.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'wish_list' FROM procrastinate_jobs "
            "WHERE task_name = 'holidays.tell_family' AND args->>'news' = %s",
            [news.value],
        )
        keys = [UUID(row[0]) for row in cursor.fetchall()]
    for key in keys:
        services.tell(key, news=news, now=now())
    return [str(letter.body) for letter in outbox.outbox]


def call_off(town: Town, title: str) -> None:
    """The organization of a programme calls it off."""
    programme_deeds.cancel_programme(
        town.programme(title).id, actor=(town.partner.acting() if title == "Wald" else town.actor)
    )


def test_a_later_end_is_told_to_those_who_wrote_and_others_can_still_write(town: Town) -> None:
    town.send("Mia")
    later = longer(town)
    assert services.extend_round(town.key, later, actor=town.actor, now=now()) == 1
    view = town.view
    assert (view.wishes_until, view.rest_from, view.seed_source) == (
        later.wishes_until,
        later.rest_from,
        later.seed_source,
    )
    ((_since, before, source),) = [
        (each.extended_at, each.wishes_until, each.seed_source) for each in selectors.extensions(view)
    ]
    assert before == later.wishes_until - timedelta(days=3)
    assert source == new_round().seed_source
    assert town.programme("Wald").opens_at == later.rest_from
    (letter,) = told(News.EXTENDED)
    assert "Sie haben länger Zeit: Ferienspaß." in letter
    assert later.seed_source in letter
    assert "/ferien/wunschzettel/" in letter
    services.send(town.wish("Ben"), now=later.wishes_until - timedelta(seconds=1))
    with pytest.raises(TooLate):
        services.send(town.wish("Ida"), now=later.wishes_until)


def test_an_end_is_never_brought_forward_nor_put_off_once_the_lot_is_dealt(town: Town) -> None:
    for days in (0, -1):
        with pytest.raises(NotLater):
            services.extend_round(town.key, longer(town, days=days), actor=town.actor, now=now())
    town.send("Mia")
    town.deal()
    with pytest.raises(NotNow):
        services.extend_round(town.key, longer(town), actor=town.actor, now=town.after)
    assert selectors.extensions(town.view) == []


def test_after_the_old_end_the_seed_must_come_from_another_number(town: Town) -> None:
    same = longer(town, source=town.view.seed_source)
    with pytest.raises(SourceKnown):
        services.extend_round(town.key, same, actor=town.actor, now=town.after)
    services.extend_round(town.key, longer(town), actor=town.actor, now=town.after)
    with pytest.raises(NotNow):
        services.deal(town.key, seed=SEED, actor=town.actor, now=town.view.wishes_until - timedelta(days=1))


def test_an_end_after_the_first_date_of_a_programme_is_refused_with_its_title(town: Town) -> None:
    with pytest.raises(CannotJoin) as refused:
        services.extend_round(town.key, longer(town, days=47), actor=town.actor, now=now())
    assert set(refused.value.titles) == {"Zirkus", "Kochen"}
    call_off(town, "Zirkus")
    call_off(town, "Kochen")
    services.extend_round(town.key, longer(town, days=47), actor=town.actor, now=now())


@pytest.mark.parametrize("dealt", [False, True])
def test_a_round_is_broken_off_and_nothing_of_the_lot_remains(town: Town, dealt: object) -> None:
    sent = town.send("Mia")
    if dealt:
        town.deal()
    assert abort(town) == 1
    assert town.view.state is RoundState.ABORTED
    with acting_as(job("holidays-lists")):
        assert Decision.objects.count() == 0
    assert not RoundReport.objects.exists()
    assert decisions(sent) == []
    assert selectors.lots(town.view) == ()
    assert selectors.wish_list(town.actor, sent.id) is None
    assert selectors.without_place(town.actor, town.key) == []
    (letter,) = told(News.ABORTED)
    assert f"Der Grund: {REASON}" in letter
    assert "direkt anmelden" in letter
    for deed in (
        lambda: abort(town),
        lambda: services.publish(town.key, actor=town.actor, now=town.after),
        lambda: services.deal(town.key, seed=SEED, actor=town.actor, now=town.after),
    ):
        with pytest.raises(NotNow):
            deed()
    with pytest.raises(TooLate):
        town.send("Ben")


def test_what_was_told_is_not_broken_off(town: Town) -> None:
    town.send("Mia")
    town.publish()
    with pytest.raises(NotNow):
        abort(town)
    assert town.view.state is RoundState.PUBLISHED


def test_offers_of_a_broken_round_open_at_once_or_stay_closed_and_are_free_for_another(town: Town) -> None:
    key = town.programme("Wald").id
    abort(town)
    programme_deeds.register(registration(key, "Eva", age=8), now=town.after)
    other = services.found_round(new_round(), actor=town.actor, now=now())
    view = selectors.round_by_id(other)
    assert view is not None
    assert {each.title for each in selectors.candidates(view, now=now())} == {"Zirkus", "Kochen", "Wald"}
    services.hold_back_everywhere(now=town.after)
    assert town.programme("Wald").opens_at == town.after


def test_offers_that_stay_closed_are_opened_by_their_own_organization_alone(town: Town) -> None:
    key = town.programme("Wald").id
    abort(town, Afterwards.CLOSED)
    assert town.view.stays_closed
    with pytest.raises(Refused):
        programme_deeds.register(registration(key, "Eva", age=8), now=town.after + timedelta(days=20))


def test_lists_of_a_broken_round_go_after_thirty_days_or_by_their_own_link(town: Town) -> None:
    gone, kept = town.send("Mia"), town.send("Ben")
    abort(town)
    services.take_back(gone.id, actor=link(gone))
    assert _left() == (1, 1, 1)
    for rule in retention.RULES:
        assert rule.erase(town.after + timedelta(days=29)) == 0
    assert sum(rule.due(town.after + timedelta(days=30)) for rule in retention.RULES) == 4
    for rule in retention.RULES:
        rule.erase(town.after + timedelta(days=30))
    assert _left() == (0, 0, 0)
    assert selectors.wish_list(link(kept), kept.id) is None


def _left() -> tuple[int, int, int]:
    with acting_as(job("retention")):
        return WishList.objects.count(), WishContact.objects.count(), Wish.objects.count()


def test_a_programme_that_is_called_off_does_not_count_and_everybody_reads_so(town: Town) -> None:
    mia = town.send("Mia", wishes=("Zirkus", "Wald"))
    ben = town.send("Ben", wishes=("Zirkus",))
    ida = town.send("Ida", wishes=("Wald",))
    call_off(town, "Zirkus")
    assert services.notice_called_off_everywhere(now=now()) == 1
    assert services.notice_called_off_everywhere(now=now()) == 0
    letters = told(News.CALLED_OFF)
    assert len(letters) == 2
    assert all("- Zirkus" in each and "etwas anderes wünschen" in each for each in letters)
    town.publish()
    (mine,) = decisions(mia)
    assert (mine.wish, mine.has_place) == (2, True)
    assert decisions(ben) == []
    assert decisions(ida)[0].has_place
    figures = selectors.figures(town.key)
    assert figures is not None
    assert (figures.lists, figures.with_place, figures.first_wish, figures.without) == (3, 2, 1, 1)
    outbox.outbox.clear()
    services.tell_decided(mia.id, now=town.after)
    body = str(outbox.outbox[0].body)
    assert "1. Zirkus\nDer Veranstalter hat abgesagt. Dieser Wunsch zählte beim Los nicht mit." in body
    assert "2. Wald\nIhr Kind hat einen Platz." in body


def test_a_programme_called_off_after_the_lot_is_dealt_anew_with_the_same_seed(town: Town) -> None:
    mia = town.send("Mia", wishes=("Zirkus", "Wald"))
    town.deal()
    call_off(town, "Zirkus")
    assert selectors.called_off(town.view) == ["Zirkus"]
    with pytest.raises(CalledOff) as refused:
        services.publish(town.key, actor=town.actor, now=town.after)
    assert refused.value.titles == ("Zirkus",)
    town.deal()
    assert selectors.called_off(town.view) == []
    assert services.publish(town.key, actor=town.actor, now=town.after) == 1
    assert [each.wish for each in decisions(mia)] == [2]
    mine = selectors.wish_list(link(mia), mia.id)
    assert mine is not None
    assert selectors.lots(town.view) == draw([mine.number], seed=SEED)


def test_where_everything_is_called_off_nobody_gets_anything_and_nothing_breaks(town: Town) -> None:
    mia = town.send("Mia", wishes=("Zirkus", "Wald"))
    for title in ("Zirkus", "Kochen", "Wald"):
        call_off(town, title)
    assert town.publish() == 0
    figures = selectors.figures(town.key)
    assert figures is not None
    assert (figures.lists, figures.without) == (1, 1)
    assert _page(mia).count("Dieser Wunsch zählte beim Los nicht mit.") == 2


def test_nobody_else_turns_a_round(town: Town) -> None:
    for outsider in (town.partner.acting(), town.stranger.acting()):
        with pytest.raises(NoSuchRound):
            services.extend_round(town.key, longer(town), actor=outsider, now=now())
        with pytest.raises(NoSuchRound):
            services.abort_round(
                town.key, reason=REASON, afterwards=Afterwards.CLOSED, actor=outsider, now=now()
            )
    assert town.view.state is RoundState.OPEN


def _page(sent: services.Sent) -> str:
    found = Client().get(reverse("holidays:own", args=[sent.code]))
    assert found.status_code == 200
    page = found.content.decode()
    assert bad_skeleton(page) == []
    return page


def test_the_desk_puts_the_end_off_and_is_told_what_is_wrong(town: Town) -> None:
    sent = town.send("Mia")
    browser, url = client(town.worker), reverse("holidays:extend", args=[town.key])
    assert bad_skeleton(browser.get(url).content.decode()) == []
    last = clock.day_of(town.view.wishes_until + timedelta(days=3))
    given = {
        "wishes_until": last.isoformat(),
        "rest_on": (last + timedelta(days=5)).isoformat(),
        "rest_at": "18:00",
        "seed_source": "die Ziehung am Mittwoch danach",
        "drawn_after": "on",
    }
    for change, says in (
        ({"wishes_until": clock.day_of(now()).isoformat()}, "muss später sein als der alte"),
        ({"rest_on": last.isoformat()}, "Restplätze gibt es erst nach dem Auslosen"),
        ({"rest_on": (last + timedelta(days=60)).isoformat()}, "Bis dahin beginnt schon etwas"),
        ({"drawn_after": ""}, "nennen Sie bitte eine andere"),
    ):
        found = browser.post(url, given | change)
        assert found.status_code == 422
        assert says in found.content.decode()
    assert browser.post(url, given).status_code == 302
    public = Client().get(reverse("holidays:round", args=[town.view.key])).content.decode()
    for page in (
        _page(sent),
        public,
        browser.get(reverse("holidays:manage", args=[town.key])).content.decode(),
    ):
        assert "verlängert. Vorher: Wünsche bis" in page
        assert new_round().seed_source in page


def test_the_desk_breaks_off_with_a_sentence_that_families_read(town: Town) -> None:
    sent = town.send("Mia")
    browser, url = client(town.worker), reverse("holidays:abort", args=[town.key])
    assert bad_skeleton(browser.get(url).content.decode()) == []
    assert browser.post(url, {"reason": "", "afterwards": "closed"}).status_code == 422
    assert browser.post(url, {"reason": REASON}).status_code == 422
    assert browser.post(url, {"reason": REASON, "afterwards": "closed"}).status_code == 302
    pages = [_page(sent)] + [
        Client().get(reverse(f"holidays:{name}", args=[town.view.key])).content.decode()
        for name in ("round", "lots")
    ]
    assert REASON in pages[0]
    assert REASON in pages[1]
    assert "nicht direkt anmelden" in pages[0]
    assert "nicht gelost" in pages[2]
    assert "abgebrochen" in Client().get(reverse("holidays:listing")).content.decode()
    assert REASON in browser.get(reverse("holidays:manage", args=[town.key])).content.decode()
    assert browser.get(url).status_code == 302
    erased = Client().post(reverse("holidays:own", args=[sent.code]), {"tun": "zuruecknehmen"})
    assert erased.status_code == 302
    assert _left() == (0, 0, 0)


def test_a_programme_that_is_called_off_is_told_on_every_page(town: Town) -> None:
    sent = town.send("Mia", wishes=("Zirkus", "Wald"))
    call_off(town, "Zirkus")
    page = _page(sent)
    assert "Ein Veranstalter hat abgesagt" in page
    assert f'<option value="{town.offers["Zirkus"]}"' not in page
    public = Client().get(reverse("holidays:round", args=[town.view.key])).content.decode()
    assert "findet nicht statt" in public
    Round.objects.filter(id=town.key).update(wishes_until=now() - timedelta(seconds=1))
    assert "zählt beim Los nicht mit" in _page(sent)
    town.publish()
    page = _page(sent)
    assert "Dieser Wunsch zählte beim Los nicht mit." in page
    assert "Ihr Kind hat einen Platz." in page


def test_the_desk_deals_anew_what_was_called_off(town: Town) -> None:
    town.send("Mia", wishes=("Zirkus", "Wald"))
    town.deal()
    call_off(town, "Zirkus")
    Round.objects.filter(id=town.key).update(wishes_until=now() - timedelta(seconds=1))
    browser, url = client(town.worker), reverse("holidays:manage", args=[town.key])
    page = browser.get(url).content.decode()
    assert "Nach dem Auslosen abgesagt" in page
    assert "Eintragen und verschicken" not in page
    browser.post(reverse("holidays:publish", args=[town.key]))
    assert town.view.state is RoundState.ALLOCATED
    assert (
        browser.post(reverse("holidays:deal", args=[town.key]), {"seed": SEED, "again": SEED}).status_code
        == 302
    )
    assert "Eintragen und verschicken" in browser.get(url).content.decode()
