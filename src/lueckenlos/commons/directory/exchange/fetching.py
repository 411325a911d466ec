"""Fetches one JSON document after another from an address, and is not led into the house's own network.

Whoever runs the command may name an address in the own network. A neighbour may not: a redirect, or a name that
suddenly stands for an inner address, would let a feed reach what only the house itself can reach.
"""

import ipaddress
import json
import ssl
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

_LARGEST_ANSWER: Final = 64 * 1024 * 1024
_TIMEOUT: Final = 20.0


class Unreadable(Exception):
    """A document could not be had; `reason` is the part of a German sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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


class Gate:
    """Lets connections pass to public addresses, and to the named host where that was within from the start."""

    def __init__(self, address: str) -> None:
        self._named = urlsplit(address).hostname or ""
        self._is_within: bool | None = None

    def admit(self, host: str, *, peer: str) -> None:
        """Raise Unreadable where a connection to a host has ended up inside although it may not."""
        is_inside = not is_public(peer)
        if host == self._named:
            if self._is_within is None:
                self._is_within = is_inside
            if is_inside and not self._is_within:
                raise Unreadable(f"{host} führt plötzlich in das eigene Netz")
        elif is_inside:
            raise Unreadable(f"eine Weiterleitung führt in das eigene Netz ({host})")


def is_public(peer: str) -> bool:
    """Whether an IP address belongs to the world and not to this machine or a network around it."""
    address = ipaddress.ip_address(peer.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_global
    return address.is_global


class Fetcher:
    """Asks one source, which was named at the command line, for its documents."""

    def __init__(self, address: str) -> None:
        self._opener = _opener(Gate(address))

    def fetch(self, address: str) -> Any:
        """One JSON document; raise Unreadable with the reason."""
        if urlsplit(address).scheme not in {"http", "https"}:
            raise Unreadable("nur http und https")
        request = Request(  # noqa: S310 - the scheme was checked
            address, headers={"Accept": "application/json", "User-Agent": "lueckenlos"}
        )
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as answer:
                content = answer.read(_LARGEST_ANSWER + 1)
        except HTTPError as error:
            raise Unreadable(f"Antwort {error.code}") from error
        except (URLError, OSError, ValueError, AttributeError) as error:
            raise Unreadable(str(getattr(error, "reason", error)) or "keine Antwort") from error
        if len(content) > _LARGEST_ANSWER:
            raise Unreadable(f"größer als {_LARGEST_ANSWER // 1024 // 1024} MB")
        return parse(content)


class _Plain(HTTPConnection):
    """A connection that asks the gate before the first word is said."""

    def __init__(self, host: str, *, gate: Gate, timeout: float) -> None:
        super().__init__(host, timeout=timeout)
        self._gate = gate

    def connect(self) -> None:
        """Connect, then look where that led."""
        super().connect()
        self._gate.admit(self.host, peer=self.sock.getpeername()[0])


class _Secure(HTTPSConnection):
    """The same with TLS."""

    def __init__(self, host: str, *, gate: Gate, timeout: float) -> None:
        super().__init__(host, timeout=timeout, context=ssl.create_default_context())
        self._gate = gate

    def connect(self) -> None:
        """Connect, then look where that led."""
        super().connect()
        self._gate.admit(self.host, peer=self.sock.getpeername()[0])


class _PlainHandler(HTTPHandler):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Plain, gate=self._gate), req)


class _SecureHandler(HTTPSHandler):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Secure, gate=self._gate), req)


def _opener(gate: Gate) -> OpenerDirector:
    """Knows http and https and nothing else: no files, no FTP, no proxies from the environment."""
    opener = OpenerDirector()
    for handler in (
        _PlainHandler(gate),
        _SecureHandler(gate),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener
