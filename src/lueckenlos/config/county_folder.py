"""Loads a county's folder: each room's own loader in turn, in one transaction, all of it or nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.commons.directory import loading as directory
from lueckenlos.commons.directory.loading.services import Namespaces
from lueckenlos.commons.places import loading as places
from lueckenlos.commons.places import selectors as known_places
from lueckenlos.commons.places.loading.settings import namespace_of
from lueckenlos.commons.privacy.loading import load_consent_texts
from lueckenlos.core import clock, locking
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, RowMistake, Why
from lueckenlos.offers.finder.loading import load_finder
from lueckenlos.steering.chain.loading import load_chain


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What a load changed, file by file; with mistakes nothing was changed."""

    reports: tuple[FileReport, ...]
    mistakes: Mistakes


class _Undo(Exception):
    """Rolls the transaction back."""


def load_county(folder: Path, *, now: datetime, taken: Collection[str] = ()) -> FolderReport:
    """Bring the house to the folder's state, or change nothing where something in it does not fit.

    `taken` are keys of services that were edited in the house and shall follow the folder nonetheless.
    """
    report = FolderReport((), Mistakes())
    try:
        with transaction.atomic():
            locking.take_time()
            report = _load(folder, now=now, taken=taken)
            if report.mistakes:
                raise _Undo
    except _Undo:
        return FolderReport((), report.mistakes)
    return report


def try_county(folder: Path, *, now: datetime, taken: Collection[str] = ()) -> FolderReport:
    """Say what `load_county` would change, and change nothing."""
    report = FolderReport((), Mistakes())
    try:
        with transaction.atomic():
            locking.take_time()
            report = _load(folder, now=now, taken=taken)
            raise _Undo
    except _Undo:
        return report


def _load(folder: Path, *, now: datetime, taken: Collection[str]) -> FolderReport:
    mistakes = Mistakes()
    settings = places.read_settings(folder, mistakes=mistakes)
    _demand_same_county(str(settings.get("key", "")), str(settings.get("name", "")), mistakes=mistakes)
    catalog = directory.load_catalog(folder, mistakes=mistakes)
    loaded = places.load_places(
        folder,
        settings=settings,
        mistakes=mistakes,
        now=now,
    )
    if "key" not in settings or not loaded.ags:
        return FolderReport((), mistakes)
    services = directory.load_services(
        folder,
        catalog=catalog,
        ags=loaded.ags,
        areas=loaded.areas,
        county=settings["key"],
        namespaces=namespaces_of({"key": settings["key"]} if mistakes else settings),
        mistakes=mistakes,
        now=now,
        taken=taken,
    )
    words = load_finder(folder, kinds=catalog.kinds, mistakes=mistakes, now=now)
    if not mistakes:
        directory.remove_unused(catalog)
    chain = load_chain(
        folder,
        areas=loaded.ags | {settings["key"]},
        phases=catalog.phases,
        fields=catalog.fields,
        kinds=catalog.kinds,
        intensities=directory.INTENSITIES,
        indicators=loaded.indicators,
        mistakes=mistakes,
        now=now,
    )
    ways = load_pathways(
        folder,
        mistakes=mistakes,
        now=clock.real_now(),
        on=frozenset(settings.get("pathways", {}).get("on", ())),
    )
    texts = load_consent_texts(folder, mistakes=mistakes, now=clock.real_now())
    return FolderReport((*loaded.reports, *catalog.reports, *services, *words, *chain, ways, texts), mistakes)


def namespaces_of(settings: dict[str, Any]) -> Namespaces:
    """The county's namespaces of ids."""
    return Namespaces(
        organizations=namespace_of(settings, entity="organizations"),
        services=namespace_of(settings, entity="services"),
        locations=namespace_of(settings, entity="locations"),
    )


def _demand_same_county(key: str, name: str, *, mistakes: Mistakes) -> None:
    """A folder of another county would end every entry of this one."""
    there = known_places.county()
    if key and there.key and there.key != key:
        mistakes.add(
            RowMistake(
                "county.toml", 0, "key", Why.OTHER_COUNTY, f"{name} ({key})", f"{there.name} ({there.key})"
            )
        )
