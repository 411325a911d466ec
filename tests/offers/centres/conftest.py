"""One family centre of two houses, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from tests.core.databases import past_the_wall
from tests.offers.centres.house import Together, lay


@pytest.fixture
def together(empty_database: str) -> Iterator[Together]:
    """A house that leads, one that belongs, one that is asked, and a stranger."""
    with past_the_wall(empty_database) as connection:
        yield lay(connection)


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    """An earlier request of this thread may have left its language behind."""
    with override("de"):
        yield
