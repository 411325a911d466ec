"""A page of search results over twenty and a hundred thousand services, with --huge a million, against the raw query."""

import itertools
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.test import Client

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, rate, times, took
from benchmarks.generated import generate
from benchmarks.house import county
from benchmarks.peers.clients import Asked, together
from benchmarks.peers.ours import served_as_ever
from lueckenlos.offers.finder import services

QUERIES = (
    "mein Baby schreit die ganze Nacht",
    "Hilfe bei den Hausaufgaben",
    "kein Geld für die Klassenfahrt",
    "Trennung und Streit um das Kind",
    "Schwangerschaft Beratung",
    "Deutschkurs für Eltern",
    "Treffpunkt für Jugendliche",
    "Schulden",
    "Sprachförderung im Kindergarten",
    "Kind hat Angst vor der Schule",
)
FILTERS = {"ort": "Titz", "alter": "5", "kostenlos": "1"}
STEPS = {Size.QUICK: (1_000,), Size.FULL: (20_000, 100_000), Size.HUGE: (20_000, 100_000, 1_000_000)}
CLIENTS = 4
PROMISED, PROMISED_HUGE = 0.08, 0.15
RAW = """
SELECT id, ts_rank(words, query) FROM raw_services, plainto_tsquery('german', %(text)s) q,
  to_tsquery('german', replace(q::text, '&', '|')) query
WHERE words @@ query ORDER BY 2 DESC LIMIT 20
"""


def run(size: Size = Size.FULL) -> Table:
    """Measure the page as the server makes it, without the network."""
    rounds, seconds = (3, 1.0) if size is Size.QUICK else (5, 10.0)
    with county() as server:
        # As the server does when it starts.
        services.read_models()
        figures = []
        for wanted in STEPS[size]:
            there = generate(server.superuser_url, services=wanted)
            _lay_raw(server.superuser_url)
            services.search_once()
            figures += _alone(server.app_url, there=there, rounds=rounds)
        figures += _together(server.app_url, there=there, seconds=seconds)
    return Table(
        title="Search page",
        claim="A page of results costs little more than the bare query, and grows slower than the directory.",
        figures=tuple(figures),
        note="Whole page: Django, search, ranking, entries, HTML, in process. Raw query: PostgreSQL's german full "
        "text with ts_rank, best 20, any of the words, on a GIN index. Ten everyday questions, medians and p95, asked again "
        "by the same process; new is the median of the ten asked for the first time. Vectors of copies are synthetic. "
        "Clients at once ask over HTTP, the server in one process; the raw query is asked on as many connections.",
    )


def _alone(app: str, *, there: int, rounds: int) -> list[Figure]:
    _times({"q": "Guten Tag"}, rounds=1)
    met = [_times({"q": text}, rounds=rounds) for text in QUERIES]
    narrow = [again for _, *again in (_times({"q": text, **FILTERS}, rounds=rounds) for text in QUERIES)]
    first, plain = [fresh for fresh, *_ in met], [again for _, *again in met]
    with psycopg.connect(app, autocommit=True) as connection:
        raws = [median(partial(_raw, connection, text), rounds=rounds) for text in QUERIES]
    page, raw = statistics.median(map(statistics.median, plain)), statistics.median(raws)
    new, what = statistics.median(first), f"{there:,} services"
    is_huge = there >= max(STEPS[Size.HUGE])
    theirs = "raw ts_rank query", milliseconds(raw)
    return [
        Figure(what, milliseconds(page), *theirs, times(page / raw), "" if is_huge else "≤ 1.5 ×"),
        _slowest(f"{what}, p95", plain, limit=PROMISED_HUGE if is_huge else PROMISED),
        Figure(
            f"{what}, a question that nobody has asked before", milliseconds(new), *theirs, times(new / raw)
        ),
        _slowest(f"{what}, place, age and free of charge, p95", narrow, limit=PROMISED_HUGE),
    ]


def _together(app: str, *, there: int, seconds: float) -> list[Figure]:
    """Several at once, as the product is served, and as many who ask the raw query."""
    pages = itertools.cycle(
        [Asked(f"/suche/?{urlencode({'q': text})}", headers={"Host": "localhost"}) for text in QUERIES]
    )
    with (
        tempfile.TemporaryDirectory(prefix="ll-search-") as folder,
        served_as_ever(app, folder=Path(folder)) as port,
    ):
        together(port, pages.__next__, seconds=seconds, clients=CLIENTS)
        ours = together(port, pages.__next__, seconds=seconds, clients=CLIENTS).rate
    theirs = _raws_together(app, seconds=seconds)
    what = f"{there:,} services, {CLIENTS} clients"
    return [
        Figure(
            f"pages a second, {what}", rate(ours, unit="pages"), "raw ts_rank query", rate(theirs, unit="answers"),
            times(ours / theirs),
        ),
        Figure(
            f"until a page is there, {what}", milliseconds(CLIENTS / ours), "raw ts_rank query",
            milliseconds(CLIENTS / theirs), times(theirs / ours),
        ),
    ]  # fmt: skip


def _raws_together(app: str, *, seconds: float) -> float:
    """Raw queries a second."""
    texts, until = itertools.cycle(QUERIES), time.perf_counter() + seconds

    def client(_: int) -> int:
        answers = 0
        with psycopg.connect(app, autocommit=True) as connection:
            while time.perf_counter() < until:
                _raw(connection, next(texts))
                answers += 1
        return answers

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(client, range(CLIENTS))) / seconds


def _raw(connection: psycopg.Connection, text: str) -> None:
    connection.execute(RAW, {"text": text}).fetchall()


def _times(asked: dict[str, str], *, rounds: int) -> list[float]:
    """Seconds of each page; the first is of a question new to the process, which reads what the others remember."""
    client = Client(headers={"host": "localhost"})
    begin = time.perf_counter()
    answer = client.get("/suche/", asked)
    first = time.perf_counter() - begin
    if answer.status_code != 200:
        raise RuntimeError(f"the search page answered {answer.status_code}")
    return [first, *(took(partial(client.get, "/suche/", asked)) for _ in range(rounds))]


def _slowest(what: str, pages: list[list[float]], *, limit: float) -> Figure:
    late = statistics.quantiles((each for page in pages for each in page), n=20)[-1]
    return Figure(what, milliseconds(late), milliseconds(limit), "", times(late / limit), "≤ 1 ×")


def _lay_raw(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS raw_services")
        connection.execute(
            "CREATE TABLE raw_services AS SELECT id, to_tsvector('german', name || ' ' || description) AS words "
            "FROM directory_service"
        )
        connection.execute("CREATE INDEX ON raw_services USING gin (words)")
        connection.execute("GRANT SELECT ON raw_services TO lueckenlos_app")
        connection.execute("ANALYZE raw_services")


if __name__ == "__main__":
    main(run)
