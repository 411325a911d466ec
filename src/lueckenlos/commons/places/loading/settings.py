"""Reads county.toml and crisis.toml: who the county is, in its own words."""

import re
import tomllib
import uuid
import zoneinfo
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from lueckenlos.commons.places.models import County
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, Row, Why, whole_text

_KEY: Final = re.compile(r"\d{5}")
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
NAMESPACES: Final = ("organizations", "services", "locations")


def read_settings(folder: Path, *, mistakes: Mistakes) -> dict[str, Any]:
    """The county's settings as they will be stored; `crisis` holds crisis.toml where there is one."""
    given = _toml(folder / "county.toml", mistakes=mistakes)
    if given is None:
        return {}
    row = Row("county.toml", 0, given, mistakes)
    row.key("key", form=_KEY, expected="fünf Ziffern")
    row.text("name", longest=120)
    row.integer("freshness_months", least=1, most=120)
    row.integer("minimum_cell", least=3, most=100)
    _languages(row)
    if "accent" in given:
        row.key("accent", form=_COLOR, expected="#rrggbb")
    _time_zone(row)
    row.maybe_date("demo_date")
    _namespaces(row)
    _map(row)
    if (folder / "crisis.toml").is_file():
        given["crisis"] = _toml(folder / "crisis.toml", mistakes=mistakes) or {}
    return given


def demo_day(folder: Path) -> date | None:
    """The day that a demo lives on, as its folder says; known before anything is loaded."""
    unsaid = Mistakes()
    return Row("county.toml", 0, read_settings(folder, mistakes=unsaid), unsaid).maybe_date("demo_date")


def write_county(settings: dict[str, Any], *, now: datetime) -> FileReport:
    """Store the settings; `loaded_at` moves with every load, so that every process sees the new places."""
    key, name = settings["key"], settings["name"]
    known = County.objects.filter(key=key).first()
    if known is None:
        County.objects.create(key=key, name=name, settings=settings, loaded_at=now)
        return FileReport("county.toml", added=1)
    same = known.settings == settings and known.name == name
    County.objects.filter(key=key).update(name=name, settings=settings, loaded_at=now)
    return FileReport("county.toml", unchanged=1) if same else FileReport("county.toml", changed=1)


def namespace_of(settings: dict[str, Any], *, entity: str) -> uuid.UUID:
    """The UUIDv5 namespace of one kind of entry; without one in the settings it follows from the county's key."""
    given = settings.get("namespaces", {}).get(entity)
    if given:
        return uuid.UUID(given)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://lueckenlos.example.org/{settings['key']}/{entity}")


def _toml(path: Path, *, mistakes: Mistakes) -> dict[str, Any] | None:
    text = whole_text(path, mistakes=mistakes)
    if text is None:
        return None
    try:
        read: dict[str, Any] = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        Row(path.name, 0, {}, mistakes).note("", Why.NOT_TOML, expected=str(error))
        return None
    return read


def _plain(value: Any) -> Any:
    """TOML knows days and times, JSON does not."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _languages(row: Row) -> None:
    for name in ("languages", "spoken_languages"):
        for language in row.listed(name):
            if not _LANGUAGE.fullmatch(language):
                row.note(name, Why.WRONG_FORM, expected="Sprachkürzel wie de, uk, de-x-plain")
    if not row.values.get("languages"):
        row.note("languages", Why.EMPTY)


def _time_zone(row: Row) -> None:
    name = row.words("time_zone")
    if name and name not in zoneinfo.available_timezones():
        row.note("time_zone", Why.WRONG_FORM, expected="Name wie Europe/Berlin")


def _namespaces(row: Row) -> None:
    given = row.values.get("namespaces", {})
    if not isinstance(given, dict):
        row.note("namespaces", Why.NOT_AN_OBJECT)
        return
    inner = Row(row.file, 0, given, row.mistakes)
    for name in given:
        if name not in NAMESPACES:
            inner.note(name, Why.NOT_ALLOWED, expected=", ".join(NAMESPACES))
            continue
        try:
            uuid.UUID(str(given[name]))
        except ValueError:
            inner.note(name, Why.WRONG_FORM, expected="eine UUID")


def _map(row: Row) -> None:
    given = row.values.get("map", {})
    if not isinstance(given, dict):
        row.note("map", Why.NOT_AN_OBJECT)
    elif "attribution" in given:
        Row(row.file, 0, given, row.mistakes).text("attribution", longest=300)
