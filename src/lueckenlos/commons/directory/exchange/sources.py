"""Fetches a delivery from a file, a folder or an address, tolerant of what is broken on the way."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from lueckenlos.commons.directory.exchange.deliveries import Delivery
from lueckenlos.commons.directory.exchange.fetching import Fetcher, Unreadable, parse
from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.openreferral import entity_of_table, kind_of

LARGEST: Final = 256 * 1024 * 1024
_PER_PAGE: Final = 100
_MOST_PAGES: Final = 20_000
_MOST_FAILURES: Final = 5


def deliver(source: str) -> Delivery:
    """Everything that a file, a folder or an address (http, https) holds."""
    delivery = Delivery(Notes())
    if urlsplit(source).scheme in {"http", "https"}:
        _from_address(source, delivery)
    else:
        _from_disk(Path(source), delivery)
    return delivery


def _from_disk(path: Path, delivery: Delivery) -> None:
    if not path.exists():
        raise StatedFailure(f"{path} gibt es nicht. Bitte eine Datei, einen Ordner oder eine Adresse nennen.")
    if path.is_dir():
        _from_folder(path, delivery)
    elif path.name == "datapackage.json" or path.suffix.lower() == ".csv":
        _from_tables(path.parent, delivery)
    else:
        _from_file(path, delivery)


def _from_folder(folder: Path, delivery: Delivery) -> None:
    """The documents of a folder; its tables only where no documents lie beside them."""
    documents = sorted(path for path in folder.glob("*.json") if path.name != "datapackage.json")
    for path in documents:
        _from_file(path, delivery)
    if not delivery.services and not delivery.organizations:
        inner = folder / "csv"
        tables = inner if inner.is_dir() else folder
        if any(tables.glob("*.csv")):
            _from_tables(tables, delivery)
    if not documents and not delivery.services and not delivery.organizations:
        raise StatedFailure(f"In {folder} liegen weder JSON-Dokumente noch Tabellen von Open Referral.")


def _from_file(path: Path, delivery: Delivery) -> None:
    if path.stat().st_size > LARGEST:
        raise StatedFailure(
            f"{path.name} ist größer als {LARGEST // 1024 // 1024} MB und wird nicht gelesen."
        )
    try:
        document = parse(path.read_bytes())
    except Unreadable as error:
        delivery.fail(Trouble.UNREADABLE, path.name, error.reason)
        return
    delivery.add(document, path.name, hint=path.stem)


def _from_tables(folder: Path, delivery: Delivery) -> None:
    tables: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.csv")):
        if entity_of_table(path.stem) is None:
            delivery.notes.add(Trouble.UNRECOGNIZED, path.name)
            continue
        try:
            tables.setdefault(path.stem, []).extend(_table(path))
        except (UnicodeDecodeError, csv.Error) as error:
            delivery.fail(Trouble.UNREADABLE, path.name, error)
    delivery.add_tables(tables, folder.name)


def _table(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                name: value.replace("\x00", "")
                for name, value in row.items()
                if isinstance(name, str) and isinstance(value, str)
            }


class _Page(NamedTuple):
    """One page of a feed's services."""

    items: list[Any]
    is_last: bool
    total: int


def _from_address(address: str, delivery: Delivery) -> None:
    source = Fetcher(address)
    try:
        document = source.fetch(address)
    except Unreadable as error:
        raise StatedFailure(f"{address} war nicht zu lesen: {error.reason}.") from error
    kind = kind_of(document, hint=urlsplit(address).path)
    if kind == "root":
        delivery.root = document
        _from_pages(_below(address, "services", full="true"), delivery, source=source)
    elif kind == "page":
        _from_pages(address, delivery, source=source)
    else:
        delivery.add(document, address)


def _from_pages(address: str, delivery: Delivery, *, source: Fetcher) -> None:
    number, pages, failures, seen = 1, 1, 0, ""
    while number <= min(pages, _MOST_PAGES) and failures < _MOST_FAILURES:
        at = _with(address, page=str(number), per_page=str(_PER_PAGE))
        try:
            page = _page_of(source.fetch(at))
        except Unreadable as error:
            failures += 1
            # Nobody knows how many pages come after a broken one: try the next.
            pages = max(pages, number + 1)
            delivery.fail(Trouble.UNREADABLE, at, error.reason)
        else:
            failures = 0
            first = json.dumps(page.items[:1], sort_keys=True)
            if page.items and first == seen:
                delivery.fail(Trouble.INCOMPLETE, at, "die Schnittstelle wiederholt dieselbe Seite")
            if not page.items or first == seen:
                break
            seen = first
            pages = max(pages, page.total) if not page.is_last else number
            whole = [_whole(item, address, source=source) for item in page.items]
            delivery.add(whole, at, hint=urlsplit(address).path)
        number += 1
    if failures >= _MOST_FAILURES:
        delivery.fail(Trouble.INCOMPLETE, address, f"{failures} Seiten nacheinander waren nicht lesbar")


def _page_of(document: Any) -> _Page:
    if isinstance(document, list):
        return _Page(document, is_last=True, total=1)
    if not isinstance(document, dict) or not isinstance(document.get("contents"), list):
        raise Unreadable("keine Seite von Open Referral")
    total = document.get("total_pages")
    total = total if isinstance(total, int) else 1
    return _Page(document["contents"], is_last=document.get("last_page") is True or total <= 1, total=total)


def _whole(item: Any, address: str, *, source: Fetcher) -> Any:
    """A service that came without its parts is asked for by itself; where that fails, what came counts."""
    if not isinstance(item, dict) or any(isinstance(value, list) for value in item.values()):
        return item
    if kind_of(item, hint=urlsplit(address).path) != "service" or not item.get("id"):
        return item
    try:
        found = source.fetch(_below(address, quote(str(item["id"]), safe="")))
    except Unreadable:
        return item
    return {**item, **found} if isinstance(found, dict) and found.get("id") == item["id"] else item


def _with(address: str, **more: str) -> str:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | more
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def _below(address: str, name: str, **more: str) -> str:
    parts = urlsplit(address)
    return _with(urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}", query="")), **more)
