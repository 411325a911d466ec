"""The import of ten thousand services from a table, against django-import-export in the same run."""

import csv
import io
from typing import Any

from django.db import connection
from import_export.resources import modelresource_factory
from tablib import Dataset

from benchmarks.figures import Figure, Size, Table, main, rate, times, took
from benchmarks.house import county
from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.importing import check_table, guess_mapping, read_table
from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.core import clock
from lueckenlos.core.actor import job

HEADER = (
    "Name", "Beschreibung", "Handlungsfeld", "Alter ab", "Alter bis", "Zeiten", "Kosten",
    "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Internetseite", "Sprachen", "Barrierefrei",
)  # fmt: skip
THINGS = ("Krabbelgruppe", "Elterncafé", "Lernhilfe", "Sprechstunde", "Familiennachmittag", "Ferienangebot")


def run(size: Size = Size.FULL) -> Table:
    """Measure from the file's bytes to the committed rows."""
    rows, theirs = (500, 100) if size is Size.QUICK else (10_000, 2_000)
    with county():
        our_rate, mistakes = _ours(rows)
        peer_rate = _peer(theirs)
    return Table(
        title="Import of services",
        claim="A county's table comes in at once, and every wrong row gets an answer.",
        figures=(
            Figure(
                f"{rows:,} rows", rate(our_rate, unit="rows"), f"django-import-export ({theirs:,} rows)",
                rate(peer_rate, unit="rows"), times(our_rate / peer_rate), "≥ 20 ×",
            ),
            Figure("wrong rows answered", f"{mistakes[0]} of {mistakes[1]}", "all", "", "", "all"),
        ),
        note="Ours reads the file, checks every cell, writes entry, place, telephone, life phases, fields and history. "
        "The peer fills the columns of the one table of services.",
    )  # fmt: skip


def _file(rows: int, *, wrong: int) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(HEADER)
    for number in range(rows + wrong):
        out.writerow(
            (
                f"{THINGS[number % len(THINGS)]} Nummer {number} am {number % 31 + 1}. Haus",
                f"Ein Angebot für Familien mit der Nummer {number}. Alle sind willkommen, auch ohne Vorkenntnisse.",
                "" if number >= rows else "Familie und Erziehung",
                number % 6, number % 6 + 4, "dienstags 15–17 Uhr", "kostenlos",
                f"Musterstraße {number % 200 + 1}", "52349", "Düren", f"02421 {100000 + number}",
                f"angebot{number}@example.org", f"https://example.org/{number}", "Deutsch, Türkisch", "ja",
            )
        )  # fmt: skip
    return text.getvalue().encode()


def _ours(rows: int) -> tuple[float, tuple[int, int]]:
    owner = selectors.organization_by_name("Kreis Düren")
    if owner is None:
        raise RuntimeError("the demo county has no organization „Kreis Düren“")
    wrong = rows // 100
    data = _file(rows, wrong=wrong)
    found: dict[str, Any] = {}

    def deed() -> None:
        table = read_table(data)
        words = selectors.import_words()
        found["checked"] = check_table(
            table, mapping=guess_mapping(table.header), words=words, file="angebote.csv"
        )
        done = services.import_rows(
            owner,
            found["checked"].rows,
            given=found["checked"].given,
            actor=job("directory.import"),
            now=clock.now(),
        )
        found["added"] = done.added

    seconds = took(deed)
    if found["added"] != rows:
        raise RuntimeError(f"{found['added']} of {rows} rows came in: {found['checked'].mistakes.kept[:3]}")
    return rows / seconds, (len({each.line for each in found["checked"].mistakes.kept}), wrong)


def _peer(rows: int) -> float:
    owner = Organization.objects.order_by("name")[0]
    columns = (
        "id", "key", "organization", "name", "description", "website", "email", "status", "audience", "format",
        "access", "fee", "schedule_text", "age_min", "age_max",
    )  # fmt: skip
    made = modelresource_factory(model=Service, meta_options={"fields": columns, "use_transactions": True})()
    data = Dataset(headers=list(columns))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gen_random_uuid()::text FROM generate_series(1, %s)", [rows])
        ids = [row[0] for row in cursor.fetchall()]
    for number, id_ in enumerate(ids):
        data.append(
            (
                id_, f"peer-{number}", str(owner.pk), f"Angebot {number}", f"Ein Angebot mit der Nummer {number}.",
                f"https://example.org/{number}", f"angebot{number}@example.org", "active", "familien", "vor_ort",
                "offen", "kostenlos", "dienstags 15–17 Uhr", number % 6, number % 6 + 4,
            )
        )  # fmt: skip
    seconds = took(lambda: made.import_data(data, raise_errors=True))
    there = Service.objects.filter(key__startswith="peer-").count()
    if there != rows:
        raise RuntimeError(f"the peer brought in {there} of {rows} rows")
    return rows / seconds


if __name__ == "__main__":
    main(run)
