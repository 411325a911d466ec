"""Reads and writes what services are sorted by: phases.csv, fields.csv and kinds.csv."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from psycopg.types.json import Jsonb

from lueckenlos.commons.directory.models import ActionField, Kind, LifePhase, Service
from lueckenlos.commons.directory.types import PLAIN
from lueckenlos.core.merging import FileReport, Merge, merge_rows
from lueckenlos.core.tables import Mistakes, Row, Why, csv_rows

_SLUG: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
INTENSITIES: Final = (
    "information",
    "one_off",
    "open_meeting",
    "course",
    "counselling",
    "accompaniment",
    "institution",
    "duty_or_cash",
    "professional",
)


@dataclass(frozen=True, slots=True)
class CatalogKeys:
    """The keys that other files of the folder may name; phases are in their order."""

    phases: tuple[str, ...]
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    reports: tuple[FileReport, ...] = ()


def load_catalog(folder: Path, *, mistakes: Mistakes) -> CatalogKeys:
    """Bring the three tables to the folder's state; what is no longer in it stays until `remove_unused`."""
    # Keys of rows that do not fit count as known: one mistake is not told again by every service.
    named: tuple[dict[str, int], ...] = ({}, {}, {})
    phases = _read_phases(folder / "phases.csv", lines=named[0], mistakes=mistakes)
    fields = _read_fields(folder / "fields.csv", lines=named[1], mistakes=mistakes)
    kinds = _read_kinds(folder / "kinds.csv", lines=named[2], mistakes=mistakes)
    keys = CatalogKeys(tuple(named[0]), tuple(named[1]), tuple(named[2]))
    if mistakes:
        return keys
    columns = ("key", "label", "labels", "age_from", "age_to", "decay_km", "position")
    reports = (
        _report(
            "phases.csv",
            merge_rows(LifePhase, columns, phases, key=["key"]),
            gone=_unused_phases(keys).count(),
        ),
        _report(
            "fields.csv",
            merge_rows(ActionField, ("key", "label", "labels", "position"), fields, key=["key"]),
            gone=_unused_fields(keys).count(),
        ),
        _report(
            "kinds.csv",
            merge_rows(Kind, ("key", "label", "intensity", "usual_max"), kinds, key=["key"]),
            gone=_unused_kinds(keys).count(),
        ),
    )
    return CatalogKeys(keys.phases, keys.fields, keys.kinds, reports)


def remove_unused(keys: CatalogKeys) -> None:
    """Delete phases, fields and kinds that the folder no longer has and no entry uses.

    What an entry made in the house still uses stays, so that nothing loses its place unseen.
    """
    for rows in (_unused_phases(keys), _unused_fields(keys), _unused_kinds(keys)):
        rows.delete()


def _unused_phases(keys: CatalogKeys) -> Any:
    bridging = Service.objects.filter(Q(bridge_from=OuterRef("pk")) | Q(bridge_to=OuterRef("pk")))
    listed = Service.phases.through.objects.filter(lifephase=OuterRef("pk"))
    return LifePhase.objects.exclude(key__in=keys.phases).exclude(Exists(listed)).exclude(Exists(bridging))


def _unused_fields(keys: CatalogKeys) -> Any:
    listed = Service.fields.through.objects.filter(actionfield=OuterRef("pk"))
    return ActionField.objects.exclude(key__in=keys.fields).exclude(Exists(listed))


def _unused_kinds(keys: CatalogKeys) -> Any:
    return Kind.objects.exclude(key__in=keys.kinds).exclude(
        Exists(Service.objects.filter(kind=OuterRef("pk")))
    )


def _report(file: str, merge: Merge, *, gone: int) -> FileReport:
    return FileReport(file, merge.added, merge.changed, merge.unchanged, gone)


def _read_phases(path: Path, *, lines: dict[str, int], mistakes: Mistakes) -> list[tuple[Any, ...]]:
    read: list[tuple[Any, ...]] = []
    for row in csv_rows(
        path, columns=("key", "label_de", "age_from", "age_to", "decay_km"), mistakes=mistakes
    ):
        key, label = _key(row, longest=50, lines=lines), row.text("label_de", longest=120)
        age_from, age_to = (
            row.number("age_from", least=-1, most=100),
            row.number("age_to", least=-1, most=100),
        )
        decay = row.number("decay_km", least=0.1, most=1000)
        if row.fits and age_to <= age_from:
            row.note("age_to", Why.OUT_OF_RANGE, expected=f"mehr als {age_from:g}")
        if row.fits:
            read.append((key, label, _labels(row), age_from, age_to, decay, len(read)))
    return read


def _read_fields(path: Path, *, lines: dict[str, int], mistakes: Mistakes) -> list[tuple[Any, ...]]:
    read: list[tuple[Any, ...]] = []
    for row in csv_rows(path, columns=("key", "label_de"), mistakes=mistakes):
        key, label = _key(row, longest=40, lines=lines), row.text("label_de", longest=120)
        if row.fits:
            read.append((key, label, _labels(row), len(read)))
    return read


def _labels(row: Row) -> Jsonb:
    """The words of other languages, from the columns that a county added: label_en, label_plain …"""
    columns = [name for name in row.values if name.startswith("label_") and name != "label_de"]
    labels = {name.removeprefix("label_"): row.words(name, longest=120) for name in columns}
    return Jsonb(
        {PLAIN if language == "plain" else language: text for language, text in labels.items() if text}
    )


def _read_kinds(path: Path, *, lines: dict[str, int], mistakes: Mistakes) -> list[tuple[Any, ...]]:
    read: list[tuple[Any, ...]] = []
    for row in csv_rows(path, columns=("key", "label_de", "intensity", "usual_max"), mistakes=mistakes):
        key, label = _key(row, longest=60, lines=lines), row.text("label_de", longest=200)
        intensity = row.choice("intensity", among=INTENSITIES)
        usual = row.integer("usual_max", most=1_000_000)
        if row.fits:
            read.append((key, label, intensity, usual))
    return read


def _key(row: Row, *, longest: int, lines: dict[str, int]) -> str:
    key = row.key("key", form=_SLUG, expected="Kleinbuchstaben, Ziffern, Binde- und Unterstriche")
    if len(key) > longest:
        row.note("key", Why.TOO_LONG, expected=str(longest))
    if key in lines:
        row.note("key", Why.TWICE, expected=str(lines[key]))
    lines.setdefault(key, row.line)
    return key
