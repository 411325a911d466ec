"""Reads targets.csv, and follows it with new wordings where it says something else than before."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, Row, Why, csv_rows
from lueckenlos.steering.chain.models import TargetRevision
from lueckenlos.steering.chain.types import CellKey

COLUMNS = ("ags", "phase", "field", "places_per_100", "essential", "need_indicator", "intensities", "basis")
SAID = ("places_per_100", "is_essential", "need_indicator", "intensities", "basis")
MOST_PLACES = 10_000.0


def read_targets(
    path: Path,
    *,
    areas: Collection[str],
    phases: Collection[str],
    fields: Collection[str],
    indicators: Collection[str],
    intensities: Collection[str],
    mistakes: Mistakes,
) -> list[TargetRevision]:
    """Places per hundred children by area, phase and field, or by seam (`kita>grundschule`, no field)."""
    read: list[TargetRevision] = []
    lines: dict[CellKey, int] = {}
    for row in csv_rows(path, columns=COLUMNS, mistakes=mistakes):
        area = row.choice("ags", among=areas)
        phase, to = _phase_or_seam(row, phases=phases)
        field = "" if to else row.choice("field", among=fields)
        target = TargetRevision(
            area=area,
            phase=phase,
            field=field,
            to=to,
            places_per_100=row.number("places_per_100", least=0.001, most=MOST_PLACES),
            is_essential=row.maybe_flag("essential") or False,
            need_indicator=row.choice("need_indicator", among=indicators, default=""),
            intensities=row.listed("intensities", among=intensities),
            basis=row.text("basis", longest=300),
            from_folder=True,
        )
        key = CellKey(area, phase, field, to)
        if row.fits and key in lines:
            row.note("phase", Why.TWICE, expected=str(lines[key]))
        lines.setdefault(key, row.line)
        if row.fits:
            read.append(target)
    return read


def write_targets(targets: Sequence[TargetRevision], *, now: datetime) -> FileReport:
    """Append a wording where the folder says something new; what was set in the house is held."""
    latest = {_key(row): row for row in _latest()}
    wanted = {_key(row): row for row in targets}
    new, held, added, changed, gone = [], [], 0, 0, 0
    for key, row in wanted.items():
        there = latest.get(key)
        if there is not None and not there.from_folder:
            held.append(key.subject)
        elif there is None or there.places_per_100 is None:
            added += 1
            new.append(row)
        elif any(getattr(there, name) != getattr(row, name) for name in SAID):
            changed += 1
            new.append(row)
    for key, there in latest.items():
        if key not in wanted and there.from_folder and there.places_per_100 is not None:
            gone += 1
            new.append(
                TargetRevision(area=key.area, phase=key.phase, field=key.field, to=key.to, from_folder=True)
            )
    for row in new:
        row.known_at = now
    TargetRevision.objects.bulk_create(new)
    unchanged = len(wanted) - added - changed - len(held)
    return FileReport("targets.csv", added, changed, unchanged, gone, tuple(held))


def _latest() -> Sequence[TargetRevision]:
    rows = TargetRevision.objects.order_by("area", "phase", "field", "to", "-known_at", "-id")
    return list(rows.distinct("area", "phase", "field", "to"))


def _key(row: TargetRevision) -> CellKey:
    return CellKey(row.area, row.phase, row.field, row.to)


def _phase_or_seam(row: Row, *, phases: Collection[str]) -> tuple[str, str]:
    value = row.text("phase", longest=101)
    phase, _sign, to = value.partition(">")
    if value and (phase not in phases or (to or phase) not in phases):
        row.note("phase", Why.UNKNOWN_KEY)
    return phase, to
