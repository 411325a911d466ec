"""Reads and writes youth offices and groups of municipalities."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lueckenlos.commons.places.models import AreaGroup, YouthOffice
from lueckenlos.core.merging import FileReport, Merge, merge_rows, mirror_rows
from lueckenlos.core.tables import Mistakes, Row, RowMistake, Why, csv_rows

SLUG: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """A youth office or a group of municipalities as the folder has it."""

    key: str
    name: str
    ags: tuple[str, ...]
    more: tuple[str, ...]
    """Telephone, website, organization and team of an office; basis of a group."""


def read_youth_offices(path: Path, *, ags: Collection[str], mistakes: Mistakes) -> list[ReadGroup]:
    """The youth offices: every municipality has exactly one."""
    read, lines = [], dict[str, int]()
    served: dict[str, int] = {}
    for row in csv_rows(path, columns=("key", "name", "ags"), mistakes=mistakes):
        group = _group(row, "name", ags=ags, lines=lines)
        for area in group.ags:
            if area in served:
                mistakes.add(RowMistake(row.file, row.line, "ags", Why.TWICE, area, str(served[area])))
            served.setdefault(area, row.line)
        more = (
            row.words("phone", longest=40),
            row.words("website"),
            row.words("organization", longest=160),
            row.words("team", longest=120),
        )
        read.append(ReadGroup(group.key, group.name, group.ags, more))
    for area in sorted(set(ags) - set(served)) if read else ():
        mistakes.add(
            RowMistake(path.name, 0, "ags", Why.STILL_NEEDED, area, "jede Gemeinde hat ein Jugendamt")
        )
    return read


def read_area_groups(path: Path, *, ags: Collection[str], mistakes: Mistakes) -> list[ReadGroup]:
    """The groups of municipalities; a municipality may be in several."""
    read, lines = [], dict[str, int]()
    for row in csv_rows(path, columns=("key", "label_de", "ags", "basis"), mistakes=mistakes):
        group = _group(row, "label_de", ags=ags, lines=lines)
        read.append(ReadGroup(group.key, group.name, group.ags, (row.words("basis", longest=200),)))
    return read


def _group(row: Row, name: str, *, ags: Collection[str], lines: dict[str, int]) -> ReadGroup:
    key = row.key("key", form=SLUG, expected="Kleinbuchstaben, Ziffern und Bindestriche")
    if len(key) > 50:
        row.note("key", Why.TOO_LONG, expected="50")
    if key in lines:
        row.note("key", Why.TWICE, expected=str(lines[key]))
    lines.setdefault(key, row.line)
    areas = tuple(row.listed("ags", among=ags))
    if not areas:
        row.note("ags", Why.EMPTY)
    return ReadGroup(key, row.text(name, longest=120), areas, ())


def write_groups(offices: Sequence[ReadGroup], groups: Sequence[ReadGroup]) -> list[FileReport]:
    """Bring both to this state, with their municipalities."""
    first = merge_rows(
        YouthOffice,
        ("key", "name", "phone", "website", "organization", "team"),
        [(office.key, office.name, *office.more) for office in offices],
        key=["key"],
    )
    members = mirror_rows(
        YouthOffice.municipalities.through,
        ("youthoffice_id", "municipality_id"),
        [(office.key, area) for office in offices for area in office.ags],
        key=("youthoffice_id", "municipality_id"),
    )
    ended = YouthOffice.objects.exclude(key__in=[office.key for office in offices]).delete()[0]
    second = merge_rows(
        AreaGroup,
        ("key", "name", "basis"),
        [(group.key, group.name, group.more[0]) for group in groups],
        key=["key"],
    )
    joined = mirror_rows(
        AreaGroup.municipalities.through,
        ("areagroup_id", "municipality_id"),
        [(group.key, area) for group in groups for area in group.ags],
        key=("areagroup_id", "municipality_id"),
    )
    left = AreaGroup.objects.exclude(key__in=[group.key for group in groups]).delete()[0]
    return [
        _report("youth_offices.csv", rows=first, members=members, gone=ended),
        _report("area_groups.csv", rows=second, members=joined, gone=left),
    ]


def _report(file: str, *, rows: Merge, members: Merge, gone: int) -> FileReport:
    """A group whose municipalities alone changed counts as changed."""
    moved = members.added + members.gone
    touched = rows.changed or min(rows.unchanged, moved if not rows.added else 0)
    return FileReport(file, rows.added, touched, rows.unchanged - (touched - rows.changed), gone)
