"""Fixtures for all tests: the demo county is loaded, tests run as the application's role."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from tests import servers
from tests.browser.fixtures import browser, drawing_browser, house, violations, visitor, warmed

__all__ = ["browser", "drawing_browser", "house", "violations", "visitor", "warmed"]


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """No request of a test leaves its language behind for the next test of this thread."""
    translation.deactivate()
    yield
    translation.deactivate()


def _switch(url: str) -> None:
    from lueckenlos.config.house import connect_to

    connect_to(url)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One clone of the loaded county for each worker; `db` rolls every test back."""
    with servers.cloned() as url:
        with django_db_blocker.unblock():
            _switch(url)
        yield
        with django_db_blocker.unblock():
            connection.close()


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A clone of the loaded county for this test alone, with real commits; its address."""
    yield from _own(servers.TEMPLATE, django_db_blocker)


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The same for all tests of a file, which leave nothing behind that the next would see."""
    yield from _own(servers.TEMPLATE, django_db_blocker)


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A migrated database without a county, with real commits; its address."""
    yield from _own(servers.EMPTY, django_db_blocker)


def _own(template: str, blocker: Any) -> Iterator[str]:
    with blocker.unblock():
        before = dict(connection.settings_dict)
        with servers.cloned(template) as url:
            _switch(url)
            try:
                yield url
            finally:
                connection.close()
        connection.settings_dict.update(before)
        settings.DATABASES["default"].update(before)


@pytest.fixture
def owner_url(own_database: str) -> str:
    """The owner's address of this test's own database."""
    return servers.with_database(os.environ["TEST_OWNER_URL"], servers.database_of(own_database))
