"""Several people at once: each holds a connection and asks again as soon as the answer is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Final

CLIENTS: Final = 8
PATIENCE: Final = 60.0
HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, and the status of an answer that is as it shall be."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    awaited: int = 200


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    body: bytes
    cookies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many answers came, and how many a second."""

    answers: int
    rate: float


@dataclass(frozen=True, slots=True)
class Shop:
    """A server as its clients meet it, with several events that are alike and hold 100,000 places each."""

    name: str
    port: int
    page: Callable[[int], Asked]
    order: Callable[[int, int], Asked]
    sold: Callable[[int], int]


class AnsweredOtherwise(Exception):
    """A server answered otherwise than it should: the figures would mean nothing."""

    def __init__(self, asked: Asked, answered: Answered) -> None:
        told = answered.body[:600].decode(errors="replace")
        super().__init__(f"{asked.method} {asked.path}: {answered.status} instead of {asked.awaited}\n{told}")


def ask(connection: HTTPConnection, asked: Asked) -> Answered:
    """Send one request and read its answer to the end; raises AnsweredOtherwise."""
    connection.request(asked.method, asked.path, body=asked.body or None, headers=dict(asked.headers))
    response = connection.getresponse()
    cookies = tuple(each.partition(";")[0] for each in response.headers.get_all("Set-Cookie", []))
    answered = Answered(response.status, response.read(), cookies)
    if answered.status != asked.awaited:
        raise AnsweredOtherwise(asked, answered)
    return answered


def ask_once(port: int, asked: Asked) -> Answered:
    """The same on a connection of its own."""
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        return ask(connection, asked)
    finally:
        connection.close()


def together(port: int, following: Callable[[], Asked], *, seconds: float, clients: int = CLIENTS) -> Counted:
    """All clients ask for so long; an answer that comes later counts, and so does the time until it came."""
    began = time.perf_counter()

    def client(_: int) -> tuple[int, float]:
        connection, answers = HTTPConnection(HOST, port, timeout=PATIENCE), 0
        try:
            while time.perf_counter() - began < seconds:
                ask(connection, following())
                answers += 1
        finally:
            connection.close()
        return answers, time.perf_counter() - began

    with ThreadPoolExecutor(clients) as pool:
        done = list(pool.map(client, range(clients)))
    answers = sum(each for each, _ in done)
    return Counted(answers, answers / max(ended for _, ended in done))
