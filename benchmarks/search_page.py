"""A page of search results over twenty and a hundred thousand services, against the raw query."""

import statistics
import time
from functools import partial

import psycopg
from django.test import Client

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times, took
from benchmarks.generated import generate
from benchmarks.house import county

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
RAW = """
SELECT id, ts_rank(words, query) FROM raw_services, plainto_tsquery('german', %(text)s) q,
  to_tsquery('german', replace(q::text, '&', '|')) query
WHERE words @@ query ORDER BY 2 DESC LIMIT 20
"""


def run(size: Size = Size.FULL) -> Table:
    """Measure the page as the server makes it, without the network."""
    steps = (1_000,) if size is Size.QUICK else (20_000, 100_000)
    rounds = 3 if size is Size.QUICK else 5
    with county() as server:
        figures = [
            figure
            for wanted in steps
            for figure in _measure(server.superuser_url, app=server.app_url, wanted=wanted, rounds=rounds)
        ]
    return Table(
        title="Search page",
        claim="A page of results costs little more than the bare query, and grows slower than the directory.",
        figures=tuple(figures),
        note="Whole page: Django, search, ranking, entries, HTML, in process. Raw query: PostgreSQL's german full "
        "text with ts_rank, best 20, any of the words, on a GIN index. Ten everyday questions, medians and p95, asked again "
        "by the same process; new is the median of the ten asked for the first time. Vectors of copies are synthetic.",
    )


def _measure(superuser: str, *, app: str, wanted: int, rounds: int) -> list[Figure]:
    there = generate(superuser, services=wanted)
    _lay_raw(superuser)
    _times({"q": "Guten Tag"}, rounds=1)
    met = [_times({"q": text}, rounds=rounds) for text in QUERIES]
    narrow = [again for _, *again in (_times({"q": text, **FILTERS}, rounds=rounds) for text in QUERIES)]
    first, plain = [fresh for fresh, *_ in met], [again for _, *again in met]
    with psycopg.connect(app, autocommit=True) as connection:
        raws = [
            median(lambda text=text: connection.execute(RAW, {"text": text}).fetchall(), rounds=rounds)  # type: ignore[misc]
            for text in QUERIES
        ]
    page, raw = statistics.median(map(statistics.median, plain)), statistics.median(raws)
    what = f"{there:,} services"
    return [
        Figure(
            what, milliseconds(page), "raw ts_rank query", milliseconds(raw), times(page / raw), "≤ 1.5 ×"
        ),
        _slowest(f"{what}, p95", plain, limit=0.08),
        Figure(
            f"{what}, a question that nobody has asked before",
            milliseconds(statistics.median(first)),
            "raw ts_rank query",
            milliseconds(raw),
            times(statistics.median(first) / raw),
        ),
        _slowest(f"{what}, place, age and free of charge, p95", narrow, limit=0.15),
    ]


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
