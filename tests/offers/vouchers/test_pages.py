"""Every door of the desk stays shut for others; codes that open nothing are counted; what is printed names nobody."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lueckenlos.commons.directory.models import ActionField, LifePhase, Service
from lueckenlos.commons.places.models import County, Municipality
from lueckenlos.core.fields import Point
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import Kind
from lueckenlos.offers.vouchers import gaps, papers, selectors
from lueckenlos.offers.vouchers.forms.desk import RedeemForm, SchemeForm
from lueckenlos.offers.vouchers.types import VoucherState
from tests.core.pdf_reading import pages
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.vouchers.house import Office, today
from tests.wall.world import now

HOME, AWAY = "05358008", "05358060"


def payers(scheme: UUID) -> list[str]:
    """The addresses of whoever pays."""
    names = ("manage", "change", "settle", "table", "workbook")
    return [reverse(f"vouchers:{name}", args=[scheme]) for name in names]


def givers(scheme: UUID, voucher: UUID) -> list[str]:
    """The addresses of whoever hands out."""
    return [
        reverse("vouchers:issue", args=[scheme]),
        *(reverse(f"vouchers:{name}", args=[voucher]) for name in ("voucher", "slip")),
    ]


def test_for_others_the_desk_is_as_if_it_were_not_there(office: Office) -> None:
    voucher = office.issue()
    tries = [
        *((who, payers) for who in (None, office.giver, office.club, office.other_club)),
        *((who, givers) for who in (None, office.payer, office.club, office.other_club)),
    ]
    for outsider, doors in tries:
        browser = client(outsider)
        there = doors(office.scheme) if doors is payers else doors(office.scheme, voucher)  # type: ignore[operator]
        nowhere = doors(uuid4()) if doors is payers else doors(uuid4(), uuid4())  # type: ignore[operator]
        for mine, missing in zip(there, nowhere, strict=True):
            for ask in (browser.get, browser.post):
                answers = [ask(each, {"tun": "zurueck", "age": "8"}) for each in (mine, missing)]
                assert answers[0].status_code == answers[1].status_code, (mine, outsider)
                assert answers[0].status_code in {302, 404, 405}
    assert office.state(voucher) is VoucherState.ISSUED
    assert office.look().given == 1
    for url in givers(office.scheme, voucher)[1:]:
        assert client(office.other_giver).get(url).status_code in {404, 405}
        assert client(office.other_giver).post(url, {"tun": "zurueck"}).status_code == 404


def test_each_comes_in_by_their_own_door(office: Office) -> None:
    voucher = office.issue(ags=HOME)
    office.redeem(office.code(voucher))
    good = office.issue()
    for who, urls in (
        (office.payer, [payers(office.scheme)[0], payers(office.scheme)[1]]),
        (office.giver, [*givers(office.scheme, voucher)[:2], givers(office.scheme, good)[1]]),
        (office.club, [reverse("vouchers:redeem")]),
        (office.other_club, [reverse("vouchers:redeem")]),
    ):
        for url in (*urls, reverse("vouchers:desk"), reverse("vouchers:gaps"), reverse("vouchers:new")):
            found = client(who).get(url)
            assert found.status_code == 200, url
            assert bad_skeleton(found.content.decode()) == []
    taken = client(office.giver).get(reverse("vouchers:voucher", args=[voucher])).content.decode()
    assert "eingelöst" in taken and "Judo" not in taken
    club = client(office.club).get(reverse("vouchers:desk")).content.decode()
    assert "36 Euro" in club and "8 Jahre" not in club and HOME not in club


def test_a_voucher_goes_from_the_office_to_the_club_by_clicks(office: Office) -> None:
    giver = client(office.giver)
    url = reverse("vouchers:issue", args=[office.scheme])
    for wrong in ({"age": ""}, {"age": "2"}, {"age": "99"}, {"age": "acht"}, {"age": "8", "ags": "99999999"}):
        assert giver.post(url, wrong).status_code == 422
    made = giver.post(url, {"age": "8"})
    assert made.status_code == 302
    slip = giver.post(made["Location"] + "zettel/")
    words = " ".join(pages(slip.content))
    match = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", words)
    assert match is not None
    code = match[0]
    assert "der ganze Kurs, bis 40 Euro" in words
    own = Client().get(f"/gutscheine/gutschein/{code}/")
    assert own.status_code == 200 and bad_skeleton(own.content.decode()) == []
    assert "Bei uns einlösen" not in own.content.decode()
    club = client(office.club)
    assert "Bei uns einlösen" in club.get(f"/gutscheine/gutschein/{code}/").content.decode()
    assert Client().get(f"/gutscheine/gutschein/{code}/code.svg")["Content-Type"] == "image/svg+xml"
    given = {"code": code.lower().replace("-", " "), "what": f"{office.judo}_0"}
    taken = club.post(reverse("vouchers:redeem"), given)
    assert taken.status_code == 302
    assert [str(each) for each in get_messages(taken.wsgi_request)][-1].startswith("Eingelöst: 36 Euro")
    again = club.post(reverse("vouchers:redeem"), given)
    assert again.status_code == 422
    assert "schon eingelöst" in again.content.decode()
    assert "schon benutzt" in Client().get(f"/gutscheine/gutschein/{code}/").content.decode()


@pytest.mark.parametrize("code", ["A" * 10_000, "AAAA\0BBBB", "😀" * 12])
def test_what_is_no_code_is_told_and_breaks_nothing(office: Office, code: str) -> None:
    told = client(office.club).post(reverse("vouchers:redeem"), {"code": code, "what": f"{office.judo}_0"})
    assert told.status_code == 422
    assert 'href="#id_code"' in told.content.decode()


def test_wrong_codes_are_counted_and_right_ones_are_not(office: Office) -> None:
    browser, url = client(office.club), reverse("vouchers:redeem")
    what = f"{office.judo}_0"
    used = office.code(office.issue())
    for _ in range(7):
        assert (
            "Ein Zeichen stimmt nicht"
            in browser.post(url, {"code": "AAAA-BBBB-CCCC", "what": what}).content.decode()
        )
        browser.post(url, {"code": used, "what": what})
    lost = office.issue()
    code = office.code(lost)
    client(office.giver).post(reverse("vouchers:voucher", args=[lost]), {"tun": "zurueck"})
    told = [browser.post(url, {"code": code, "what": what}).content.decode() for _ in range(7)]
    assert "gilt nicht oder nicht mehr" in told[0]
    assert "Das waren viele Versuche" in told[-1]
    own = f"/gutscheine/gutschein/{code}/"
    assert browser.get(own).status_code == 429
    assert [Client().get(own).status_code for _ in range(6)] == [404] * 5 + [429]


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(office: Office, code: str) -> None:
    found = Client().get(reverse("vouchers:own", args=[code]))
    assert found.status_code == 404
    assert bad_skeleton(found.content.decode()) == []
    assert Client().get(reverse("vouchers:picture", args=[code])).status_code == 404
    del office


@pytest.mark.parametrize("what", ["", "x", "_", "1_2", f"{UUID(int=1)}_0", "9" * 300])
def test_a_programme_that_is_none_takes_nothing(office: Office, what: str) -> None:
    given = {"code": office.code(office.issue()), "what": what}
    assert client(office.club).post(reverse("vouchers:redeem"), given).status_code == 422
    assert selectors.redeemed_at(office.club.acting()) == []


def test_only_programmes_that_cost_something_are_offered(office: Office) -> None:
    office.programme(office.club, title="Umsonst", fares=())
    form = RedeemForm(programmes=[], now=now())
    assert not form.has_choices
    page = client(office.club).get(reverse("vouchers:redeem")).content.decode()
    assert "Judo · Kind: 36 Euro" in page
    assert "Umsonst" not in page and "Eltern" not in page


def test_bills_come_as_tables_and_are_settled_by_a_click(office: Office) -> None:
    office.redeem(office.code(office.issue()))
    browser = client(office.payer)
    rows = list(
        load_workbook(
            io.BytesIO(browser.get(reverse("vouchers:workbook", args=[office.scheme])).content)
        ).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    )
    assert rows[1][1:4] == (f"{today():%Y-%m}", 1, 36)
    text = b"".join(browser.get(reverse("vouchers:table", args=[office.scheme])).streaming_content)  # type: ignore[attr-defined]
    assert f"{today():%Y-%m},1,36.0," in text.decode()
    url = reverse("vouchers:settle", args=[office.scheme])
    month = today().replace(day=1).isoformat()
    for wrong in ({}, {"verein": "x", "monat": month}, {"verein": str(uuid4()), "monat": "gestern"}):
        assert browser.post(url, wrong).status_code == 404
    for _ in range(2):
        given = {"verein": str(office.club.organization), "monat": month}
        assert browser.post(url, given).status_code == 302
    bills = selectors.bills(office.payer.acting(), office.scheme)
    assert [(each.count, each.settled_on) for each in bills] == [(1, today())]


def test_families_see_what_there_is_and_who_takes_it(office: Office) -> None:
    office.programme(office.other_club, title="Turnen umsonst", fares=())
    office.programme(office.other_club, title="Malkurs", kind=Kind.COURSE)
    for query in ("", "?alter=8", "?ort=Nirgendwo&alter=x", "?alter=99"):
        found = Client().get("/gutscheine/" + query)
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []
    page = Client().get("/gutscheine/?alter=8").content.decode()
    for told in (
        "Sport-Gutschein",
        "der ganze Kurs, bis 40 Euro",
        "Judo",
        "ab 18 Euro",
        "kostenlos, ohne Gutschein",
    ):
        assert told in page, told
    assert "Malkurs" not in page
    assert "Judo" not in Client().get("/gutscheine/?alter=15").content.decode()
    office.change(is_open=False)
    page = Client().get("/gutscheine/").content.decode()
    assert "Gerade gibt es keine Gutscheine" in page
    assert "Judo" in page


def test_a_scheme_that_makes_no_sense_is_not_taken(office: Office) -> None:
    given = {
        "title": "",
        "euros": "0",
        "stock": "0",
        "age_min": "9",
        "age_max": "8",
        "valid_from": "2026-12-31",
        "valid_until": "2026-02-29",
        "kinds": ["segeln"],
    }
    errors = SchemeForm(given).errors
    assert {"title", "euros", "stock", "age_max", "valid_until", "kinds"} <= errors.keys()
    assert "valid_until" in SchemeForm({**given, "valid_until": "2026-12-30"}).errors
    assert client(office.payer).post(reverse("vouchers:new"), given).status_code == 422
    good = {
        "title": "Schwimm-Gutschein",
        "euros": "12,50",
        "stock": "3",
        "valid_from": today().isoformat(),
        "valid_until": (today() + timedelta(days=9)).isoformat(),
        "kinds": ["sport"],
        "is_open": "on",
    }
    browser = client(office.payer)
    made = browser.post(reverse("vouchers:new"), good)
    assert made.status_code == 302
    assert browser.post(made["Location"], {"organization": str(uuid4())}).status_code == 422
    assert browser.post(made["Location"], {"organization": str(office.giver.organization)}).status_code == 302
    found = selectors.paid_by(office.payer.acting())[0]
    assert (found.title, found.cents, found.givers[0].id) == (
        "Schwimm-Gutschein",
        1250,
        office.giver.organization,
    )


def test_only_whoever_pays_says_who_hands_out(office: Office) -> None:
    url = reverse("vouchers:stop", args=[office.scheme, office.giver.organization])
    for outsider in (None, office.giver, office.club):
        assert client(outsider).post(url).status_code in {302, 404}
    assert len(office.look().givers) == 2
    assert client(office.payer).post(url).status_code == 302
    assert [each.id for each in office.look().givers] == [office.other_giver.organization]


def test_the_paper_names_what_is_paid_and_nobody(office: Office) -> None:
    voucher = selectors.voucher(office.giver.acting(), office.issue(ags=HOME))
    assert voucher is not None
    made = papers.slip(voucher, office.look(), code="ABCD-EFGH-JKLM", giver="Familienbüro", now=now())
    words = " ".join(pages(made))
    assert "ABCD-EFGH-JKLM" in words and "Familienbüro" in words
    assert HOME not in words and "8 Jahre" not in words


def test_cells_without_sport_are_found(office: Office) -> None:
    county = County.objects.create(key="05358", name="Kreis", settings={}, loaded_at=timezone.now())
    for ags in (HOME, AWAY):
        Municipality.objects.create(
            ags=ags, county=county, name=ags, sort_key=ags, boundary={}, label_point=Point(0, 0)
        )
    for number, (key, low, high) in enumerate((("bauch", -0.75, 0.25), ("kita", 3, 6), ("grund", 6, 10))):
        LifePhase.objects.create(key=key, label=key, age_from=low, age_to=high, decay_km=9, position=number)
    ActionField.objects.create(key="sport", label="Sport", position=0)
    office.programme(office.club, age_min=4, age_max=5, ags=HOME)
    office.programme(office.club, age_min=6, age_max=None, ags=HOME)
    office.programme(office.club, kind=Kind.COURSE, age_min=3, age_max=5, ags=AWAY)
    there = Service.objects.create(
        key="turnen", organization_id=office.club.organization, name="Turnen", audience="kinder",
        format="vor_ort", access="offen",
    )  # fmt: skip
    there.phases.set(LifePhase.objects.filter(key="grund"))
    there.fields.set(ActionField.objects.all())
    there.catchment.set(Municipality.objects.filter(ags=AWAY))
    Service.objects.create(
        key="laufen", organization_id=office.club.organization, name="Laufen", audience="kinder",
        format="vor_ort", access="offen", whole_county=True,
    ).fields.set(ActionField.objects.all())  # fmt: skip
    found = gaps.table("sport", kinds=(Kind.SPORT,), now=now())
    assert [phase.key for phase in found.phases] == ["kita", "grund"]
    cells = {row.ags: [(cell.programmes, cell.services) for cell in row.cells] for row in found.rows}
    assert cells == {HOME: [(1, 0), (1, 0)], AWAY: [(0, 0), (0, 1)]}
    assert (found.empty, found.everywhere) == (1, 1)
    page = client(office.payer).get(reverse("vouchers:gaps")).content.decode()
    assert page.count("fehlt</td>") == 1
    assert "In 1 Feld gibt es nichts." in page


def test_two_programmes_of_one_name_are_told_apart_and_none_is_chosen_for_the_club(office: Office) -> None:
    judo = programmes.by_id(office.judo)
    assert judo is not None
    form = RedeemForm(programmes=[judo, replace(judo, id=uuid4())], now=now())
    (nothing, _words), *offered = form.fields["what"].choices  # type: ignore[attr-defined]
    assert nothing == ""
    assert all(re.search(r"\d{4} · ", words) for _value, words in offered)
    alone = RedeemForm(programmes=[judo], now=now()).fields["what"].choices  # type: ignore[attr-defined]
    assert not any(re.search(r"\d{4} · ", words) for _value, words in alone)
