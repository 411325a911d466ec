"""Brings the house up: database and login check; every command that reads or writes begins here."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection

from lueckenlos.commons.places import selectors as places
from lueckenlos.config.environment import Environment, read_environment
from lueckenlos.config.settings import database
from lueckenlos.core import clock
from lueckenlos.core.embedded import Cluster, Login
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.login_check import check_login


@contextmanager
def opened() -> Iterator[Environment]:
    """The application's connection to the environment's database, or to the embedded one while it runs."""
    environment = read_environment()
    if environment.database_url is not None:
        connect_to(environment.database_url)
        check_login(connection)
        _hold_demo_day(environment)
        yield environment
        return
    with Cluster(environment.home, port=environment.database_port).running() as server:
        connect_to(server.app_url)
        check_login(connection)
        _hold_demo_day(environment)
        try:
            yield environment
        finally:
            connection.close()


@contextmanager
def opened_as_owner() -> Iterator[Environment]:
    """The owner's connection, for migrations alone."""
    environment = read_environment()
    if environment.database_url is not None:
        connect_to(environment.migrate_database_url or environment.database_url)
        yield environment
        return
    with Cluster(environment.home, port=environment.database_port).running() as server:
        connect_to(server.owner_url)
        try:
            yield environment
        finally:
            connection.close()


@contextmanager
def address_of(login: Login, *, given: str | None, missing: type[StatedFailure]) -> Iterator[str]:
    """Another login's address: the embedded database's own, else the one given; without it say what is missing."""
    environment = read_environment()
    if environment.database_url is None:
        with Cluster(environment.home, port=environment.database_port).running() as server:
            yield server.url(login)
    elif given is None:
        raise missing
    else:
        yield given


def _hold_demo_day(environment: Environment) -> None:
    if environment.demo:
        with suppress(DatabaseError):
            clock.hold_day(places.county().demo_date)


def connect_to(url: str) -> None:
    """Point Django's one connection at a database."""
    connection.close()
    described = database(url)
    settings.DATABASES["default"].update(described)
    connection.settings_dict.update(described)
