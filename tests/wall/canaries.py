"""A word that nobody writes, planted wherever somebody's words are kept; and what the house says to everybody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from psycopg import sql

from tests.house.fences import our_tables
from tests.house.pages import SERVICE
from tests.house.test_fences import PUBLIC

CANARY: Final = "kanarie7"
CLOSED: Final = [table for table in our_tables() if getattr(table, "closed", False)]
# What an address is asked with where it takes something; a key of the family takes the place of every uuid.
GIVEN: Final = {
    "key": SERVICE,
    "section": "angebote",
    "code": "CCCCCCCCCCCC",
    "token": "nichts",
    "link": "nichts",
    "provider_id": "bundid",
    "uidb36": "1",
    "pk": "1",
}
ASKED: Final = {
    "finder:search": ("?q=Hilfe&ort=D%C3%BCren", "?q=Mein+Kind+schl%C3%A4ft+nicht&einfach=1"),
    "finder:alert": ("?q=Schwimmkurs",),
}


def text_columns(table: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Columns in which people write; keys, states and kinds are no words."""
    for field in table._meta.concrete_fields:
        holds = field.base_field if isinstance(field, ArrayField) else field
        if isinstance(holds, models.JSONField) or (
            isinstance(holds, models.CharField | models.TextField)
            and not holds.choices
            and not field.primary_key
            and (holds.max_length or 99) >= len(CANARY)
        ):
            yield field


def plant(superuser: psycopg.Connection[Any], tables: list[type[models.Model]]) -> dict[str, int]:
    """Write the word into every such column of every row, past triggers; how many rows took it, by column."""
    superuser.execute("SET session_replication_role = replica")
    found = {}
    for table in tables:
        for field in text_columns(table):
            name = f"{table._meta.db_table}.{field.column}"
            found[name] = _written(superuser, table._meta.db_table, field)
    return found


def _written(superuser: psycopg.Connection[Any], table: str, field: models.Field[Any, Any]) -> int:
    value: sql.Composable = sql.Literal(CANARY)
    if isinstance(field, ArrayField):
        value = sql.SQL("ARRAY[{}]").format(value)
    elif isinstance(field, models.JSONField):
        value = sql.SQL("""jsonb_build_object('text', {}::text)""").format(value)
    names = sql.Identifier(table), sql.Identifier(str(field.column))
    everywhere = sql.SQL("UPDATE {0} SET {1} = {2}").format(*names, value)
    # Where each row must have its own, one of them is enough.
    once = everywhere + sql.SQL(" WHERE ctid = (SELECT min(ctid) FROM {})").format(names[0])
    for statement in (everywhere, once):
        try:
            return superuser.execute(statement).rowcount
        except (psycopg.errors.UniqueViolation, psycopg.errors.CheckViolation):
            continue
    return 0


def public_addresses(key: object) -> list[str]:
    """Every address on the public list, with something in every place."""
    found = []
    for name, pattern in _named(get_resolver()):
        if name in PUBLIC:
            parameters = {
                each: key if isinstance(kind, UUIDConverter) else _given(each, key)
                for each, kind in _parameters(pattern).items()
            }
            url = reverse(name, kwargs=parameters)
            found += [url, *(url + query for query in ASKED.get(name, ()))]
    return found


def _named(resolver: URLResolver, *, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _named(each, room=f"{room}{each.namespace}:" if each.namespace else room)
        else:
            yield f"{room}{each.name}", each


def _parameters(pattern: URLPattern) -> dict[str, object]:
    regex = getattr(pattern.pattern, "regex", None)
    named = dict.fromkeys(regex.groupindex) if regex is not None else {}
    return {**named, **pattern.pattern.converters}


def _given(parameter: str, key: object) -> object:
    """An identifier of the open interface is no converter's: it takes the family's key, too."""
    return GIVEN.get(parameter) or key


def said(answer: Any) -> str:
    """Everything that an answer carries, unpacked: files in archives, folded lines of calendars, headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    text = body.decode("utf-8", "replace").replace("\r\n ", "")
    return f"{answer.headers}\n{text}".lower()


def listed(client: Client, page: str) -> Iterator[str]:
    """The addresses of single entries that a list of the open interface names."""
    for each in client.get(page).json().get("contents", [])[:3]:
        yield f"{page}/{each['id']}"
