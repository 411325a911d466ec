"""A county laid out once for all probes of a file: each probe is undone, so they do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from tests import servers
from tests.conftest import _own
from tests.core.databases import past_the_wall
from tests.wall.machine import begin
from tests.wall.play import Play, Tally


@contextmanager
def laid_out(blocker: Any, *, pick: int = 7) -> Iterator[Play]:
    """A county in a database of its own."""
    with contextmanager(_own)(servers.EMPTY, blocker) as url, past_the_wall(url) as past:
        made = Play(url, past, tally=Tally())
        begin(made, Random(pick))
        try:
            yield made
        finally:
            made.close()


@pytest.fixture(scope="module")
def play(django_db_setup: None, django_db_blocker: Any) -> Iterator[Play]:
    """The county of this file."""
    with laid_out(django_db_blocker) as made:
        yield made
