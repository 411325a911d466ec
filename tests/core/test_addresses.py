"""Days, months and ways back that stand in an address: read before anybody reckons with them or follows them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from lueckenlos.core.addresses import back_in, day_in, month_in, words_in
from lueckenlos.core.forms import DayField, DaysField, MomentField

HOME = "/anfang/"


def posted(target: str) -> HttpRequest:
    return RequestFactory().post("/", {"next": target}, headers={"host": "testserver"})


def test_days_and_months_that_somebody_may_mean_are_read() -> None:
    assert day_in("2027-03-02") == date(2027, 3, 2)
    assert month_in("2027-03") == date(2027, 3, 1)


@pytest.mark.parametrize("text", ["", None, "morgen", "2026-02-31", "0001-01-01", "9999-12-31", "\x00"])
def test_what_is_no_day_or_too_far_off_is_none(text: str | None) -> None:
    assert day_in(text) is None
    assert month_in((text or "")[:7]) in {None, date(2026, 2, 1)}


@pytest.mark.parametrize("target", ["/kette/", "/suche/?q=Hilfe#oben"])
def test_a_page_of_this_house_is_gone_back_to(target: str) -> None:
    assert back_in(posted(target), "next", otherwise=HOME) == target


@pytest.mark.parametrize(
    "target", ["", "x", "portal:desk", "//anderswo.example", "https://anderswo.example/"]
)
def test_what_is_no_page_of_this_house_leads_home(target: str) -> None:
    assert back_in(posted(target), "next", otherwise=HOME) == HOME


@pytest.mark.parametrize(
    ("field", "text"),
    [(DayField(), "0026-11-30"), (MomentField(), "9999-12-31T23:59"), (DaysField(), "24.12.2026, 1.1.0027")],
)
def test_a_slip_in_the_year_is_said_with_the_year(field: forms.Field, text: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"Das Jahr (26|9999|27) kann nicht stimmen"):
        field.clean(text)


def test_words_are_cut_to_what_there_is_room_for() -> None:
    given = QueryDict("grund=++" + "ä" * 10_000 + "&leer=%00")
    assert words_in(given, "grund", longest=5) == "ä" * 5
    assert words_in(given, "leer", longest=5) == words_in(given, "fehlt", longest=5) == ""
