"""A county too large for a request is reckoned by the worker; the page shows its last answer and how far it is."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lueckenlos.core import clock
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.documents import chain_of, document_of
from lueckenlos.steering.chain.models import Calculation
from lueckenlos.steering.chain.selectors import calculations as reads
from lueckenlos.steering.chain.services import calculations

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kreis Düren as if it were too large for a request."""
    monkeypatch.setattr(reads, "LARGE", 100)
    yield
    reads._read.cache_clear()


def test_a_county_of_this_size_is_reckoned_in_the_request() -> None:
    assert not selectors.is_large()
    assert not calculations.follow(now=NOW)
    assert not Calculation.objects.exists()


def test_the_workers_answer_is_what_the_request_would_have_said(large: None) -> None:
    here = selectors.drawn()
    assert calculations.follow(now=NOW)
    there = selectors.drawn()
    assert there is not here and there is selectors.latest_calculation()
    assert document_of(there.chain) == document_of(here.chain)
    assert there.labels == here.labels


def test_nothing_is_reckoned_twice(large: None) -> None:
    assert [calculations.follow(now=NOW) for _ in range(2)] == [True, False]


def test_the_worker_says_how_far_it_is(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    true_calculate = calculate

    def listening(county: Any, *, as_of: Any, told: Callable[[float], object]) -> Any:
        def tell(done: float) -> None:
            told(done)
            running = selectors.running_calculation()
            heard.append(running.percent if running else -1)

        return true_calculate(county, as_of=as_of, told=tell)

    monkeypatch.setattr(calculations, "calculate", listening)
    calculations.follow(now=NOW)
    assert heard == sorted(heard) and len(heard) >= 3 and 0 < heard[0] < 100
    assert selectors.running_calculation() is None


def test_the_first_time_the_page_shows_progress_instead_of_waiting(large: None, signed_in: SignIn) -> None:
    Calculation.objects.create(version="x", day=clock.day_of(NOW), asked_at=NOW, done=0.4)
    page = signed_in("koordination").get("/kette/").content.decode()
    assert "Die Kette wird berechnet" in page and "40 % sind berechnet" in page


def test_later_the_page_shows_the_last_answer_and_that_a_new_one_is_on_its_way(
    large: None, signed_in: SignIn
) -> None:
    calculations.follow(now=NOW)
    Calculation.objects.create(version="x", day=clock.day_of(NOW), asked_at=NOW, done=0.4)
    page = signed_in("koordination").get("/kette/").content.decode()
    assert "Bis dahin sehen Sie den letzten Stand" in page and "Präventionskette" in page


def test_a_chain_comes_back_from_its_document_as_it_was() -> None:
    chain = selectors.drawn().chain
    assert document_of(chain_of(document_of(chain))) == document_of(chain)
