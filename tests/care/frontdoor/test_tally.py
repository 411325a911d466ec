"""One line for a call or a visit: counted in seconds, without a person, and taken back with one tap."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases import services as deeds
from lueckenlos.care.cases.types import Channel, NewTally, TallyOutcome
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY
from tests.care.frontdoor.conftest import TOWN, VILLAGE, Door
from tests.wall.world import now

LINE = {"channel": "phone", "outcome": "answered", "language": "de"}


def signals(door: Door) -> list[tuple[str, str, str | None, int]]:
    return door.rows("SELECT source, reason, municipality_id, count FROM signals_signal ORDER BY reason")


def count(client: Client, **fields: str) -> str:
    answer = client.post("/familienbuero/strich/", {**LINE, **fields})
    assert answer.status_code == 302
    return client.get(answer["Location"]).content.decode()


def test_a_line_needs_nothing_but_enter(door: Door) -> None:
    page = count(door.client(door.counsellor))
    assert "Gezählt." in page
    assert signals(door) == [("tally", "not_known", None, 1)]
    assert door.rows("SELECT channel, outcome, asked_by_child FROM cases_tally") == [
        ("phone", "answered", False)
    ]


def test_there_is_no_place_in_it_for_a_person() -> None:
    assert set(NewTally.__dataclass_fields__) == {
        "channel",
        "outcome",
        "ags",
        "phase",
        "field",
        "language",
        "asked_by_child",
    }


def test_where_and_what_came_of_it_become_a_signal(door: Door) -> None:
    client = door.client(door.counsellor)
    count(client, place="Dorf", outcome="nothing_found", asked_by_child="on")
    count(client, place="Dorf", outcome="nothing_found")
    count(client, place="Musterstadt", outcome="no_place")
    assert signals(door) == [("tally", "no_place", TOWN, 1), ("tally", "nothing_found", VILLAGE, 2)]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "x"])
def test_a_month_that_nobody_means_shows_this_one(door: Door, month: str) -> None:
    client = door.client(door.counsellor)
    count(client)
    assert "1" in client.get("/familienbuero/strichliste/", {"monat": month}).content.decode()
    assert client.get("/familienbuero/strichliste.csv", {"monat": month}).status_code == 200


def test_a_line_is_taken_back_with_its_signal_by_whoever_counted_it(door: Door) -> None:
    client = door.client(door.counsellor)
    count(client, outcome="nothing_found")
    count(client, outcome="nothing_found")
    ((first,), (_second,)) = door.rows("SELECT id FROM cases_tally")
    assert door.client(door.colleague).post(f"/familienbuero/strich/{first}/zurueck/").status_code == 404
    assert client.post(f"/familienbuero/strich/{first}/zurueck/").status_code == 302
    assert signals(door) == [("tally", "nothing_found", None, 1)]
    assert client.post(f"/familienbuero/strich/{first}/zurueck/").status_code == 404


def test_an_address_in_the_town_shows_the_towns_own_youth_office(door: Door) -> None:
    client = door.client(door.counsellor)
    part = client.get("/familienbuero/strich/ort/", {"place": "Musterstadt"}).content.decode()
    assert "Jugendamt der Stadt" in part
    assert "0221 4710-200" in part


def test_a_place_that_nobody_knows_is_said_and_the_line_is_kept(door: Door) -> None:
    answer = door.client(door.counsellor).post(
        "/familienbuero/strich/", {**LINE, "place": "Atlantis", "outcome": "no_place"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "„Atlantis“ kennen wir nicht" in page
    assert 'value="no_place" id="strich_outcome_5" checked' in page
    assert signals(door) == []


def test_what_leaves_the_office_hides_small_numbers_and_what_betrays_them(door: Door) -> None:
    for ags, outcome, times in (
        (TOWN, TallyOutcome.ANSWERED, 12),
        (TOWN, TallyOutcome.NO_PLACE, 2),
        (VILLAGE, TallyOutcome.ANSWERED, 9),
        (VILLAGE, TallyOutcome.NO_PLACE, 7),
    ):
        for _time in range(times):
            deeds.count_line(
                NewTally(channel=Channel.PHONE, outcome=outcome, ags=ags), actor=door.actor, now=now()
            )
    client = door.client(door.counsellor)
    assert ">2<" in client.get("/familienbuero/strichliste/").content.decode()
    rows = list(
        csv.reader(
            io.StringIO(client.get("/familienbuero/strichliste.csv").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    table = {row[0]: row[1:] for row in rows}
    answered, no_place = rows[0].index("beantwortet") - 1, rows[0].index("kein Platz frei") - 1
    assert table["Musterstadt"][no_place] == "·"
    # With one cell alone withheld, subtraction would find it.
    assert sum(value == "·" for row in list(table.values())[1:] for value in row) >= 4
    assert table["zusammen"][-1] == "30"
    assert table["Musterstadt"][answered] == "·"


def test_the_months_are_counted_apart(door: Door) -> None:
    deeds.count_line(
        NewTally(channel=Channel.COUNTER, outcome=TallyOutcome.SENT_ON), actor=door.actor, now=now()
    )
    today = clock.day_of(now())
    assert sum(each.count for each in cases.tally_counts(door.actor, since=today, until=today)) == 1
    assert cases.tally_counts(door.actor, since=date(2020, 1, 1), until=date(2020, 1, 31)) == []
    page = door.client(door.counsellor).get("/familienbuero/strichliste/?monat=2020-01").content.decode()
    assert "In diesem Monat ist noch nichts gezählt." in page


def test_another_office_sees_none_of_it_and_nobody_counts_for_it(door: Door) -> None:
    line = NewTally(channel=Channel.PHONE, outcome=TallyOutcome.ANSWERED)
    deeds.count_line(line, actor=door.actor, now=now())
    stranger = door.social_worker.acting("counselling")
    today = clock.day_of(now())
    assert cases.tally_counts(stranger, since=today, until=today) == []
    with pytest.raises(NotYours):
        deeds.count_line(line, actor=NOBODY, now=now())
