"""One payer, two who hand vouchers out and one club, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.core.databases import past_the_wall
from tests.offers.vouchers.house import Office, lay


@pytest.fixture
def office(empty_database: str) -> Iterator[Office]:
    """Ten vouchers of 40 euros for a whole course of sport."""
    with past_the_wall(empty_database) as connection:
        yield lay(connection)


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    """An earlier request of this thread may have left its language behind."""
    with override("de"):
        yield
