"""What the places hand to other rooms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class CountyInfo:
    """The county with the settings that pages and deeds need."""

    key: str
    name: str
    accent: str = "#0f6b6b"
    languages: tuple[str, ...] = ("de",)
    freshness_months: int = 12
    minimum_cell: int = 5
    demo_date: date | None = None
    settings: dict[str, Any] = field(default_factory=dict)
