"""How the house is set up at this moment: read, not remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

from lueckenlos.care.cases.out import archiving
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import TextView
from lueckenlos.config.retention import RULES
from lueckenlos.core import sms
from lueckenlos.kernels.pathways import Pathway

# Which tables PostgreSQL itself closes, and for which commands; the catalogue tells, not our memory.
_WALL: Final = """
SELECT c.relname, c.relforcerowsecurity, coalesce(string_agg(DISTINCT lower(p.cmd), ', '), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
LEFT JOIN pg_policies p ON p.schemaname = 'public' AND p.tablename = c.relname
WHERE c.relkind = 'r' AND c.relrowsecurity GROUP BY c.relname, c.relforcerowsecurity ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class InstalledPathway:
    """One pathway, and whether new cases begin on it."""

    pathway: Pathway
    is_on: bool
    is_seam_only: bool


@dataclass(frozen=True, slots=True)
class ClosedTable:
    """One table behind the wall."""

    name: str
    is_forced: bool
    commands: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One retention rule."""

    records: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that both documents are made of."""

    made_at: datetime
    county: str
    legal: dict[str, Any]
    pathways: tuple[InstalledPathway, ...]
    texts: tuple[TextView, ...]
    rules: tuple[Kept, ...]
    tables: tuple[ClosedTable, ...]
    archive: dict[str, Any]
    second_factor: str
    has_scanner: bool
    sends_messages: bool
    is_https: bool
    minimum_cell: int
    is_demo: bool

    @property
    def unforced(self) -> list[str]:
        """Closed tables that their owner could read past the policies: there must be none."""
        return [table.name for table in self.tables if not table.is_forced]


def read_facts(*, now: datetime) -> Facts:
    """Read the configuration as it is."""
    county = places.county()
    return Facts(
        made_at=now,
        county=county.name,
        legal=dict(county.settings.get("legal", {})),
        pathways=tuple(
            InstalledPathway(pathway, row.is_on, row.is_seam_only) for row, pathway in ways.all_newest()
        ),
        texts=tuple(privacy.texts(language="de")),
        rules=tuple(Kept(rule.records, rule.reason) for rule in RULES),
        tables=_tables(),
        archive=archiving.described(),
        second_factor=str(settings.SECOND_FACTOR),
        has_scanner=bool(settings.DOCUMENT_SCANNER),
        sends_messages=sms.is_configured(),
        is_https=bool(settings.SECURE),
        minimum_cell=int(county.settings.get("minimum_cell", 5)),
        is_demo=bool(settings.DEMO),
    )


def _tables() -> tuple[ClosedTable, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_WALL)
        return tuple(ClosedTable(*row) for row in cursor.fetchall())
