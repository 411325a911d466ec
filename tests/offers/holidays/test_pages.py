"""A family's three steps and every door of the desk: said kindly what is wrong, shut for others."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from lueckenlos.core import clock
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.forms.desk import RoundForm, SeedForm
from lueckenlos.offers.holidays.models import Round, RoundOffer
from lueckenlos.offers.holidays.types import RoundView
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.holidays.house import SEED, Town, born, decisions, new_round
from tests.wall.world import now

BY_ROUND = ("manage", "change", "ask", "keep", "open", "deal", "publish", "extend", "abort")
DEEDS: tuple[dict[str, str], ...] = ({}, {"tun": "zusagen"}, {"tun": "weglassen"})


def filled(town: Town, **more: str) -> dict[str, str]:
    """All three steps as they come with the last."""
    return {
        "first_0": "Mia",
        "family_0": "Beispiel",
        "born_0": born(8).isoformat(),
        "wish_1": str(town.offers["Zirkus"]),
        "wish_2": str(town.offers["Wald"]),
        "name": "Eltern",
        "email": "mia@example.org",
        "consent": "on",
        "fertig": "1",
        **more,
    }


def write(town: Town, **more: str) -> tuple[int, str]:
    """Send the form; status and page."""
    found = Client().post(reverse("holidays:write", args=[town.view.key]), filled(town, **more))
    return found.status_code, found.content.decode()


def own(town: Town) -> str:
    """The address in the last letter."""
    body = str(outbox.outbox[-1].body)
    code = body.partition("/ferien/wunschzettel/")[2].partition("/")[0]
    del town
    return reverse("holidays:own", args=[code])


def close(town: Town) -> None:
    """Let the deadline pass."""
    Round.objects.filter(id=town.key).update(wishes_until=now() - timedelta(seconds=1))


def test_three_steps_lead_to_a_page_of_its_own(town: Town) -> None:
    browser, url = Client(), reverse("holidays:write", args=[town.view.key])
    given = filled(town)
    steps = [
        (browser.get(url), "Schritt 1 von 3"),
        (browser.post(url, {k: v for k, v in given.items() if k.endswith("_0")}), "Schritt 2 von 3"),
        (
            browser.post(url, {k: v for k, v in given.items() if "_" in k} | {"wuensche": "1"}),
            "Schritt 3 von 3",
        ),
    ]
    for found, says in steps:
        assert found.status_code == 200
        assert says in found.content.decode()
        assert bad_skeleton(found.content.decode()) == []
    found = browser.post(url, given)
    assert found.status_code == 302
    page = browser.get(found["Location"]).content.decode()
    assert "Ihr Wunschzettel ist da" in page
    assert bad_skeleton(page) == []
    assert selectors.counts(town.key) == (1, 1)


def test_a_child_without_a_family_name_leaves_no_gap_in_the_sentence(town: Town) -> None:
    assert write(town, first_0="Ali", family_0="")[0] == 302
    page = Client().get(own(town)).content.decode()
    assert "Ali." in page and "Ali ." not in page


def test_going_back_loses_nothing(town: Town) -> None:
    status, page = write(town, zurueck="2", fertig="")
    assert status == 200
    assert "Schritt 2 von 3" in page
    assert f'<option value="{town.offers["Zirkus"]}" selected>' in page
    assert 'name="email" value="mia@example.org"' in page
    status, page = write(town, zurueck="1")
    assert "Schritt 1 von 3" in page
    assert f'name="wish_1" value="{town.offers["Zirkus"]}"' in page


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"first_0": ""}, "Bitte schreiben Sie den Vornamen des Kindes."),
        ({"born_0": "2100-01-01"}, "Dieser Geburtstag kann nicht stimmen."),
        ({"born_0": "2999-01-01"}, "Das Jahr 2999 kann nicht stimmen."),
        ({"born_0": "gestern"}, "Bitte geben Sie einen Tag an"),
        ({"first_1": "Ben"}, "Bitte geben Sie auch den Geburtstag an."),
        ({"born_0": born(3).isoformat()}, "Für diese Kinder zusammen gibt es hier leider nichts."),
        ({"wish_2": "ZIRKUS"}, "Diesen Wunsch gibt es weiter oben schon."),
        ({"wish_1": "", "wish_2": ""}, "Bitte wählen Sie mindestens einen Wunsch."),
        ({"wish_1": "x"}, "Dieses Angebot gibt es für Ihre Kinder nicht."),
        ({"email": "nein"}, "Diese E-Mail-Adresse kann nicht stimmen."),
        ({"consent": ""}, "Ohne Ihr Ja dürfen wir den Wunschzettel nicht speichern."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(town: Town, change: dict[str, str], says: str) -> None:
    given = {
        name: str(town.offers["Zirkus"]) if value == "ZIRKUS" else value for name, value in change.items()
    }
    status, page = write(town, **given)
    assert status == 422
    assert says in page
    assert bad_skeleton(page) == []
    assert selectors.counts(town.key) == (0, 0)


def test_what_the_ages_rule_out_is_not_offered_and_told(town: Town) -> None:
    given = {"first_0": "Mia", "born_0": born(6).isoformat()}
    page = Client().post(reverse("holidays:write", args=[town.view.key]), given).content.decode()
    assert str(town.offers["Kochen"]) not in page
    assert "Kochen: für ältere Kinder, 8 bis 14 Jahre" in page


def test_wishes_at_the_same_time_are_told(town: Town) -> None:
    write(town, wish_2=str(town.offers["Kochen"]))
    page = Client().get(own(town)).content.decode()
    assert "Manches ist zur selben Zeit" in page
    assert "Kochen und Zirkus" in page or "Zirkus und Kochen" in page


def test_the_same_child_a_second_time_is_told(town: Town) -> None:
    assert write(town)[0] == 302
    status, page = write(town, email="other@example.org")
    assert status == 422
    assert "Mia steht schon auf einem Wunschzettel." in page


def test_a_second_too_late_is_told_in_a_sentence(town: Town) -> None:
    close(town)
    status, page = write(town)
    assert status == 422
    assert "Ihr Wunschzettel ist nicht angekommen" in page
    assert "Restplätze gibt es für alle ab" in page
    assert selectors.counts(town.key) == (0, 0)


def test_a_program_sends_nothing_and_a_robot_is_stopped(town: Town) -> None:
    assert write(town, website="x")[0] == 302
    assert selectors.counts(town.key) == (0, 0)
    answers = [write(town, first_0=f"Kind{number}")[0] for number in range(50)]
    assert answers.count(302) == 40
    assert set(answers[40:]) == {422}
    assert selectors.counts(town.key)[0] == 40


def test_wishes_change_by_link_and_the_list_goes_by_link(town: Town) -> None:
    write(town)
    url = own(town)
    browser = Client()
    assert browser.post(url, {"tun": "aendern", "wish_1": str(town.offers["Wald"])}).status_code == 302
    page = browser.get(url).content.decode()
    assert page.count('<p class="h-title">') == 1
    assert browser.post(url, {"tun": "aendern"}).status_code == 422
    close(town)
    browser.post(url, {"tun": "aendern", "wish_1": str(town.offers["Zirkus"])})
    assert "Die Frist ist vorbei. Es gilt, was vorher da stand." in browser.get(url).content.decode()
    assert browser.post(url, {"tun": "zuruecknehmen"}).status_code == 302
    assert selectors.counts(town.key) == (0, 0)
    assert browser.get(url).status_code == 404


def test_that_no_other_order_helps_is_promised_only_where_it_holds(town: Town) -> None:
    url = reverse("holidays:round", args=[town.view.key])
    assert "nie bessere Chancen" in Client().get(url).content.decode()
    services.keep(town.offers["Zirkus"], seats=1, actor=town.actor)
    page = Client().get(url).content.decode()
    assert "nie bessere Chancen" not in page
    assert "Niemand kennt das Los vorher" in page


def test_the_family_reads_why_and_everybody_can_check_the_lot(town: Town) -> None:
    for child in ("Mia", "Ben", "Ida"):
        assert write(town, first_0=child, email=f"{child.lower()}@example.org", wish_2="")[0] == 302
    urls = []
    for letter in outbox.outbox[-3:]:
        code = str(letter.body).partition("/ferien/wunschzettel/")[2].partition("/")[0]
        urls.append(reverse("holidays:own", args=[code]))
    lots = reverse("holidays:lots", args=[town.view.key])
    assert SEED not in Client().get(lots).content.decode()
    town.publish()
    pages = [Client().get(url).content.decode() for url in urls]
    assert sum("Es hat geklappt" in page for page in pages) == 2
    assert sum("Es gab 2 Plätze. Ihr Los war Nummer 3 von 3." in page for page in pages) == 1
    assert all(bad_skeleton(page) == [] for page in pages)
    page = Client().get(lots).content.decode()
    assert SEED in page
    table = Client().get(reverse("holidays:lots_table", args=[town.view.key]))
    text = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert all(each in text for each in selectors.lots(town.view))
    assert "Mia" not in page + text


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(town: Town, code: str) -> None:
    found = Client().get(reverse("holidays:own", args=[code]))
    assert found.status_code == 404
    assert bad_skeleton(found.content.decode()) == []
    del town


def doors(round_id: UUID, offer: UUID) -> list[str]:
    """All addresses of the desk that hold a key."""
    return [
        *(reverse(f"holidays:{name}", args=[round_id]) for name in BY_ROUND),
        reverse("holidays:offer", args=[offer]),
    ]


def answer(browser: Client, url: str, given: dict[str, str] | None) -> tuple[int, str]:
    """Status and where it leads, without the key."""
    found = browser.get(url) if given is None else browser.post(url, given)
    return found.status_code, found.get("Location", "").partition("?")[0]


def test_for_others_the_desk_is_as_if_it_were_not_there(town: Town) -> None:
    draft = services.found_round(new_round(), actor=town.actor, now=now())
    for outsider in (None, town.stranger):
        browser = client(outsider)
        for key in (town.key, draft):
            for given in (None, *DEEDS):
                for there, nowhere in zip(
                    doors(key, town.offers["Zirkus"]), doors(uuid4(), uuid4()), strict=True
                ):
                    assert answer(browser, there, given) == answer(browser, nowhere, given), (there, given)
    draft_page = reverse("holidays:round", args=[Round.objects.get(id=draft).key])
    assert Client().get(draft_page).status_code == 404


def test_the_organization_comes_in_and_its_pages_stand(town: Town) -> None:
    write(town)
    browser = client(town.worker)
    draft = services.found_round(new_round(), actor=town.actor, now=now())
    for url in (
        reverse("holidays:desk"),
        reverse("holidays:new"),
        reverse("holidays:manage", args=[town.key]),
        reverse("holidays:manage", args=[draft]),
        reverse("holidays:change", args=[draft]),
    ):
        found = browser.get(url)
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []
    page = browser.get(reverse("holidays:manage", args=[town.key])).content.decode()
    assert "Zettel: 1, Kinder: 1" in page
    assert "Mia" not in page


def test_the_desk_draws_once_and_tells(town: Town) -> None:
    for child in ("Mia", "Ben", "Ida"):
        write(town, first_0=child, wish_2="")
    browser = client(town.worker)
    close(town)
    deal = reverse("holidays:deal", args=[town.key])
    assert browser.post(deal, {"seed": SEED, "again": "9 9 9"}).status_code == 422
    assert browser.post(deal, {"seed": SEED, "again": SEED}).status_code == 302
    manage = reverse("holidays:manage", args=[town.key])
    page = browser.get(manage).content.decode()
    assert "Vorschau: so würde verteilt" in page
    assert "2 von 3 Kindern haben mindestens einen Platz." in page
    assert not any(child in page for child in ("Mia", "Ben", "Ida"))
    assert browser.post(deal, {"seed": "1 2 3 4", "again": "1 2 3 4"}).status_code == 422
    assert browser.post(reverse("holidays:publish", args=[town.key])).status_code == 302
    page = browser.get(manage).content.decode()
    assert sum(child in page for child in ("Mia", "Ben", "Ida")) == 1
    assert "Familien ohne Platz" in page


def test_seats_are_kept_for_all_offers_at_once_and_only_numbers_count(town: Town) -> None:
    browser, url = client(town.worker), reverse("holidays:keep", args=[town.key])
    given = {f"kept_{each}": "0" for each in town.offers.values()} | {f"kept_{town.offers['Zirkus']}": "1"}
    browser.post(url, given)
    kept = {each.programme.title: each.kept for each in selectors.offers(town.view)}
    assert kept == {"Zirkus": 1, "Kochen": 0, "Wald": 0}
    browser.post(url, given | {f"kept_{town.offers['Wald']}": "-2"})
    assert {each.kept for each in selectors.offers(town.view)} == {0, 1}


def test_a_partner_is_asked_and_says_yes_on_its_own_desk(town: Town) -> None:
    from tests.offers.holidays.house import found

    draft = services.found_round(new_round(), actor=town.actor, now=now())
    programme = found(town.partner, "Segeln")
    mine, theirs = client(town.worker), client(town.partner)
    mine.post(reverse("holidays:ask", args=[draft]), {"programm": [str(programme)]})
    assert "wartet auf Zusage" in mine.get(reverse("holidays:manage", args=[draft])).content.decode()
    ((_round, asked),) = selectors.asked_of(town.partner.acting())
    assert "Segeln" in theirs.get(reverse("holidays:desk")).content.decode()
    assert theirs.post(reverse("holidays:offer", args=[asked.id]), {"tun": "zusagen"}).status_code == 302
    assert mine.post(reverse("holidays:open", args=[draft])).status_code == 302
    assert [each.programme.title for each in selectors.offers(_view(draft))] == ["Segeln"]


def _view(key: UUID) -> RoundView:
    view = selectors.round_by_id(key)
    assert view is not None
    return view


def test_forms_tell_what_they_do_not_understand(town: Town) -> None:
    day = clock.day_of(now())
    given = {
        "title": "",
        "holiday": "Ostern",
        "wishes_from": (day + timedelta(days=9)).isoformat(),
        "wishes_until": (day + timedelta(days=5)).isoformat(),
        "rest_on": (day + timedelta(days=5)).isoformat(),
        "rest_at": "18:00",
        "most_each": "11",
        "seed_source": "",
    }
    assert {"title", "wishes_until", "rest_on", "most_each", "seed_source"} == RoundForm(given).errors.keys()
    midnight = given | {"rest_on": (day + timedelta(days=6)).isoformat(), "rest_at": "00:00"}
    assert "rest_on" in RoundForm(midnight).errors
    assert {"seed"} == SeedForm({"seed": "1", "again": "1"}).errors.keys()
    assert decisions(town.send("Mia")) == []


def test_a_programmes_own_page_leads_to_the_round_in_which_it_is_dealt(town: Town) -> None:
    def told() -> str:
        url = reverse("programmes:programme", args=[town.programme("Zirkus").key])
        return Client().get(url).content.decode()

    address = reverse("holidays:round", args=[town.view.key])
    assert "Diese Plätze werden ausgelost" in told() and address in told()
    assert "Zum Wunschzettel" in told()
    close(town)
    assert "Die Wünsche sind vorbei" in told() and "Zum Wunschzettel" not in told()
    Round.objects.filter(id=town.key).update(rest_from=now())
    assert address not in told()
    Round.objects.filter(id=town.key).update(state="draft", rest_from=now() + timedelta(days=9))
    assert address not in told()


def test_a_programme_that_was_only_asked_for_says_nothing_of_the_round(town: Town) -> None:
    zirkus = town.programme("Zirkus")
    RoundOffer.objects.filter(programme=zirkus.id).update(agreed_at=None)
    url = reverse("programmes:programme", args=[zirkus.key])
    assert "ausgelost" not in Client().get(url).content.decode()
