"""The last time that the audit chains were verified from the desk, kept beside the seals."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from lueckenlos.core import audit

_FILE: Final = "audit-verified.json"


@dataclass(frozen=True, slots=True)
class Verified:
    """When, how much was read, and what broke."""

    at: str
    entries: int
    chains: int
    seals: int
    breaks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Nothing was found."""
        return not self.breaks

    @property
    def when(self) -> datetime:
        """The moment of it."""
        return datetime.fromisoformat(self.at)


def verify(*, now: datetime) -> Verified:
    """Read every chain from its start, and keep the result."""
    result = audit.verify_audit()
    told = [f"{each.chain} {each.sequence}: {each.fault.value}" for each in result.breaks]
    told += [f"Siegel nicht von hier: {Path(seal).name}" for seal in result.false_seals]
    found = Verified(now.isoformat(), result.entries, len(result.verdicts), result.seals, tuple(told))
    _path().write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    return found


def last() -> Verified | None:
    """The last result, if there was one."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
        return Verified(kept["at"], kept["entries"], kept["chains"], kept["seals"], tuple(kept["breaks"]))
    except (OSError, ValueError, KeyError):
        return None


def _path() -> Path:
    return Path(settings.HOME) / _FILE
