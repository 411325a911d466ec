"""What is kept for how long: each room states its rules, one command shows and carries them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RetentionRule:
    """One class of record with its reason; `due` counts what would go, `erase` lets it go and counts it."""

    table: str
    records: str
    reason: str
    due: Callable[[datetime], int]
    erase: Callable[[datetime], int]
