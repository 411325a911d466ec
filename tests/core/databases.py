"""Connections for tests of the wall: the same database as the application, as its owner, and past the wall."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests import servers


def superuser_url(app_url: str) -> str:
    """The superuser's address of the application's database."""
    return servers.with_database(os.environ["TEST_SUPERUSER_URL"], servers.database_of(app_url))


def owner_url(app_url: str) -> str:
    """The owner's address of the application's database."""
    return servers.with_database(os.environ["TEST_OWNER_URL"], servers.database_of(app_url))


@contextmanager
def past_the_wall(app_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection: what somebody with the keys of the machine could do."""
    with psycopg.connect(superuser_url(app_url), autocommit=True) as connection:
        yield connection


@contextmanager
def as_owner(app_url: str) -> Iterator[psycopg.Connection[Any]]:
    """The connection that migrations use."""
    with psycopg.connect(owner_url(app_url), autocommit=True) as connection:
        yield connection
