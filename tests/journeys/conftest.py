"""Journeys use the browser and the running house of tests/browser."""

from tests.browser.conftest import browser, house, violations, visitor

__all__ = ["browser", "house", "violations", "visitor"]
