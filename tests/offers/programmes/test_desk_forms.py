"""What planners type: prices, exceptions, a distance of weeks; what cannot be read is said back to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lueckenlos.core import clock
from lueckenlos.offers.programmes.forms.dates import DatesForm
from lueckenlos.offers.programmes.forms.desk import ProgrammeForm
from lueckenlos.offers.programmes.types import Fare

pytestmark = pytest.mark.usefixtures("empty_database")
MONDAY = date(2027, 2, 22)


def dates(**given: Any) -> DatesForm:
    """A form of dates, on Mondays at four."""
    first = clock.real_today()
    day = max(MONDAY, first + timedelta(days=(7 - first.weekday()) % 7 + 7))
    return DatesForm({"day": day.isoformat(), "begins": "16:00", "ends": "17:00", "times": "3", **given})


def days(form: DatesForm) -> list[date]:
    """The days of the form's dates."""
    assert form.is_valid(), form.errors
    return [clock.day_of(starts) for starts, _ends in form.to_dates()]


def test_what_is_left_out_is_made_up_for() -> None:
    plain = days(dates())
    gone = plain[1]
    found = days(dates(not_on=f"{gone.day}.{gone.month}.{gone.year}"))
    assert gone not in found
    assert len(found) == 3
    assert found[-1] > plain[-1]


def test_every_second_week() -> None:
    first, second, _third = days(dates(weeks="2"))
    assert (second - first).days % 14 == 0


@pytest.mark.parametrize("typed", ["29.2.2027", "morgen", "32.1.2027", "1.2"])
def test_a_day_that_is_none_is_named(typed: str) -> None:
    form = dates(not_on=typed)
    assert not form.is_valid()
    assert typed in str(form.errors["not_on"])


def programme(**given: Any) -> ProgrammeForm:
    """A form that is right but for what is given."""
    return ProgrammeForm(
        {
            "kind": "course", "title": "Kurs", "comes": "child", "format": "online", "most_together": "2",
            "answer_hours": "48", **given,
        }
    )  # fmt: skip


def test_prices_are_read_as_people_write_them() -> None:
    form = programme(fares="Kind 12,50 €\nKind mit Familienkarte 6\n\nErwachsene 3.00 Euro")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["fares"] == (
        Fare("Kind", 1250), Fare("Kind mit Familienkarte", 600), Fare("Erwachsene", 300),
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["umsonst", "12,50", "Kind -3", "Kind 5\nkind 6"])
def test_a_line_that_is_no_price_is_said_back(typed: str) -> None:
    assert "fares" in programme(fares=typed).errors
