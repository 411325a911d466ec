"""The demo county as the calculations see it, read from its folder without Django."""

import csv
import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lueckenlos.kernels.chain.types import (
    Areas,
    Basis,
    County,
    Ints,
    Kind,
    Phase,
    Service,
    Serving,
    Settings,
    Site,
    Target,
)
from lueckenlos.kernels.geometry import many_to_metres, to_metres

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "counties" / "dueren"
PLANTED = ROOT.parent / "shared" / "data" / "finder" / "planted.json"
AS_OF = date(2026, 11, 1)
AGES = 100
BASIC = frozenset(tomllib.loads((FOLDER / "county.toml").read_text(encoding="utf-8"))["chain"]["basic_kinds"])
"""Kinds that the county marks as basic."""
WEEK = ("mo", "di", "mi", "do", "fr", "sa", "so")
WORDS = {
    "mo": 0, "montag": 0, "montags": 0, "di": 1, "dienstag": 1, "dienstags": 1, "mi": 2, "mittwoch": 2,
    "mittwochs": 2, "do": 3, "donnerstag": 3, "donnerstags": 3, "fr": 4, "freitag": 4, "freitags": 4, "sa": 5,
    "samstag": 5, "samstags": 5, "so": 6, "sonntag": 6, "sonntags": 6,
}  # fmt: skip
RANGE = re.compile(r"\b(mo|di|mi|do|fr|sa|so)\s*[–-]\s*(mo|di|mi|do|fr|sa|so)\b")


def rows(name: str, *, folder: Path = FOLDER) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def dueren(folder: Path = FOLDER) -> County:
    """The county with what its folder holds."""
    phases = tuple(
        Phase(row["key"], float(row["age_from"]), float(row["age_to"]), float(row["decay_km"]))
        for row in rows("phases.csv", folder=folder)
    )
    kinds = {
        row["key"]: Kind(row["key"], row["intensity"], int(row["usual_max"]), row["key"] in BASIC)
        for row in rows("kinds.csv", folder=folder)
    }
    with (folder / "services.jsonl").open(encoding="utf-8") as lines:
        services = tuple(service(json.loads(line)) for line in lines if line.strip())
    return County(
        areas=areas(folder),
        phases=phases,
        fields=tuple(row["key"] for row in rows("fields.csv", folder=folder)),
        kinds=kinds,
        services=services,
        targets=tuple(target(row) for row in rows("targets.csv", folder=folder)),
        indicators=indicators(folder),
        settings=Settings(group_languages={"tr": 0.09, "ar": 0.06, "uk": 0.05, "ru": 0.02}),
    )


def areas(folder: Path) -> Areas:
    population = rows("population.csv", folder=folder)
    newest = max(row["year"] for row in population)
    keys = tuple(sorted({row["ags"] for row in population}))
    index = {key: at for at, key in enumerate(keys)}
    persons = np.zeros((len(keys), AGES))
    for row in population:
        if row["year"] == newest:
            persons[index[row["ags"]], int(row["age"])] = float(row["persons"])
    places = [
        (row["ags"], float(row["lon"]), float(row["lat"]), float(row["einwohner_geonames"] or 0))
        for row in rows("villages.csv", folder=folder) if row["ags"] in index and row["lat"]
    ]  # fmt: skip
    basis = [Basis.VILLAGES] * len(keys)
    for at, key in enumerate(keys):
        if key not in {place[0] for place in places}:
            basis[at] = Basis.POSTCODES
            places += [
                (key, float(row["lon"]), float(row["lat"]), 0.0)
                for row in rows("postcodes.csv", folder=folder) if row["ags"] == key
            ]  # fmt: skip
    homes: Ints = np.array([index[place[0]] for place in places], dtype=np.int64)
    metres = many_to_metres([place[1] for place in places], [place[2] for place in places])
    return Areas(
        keys, persons, homes, np.array(metres), np.array([place[3] for place in places]), tuple(basis)
    )


def service(given: dict[str, Any]) -> Service:
    place = given["location"]
    serving = {"eltern": Serving.PARENTS, "fachkraefte": Serving.PROFESSIONALS}
    ends = sorted(each["until"] for each in given["funding"] or () if each["until"])
    return Service(
        key=given["id"],
        name=given["name"],
        organization=given["organization"],
        kind=given["kind"],
        phases=tuple(given["life_phases"]),
        fields=tuple(given["fields"]),
        age_min=given["age_min"],
        age_max=given["age_max"],
        serving=serving.get(given["audience"], Serving.CHILDREN),
        travels=given["format"] != "vor_ort",
        sites=(site(place),) if place else (),
        catchment=None if given["catchment"] == "kreis" else frozenset(given["catchment"]),
        capacity=given["capacity"],
        is_active=given.get("status", "active") == "active",
        valid_to=day(given.get("valid_to")),
        verified_on=day(given["verified_on"]),
        languages=frozenset(given["languages"]),
        accessible=given["accessible"],
        is_free=given["fee"].casefold().startswith("kostenlos"),
        waiting_weeks=given["waiting_weeks"],
        funding_ends=day(ends[0]) if ends else None,
        bridge=tuple(given["bridges"]) if given["bridges"] else None,
        weekdays=weekdays(given["schedule"] or ""),
        text=given["description"],
    )


def site(place: dict[str, Any]) -> Site:
    x, y = to_metres(place["lon"], place["lat"])
    return Site(x, y, place["ags"], place["city"], place["street"])


def weekdays(words: str) -> frozenset[int]:
    """The days of the week that a schedule's words name."""
    plain = words.casefold()
    named = {WORDS[word] for word in re.findall(r"[a-zäöü]+", plain) if word in WORDS}
    for begin, end in RANGE.findall(plain):
        named |= set(range(WEEK.index(begin), WEEK.index(end) + 1))
    return frozenset(named)


def target(row: dict[str, str]) -> Target:
    phase, _, to = row["phase"].partition(">")
    return Target(
        phase=phase,
        field=row["field"],
        places_per_100=float(row["places_per_100"]),
        area=None if row["ags"] == "05358" else row["ags"],
        to=to or None,
        is_essential=row["essential"] == "1",
        need_indicator=row["need_indicator"] or None,
        intensities=frozenset(row["intensities"].split()),
    )


def indicators(folder: Path) -> dict[str, dict[str, float]]:
    """The latest value of each indicator by area."""
    latest: dict[str, dict[str, float]] = {}
    for row in sorted(rows("indicators.csv", folder=folder), key=lambda each: each["year"]):
        if row["value"]:
            latest.setdefault(row["indicator"], {})[row["ags"]] = float(row["value"])
    return latest


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def planted(kind: str) -> list[Any]:
    found: Iterable[Any] = json.loads(PLANTED.read_text(encoding="utf-8"))[kind]
    return list(found)
