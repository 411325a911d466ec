"""The people of a demo county, named by role, read from `people.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lueckenlos.core.actor import Role, ScopeKind
from lueckenlos.core.failure import StatedFailure


@dataclass(frozen=True)
class Person:
    """One sign-in of the demo."""

    role: Role
    name: str
    email: str
    scope_kind: ScopeKind
    scope: str
    team: str = ""
    leads: bool = False


People = tuple[Person, ...]


class PeopleMistake(StatedFailure):
    """A person in the file cannot be used."""

    def __init__(self, path: Path, number: int, why: str) -> None:
        super().__init__(f"{path}, Person {number}: {why}")


def read_people(path: Path) -> People:
    """Every person of the file, or a sentence that names the first mistake."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("person", [])
    return tuple(_person(path, number, row) for number, row in enumerate(rows, start=1))


def _person(path: Path, number: int, row: dict[str, Any]) -> Person:
    missing = [name for name in ("role", "name", "email", "scope_kind", "scope") if name not in row]
    if missing:
        raise PeopleMistake(path, number, f"Es fehlt {', '.join(missing)}.")
    try:
        return Person(
            role=Role(row["role"]),
            name=row["name"],
            email=row["email"],
            scope_kind=ScopeKind(row["scope_kind"]),
            scope=row["scope"],
            team=row.get("team", ""),
            leads=bool(row.get("leads", False)),
        )
    except ValueError as error:
        raise PeopleMistake(path, number, f"{error}. Erlaubt sind die Rollen {', '.join(Role)}.") from error
