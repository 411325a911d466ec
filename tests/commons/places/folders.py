"""County folders for tests: the demo county with something changed in it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.servers import COUNTY


def copied(tmp_path: Path) -> Path:
    """A copy of the demo county's folder."""
    folder = tmp_path / "county"
    shutil.copytree(COUNTY, folder)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_areas(folder: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the features of the municipalities."""
    path = folder / "municipalities.geojson"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["features"])
    path.write_text(json.dumps(document), encoding="utf-8")


def edit_service(folder: Path, key: str, **changes: Any) -> None:
    """Change one service's line."""
    lines = services(folder)
    found = [line for line in lines if line["id"] == key]
    assert found, f"{key} is not in the folder"
    found[0].update(changes)
    write_services(folder, lines)


def services(folder: Path) -> list[dict[str, Any]]:
    """The lines of services.jsonl."""
    text = (folder / "services.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write_services(folder: Path, lines: list[dict[str, Any]]) -> None:
    """Write services.jsonl anew."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "services.jsonl").write_text(text, encoding="utf-8")
