"""Fixtures that more than one room of care needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.care.kita import Kita, laid_kita, lay_places
from tests.core.databases import past_the_wall


@pytest.fixture
def kita(empty_database: str, tmp_path: Any, settings: Any) -> Iterator[Kita]:
    """A Kita, its adviser, a youth office."""
    settings.HOME = tmp_path
    settings.SECOND_FACTOR = "offered"
    with past_the_wall(empty_database) as connection, laid_kita(connection, folder=tmp_path) as laid:
        lay_places(laid)
        yield laid
