"""One centre with one programme, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.databases import past_the_wall
from tests.offers.programmes.house import Centre, lay


@pytest.fixture
def centre(empty_database: str) -> Iterator[Centre]:
    """Three places, a month ahead."""
    with past_the_wall(empty_database) as connection:
        yield lay(connection)
