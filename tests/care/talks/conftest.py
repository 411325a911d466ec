"""The round table, for every test of talks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.care.talks.table import Table, lay
from tests.core.databases import past_the_wall


@pytest.fixture
def table(empty_database: str, settings: Any) -> Iterator[Table]:
    """Five offices, a series, a case."""
    settings.SECOND_FACTOR = "offered"
    with past_the_wall(empty_database) as connection:
        yield lay(connection)
