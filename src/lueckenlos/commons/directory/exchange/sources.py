"""Fetches a delivery from a file, a folder or an address, tolerant of what is broken on the way."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from lueckenlos.commons.directory.exchange.deliveries import Delivery
from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.openreferral import entity_of_table, kind_of

LARGEST: Final = 256 * 1024 * 1024
_LARGEST_ANSWER: Final = 64 * 1024 * 1024
_TIMEOUT: Final = 20.0
_PER_PAGE: Final = 100
_MOST_PAGES: Final = 20_000
_MOST_FAILURES: Final = 5


class Unreadable(Exception):
    """A document could not be had; `reason` is the part of a German sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def deliver(source: str) -> Delivery:
    """Everything that a file, a folder or an address (http, https) holds."""
    delivery = Delivery(Notes())
    if urlsplit(source).scheme in {"http", "https"}:
        _from_address(source, delivery)
    else:
        _from_disk(Path(source), delivery)
    return delivery


def parse(text: str | bytes) -> Any:
    """Read JSON; raise Unreadable with the reason."""
    try:
        return json.loads(text, parse_constant=lambda _name: None)
    except RecursionError as error:
        raise Unreadable("zu tief verschachtelt") from error
    except UnicodeDecodeError as error:
        raise Unreadable("kein UTF-8") from error
    except ValueError as error:
        raise Unreadable(f"kein JSON ({error})") from error


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
    try:
        document = fetch(address)
    except Unreadable as error:
        raise StatedFailure(f"{address} war nicht zu lesen: {error.reason}.") from error
    kind = kind_of(document, hint=urlsplit(address).path)
    if kind == "root":
        delivery.root = document
        _from_pages(_below(address, "services", full="true"), delivery)
    elif kind == "page":
        _from_pages(address, delivery)
    else:
        delivery.add(document, address)


def _from_pages(address: str, delivery: Delivery) -> None:
    number, pages, failures, seen = 1, 1, 0, ""
    while number <= min(pages, _MOST_PAGES) and failures < _MOST_FAILURES:
        at = _with(address, page=str(number), per_page=str(_PER_PAGE))
        try:
            page = _page_of(fetch(at))
        except Unreadable as error:
            failures += 1
            # Nobody knows how many pages come after a broken one: try the next.
            pages = max(pages, number + 1)
            delivery.fail(Trouble.UNREADABLE, at, error.reason)
        else:
            failures = 0
            first = json.dumps(page.items[:1], sort_keys=True)
            if not page.items or first == seen:
                break
            seen = first
            pages = max(pages, page.total) if not page.is_last else number
            delivery.add([_whole(item, address) for item in page.items], at, hint=urlsplit(address).path)
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


def _whole(item: Any, address: str) -> Any:
    """A service that came without its parts is asked for by itself; where that fails, what came counts."""
    if not isinstance(item, dict) or any(isinstance(value, list) for value in item.values()):
        return item
    if kind_of(item, hint=urlsplit(address).path) != "service" or not item.get("id"):
        return item
    try:
        found = fetch(_below(address, quote(str(item["id"]), safe="")))
    except Unreadable:
        return item
    return {**item, **found} if isinstance(found, dict) and found.get("id") == item["id"] else item


def fetch(address: str) -> Any:
    """One JSON document from an address; raise Unreadable with the reason.

    Redirects are followed, but only to http and https. Whoever may run this command may reach the house's
    own network anyway, so private addresses are not refused.
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise Unreadable("nur http und https")
    request = Request(  # noqa: S310 - the scheme was checked
        address, headers={"Accept": "application/json", "User-Agent": "lueckenlos"}
    )
    try:
        with _opener().open(request, timeout=_TIMEOUT) as answer:
            content = answer.read(_LARGEST_ANSWER + 1)
    except HTTPError as error:
        raise Unreadable(f"Antwort {error.code}") from error
    except (URLError, OSError, ValueError, AttributeError) as error:
        raise Unreadable(str(getattr(error, "reason", error)) or "keine Antwort") from error
    if len(content) > _LARGEST_ANSWER:
        raise Unreadable(f"größer als {_LARGEST_ANSWER // 1024 // 1024} MB")
    return parse(content)


def _opener() -> OpenerDirector:
    """Knows http and https and nothing else: no files, no FTP, no proxies from the environment."""
    opener = OpenerDirector()
    for handler in (
        HTTPHandler(),
        HTTPSHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _with(address: str, **more: str) -> str:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | more
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def _below(address: str, name: str, **more: str) -> str:
    parts = urlsplit(address)
    return _with(urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}", query="")), **more)
