"""What every test of offers needs."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _one_factor(settings: object) -> None:
    """Whoever is signed in by a test has shown one factor alone."""
    settings.SECOND_FACTOR = "offered"  # type: ignore[attr-defined]
