"""One course with two centres, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail as outbox
from django.utils.translation import override

from tests.core.databases import past_the_wall
from tests.offers.courses.house import Centre, lay


@pytest.fixture
def centre(empty_database: str) -> Iterator[Centre]:
    """A published course with three codes."""
    with past_the_wall(empty_database) as connection:
        laid = lay(connection)
        outbox.outbox.clear()
        yield laid


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    """An earlier request of this thread may have left its language behind."""
    with override("de"):
        yield
