"""Short messages to telephones: over a gateway that the host names, into files in a demo, or not at all.

A short message carries a link and no matter: whoever looks over a shoulder learns that an office wrote, not why.
It is sent at once and stored nowhere, since its link opens something.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction

LOG: Final = logging.getLogger(__name__)
TIMEOUT: Final = 20
LONGEST: Final = 480  # three parts of a chained message
_FORM: Final = re.compile(r"\+?[0-9]{6,15}")
_BETWEEN: Final = re.compile(r"[\s/().-]")


class NoGateway(Exception):
    """The host has named no gateway, so no short message leaves the house."""


class NoNumber(Exception):
    """That is no number of a telephone."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NotSent(Exception):
    """The gateway did not take the message; `reason` is for whoever keeps the house."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """One message to one number, written as E.164 where the country is known ("+4915112345678")."""

    to: str
    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            raise ValueError(f"a short message has at most {LONGEST} characters, not {len(self.text)}")


Gateway = Callable[[ShortMessage], None]


def is_configured() -> bool:
    """Whether short messages can be sent from here."""
    return _gateway() is not None


def send(message: ShortMessage) -> None:
    """Hand a message to the gateway now; raises NoGateway, NoNumber or NotSent."""
    gateway = _gateway()
    if gateway is None:
        raise NoGateway
    gateway(ShortMessage(dialled(message.to), message.text))


def send_when_done(write: Callable[[], ShortMessage]) -> None:
    """Write and send a message once the transaction is through; a gateway that is away undoes nothing."""

    def deliver() -> None:
        try:
            send(write())
        except (NoGateway, NoNumber, NotSent):
            LOG.warning("A short message could not be sent.")

    transaction.on_commit(deliver)


def dialled(number: str) -> str:
    """A number as gateways want it: without blanks, a German one with its country."""
    bare = _BETWEEN.sub("", number.replace("(0)", ""))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = f"+49{bare[1:]}"
    if not _FORM.fullmatch(bare):
        raise NoNumber(number)
    return bare


def over_http(message: ShortMessage) -> None:
    """POST `{"to": …, "text": …}` as JSON to LUECKENLOS_SMS_URL, with LUECKENLOS_SMS_TOKEN as bearer; 2xx is sent."""
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    body = json.dumps({"to": message.to, "text": message.text}, ensure_ascii=False).encode()
    # The address is the host's own setting, http or https alone (environment.py).
    request = Request(settings.SMS_URL, data=body, headers=headers, method="POST")  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return
    except HTTPError as error:
        raise NotSent(f"HTTP {error.code}") from error
    except (URLError, HTTPException, OSError) as error:
        raise NotSent(str(getattr(error, "reason", error))) from error


def into_files(message: ShortMessage) -> None:
    """Lay a message into the demo's folder, where /demo/post/ shows it."""
    folder: Path = settings.SMS_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(8)}.json"
    path.write_text(
        json.dumps({"to": message.to, "text": message.text}, ensure_ascii=False), encoding="utf-8"
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of the demo as it lies there."""

    message: ShortMessage
    sent_at: datetime


def kept(*, zone: tzinfo) -> list[Kept]:
    """The messages in the demo's folder, newest first."""
    files = sorted(settings.SMS_FOLDER.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_kept(path, zone=zone) for path in files]


def _kept(path: Path, *, zone: tzinfo) -> Kept:
    told = json.loads(path.read_text(encoding="utf-8"))
    when = datetime.fromtimestamp(path.stat().st_mtime, tz=zone)
    return Kept(ShortMessage(told["to"], told["text"]), when)


def _gateway() -> Gateway | None:
    if settings.SMS_URL:
        return over_http
    return into_files if settings.DEMO else None
