"""`lueckenlos find`: the finder's answer, as a family gets it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from lueckenlos.config.house import opened
from lueckenlos.core.failure import StatedFailure
from lueckenlos.offers.finder import selectors, services
from lueckenlos.offers.finder.types import SearchRequest

BATCH = 1_000
DEPTH = 20


@click.command("find")
@click.argument("text", required=False, nargs=-1)
@click.option("--ags", help="Gemeindeschlüssel (acht Ziffern).")
@click.option("--age", type=float, help="Alter in Jahren, mit Punkt: 0.5.")
@click.option("--lang", "language", help="Nur Angebote in dieser Sprache (BCP 47).")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option(
    "--queries",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON-Zeilen mit id, query, context.",
)
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument; mit --queries JSON-Zeilen.")
def command(
    text: tuple[str, ...],
    *,
    ags: str | None,
    age: float | None,
    language: str | None,
    limit: int,
    file: Path | None,
    as_json: bool,
) -> None:
    """Sucht Angebote mit den Worten der Familie."""
    if bool(text) == bool(file):
        raise click.UsageError("Entweder einen TEXT oder --queries DATEI angeben.")
    with opened():
        while services.refresh_index(limit=BATCH) == BATCH:
            pass
        if file is not None:
            for answer in _answers(file):
                click.echo(json.dumps(answer, ensure_ascii=False))
        else:
            asked = SearchRequest(text=" ".join(text), ags=ags, age=age, language=language, limit=limit)
            _tell(asked, as_json=as_json)


def _answers(file: Path) -> Iterator[dict[str, Any]]:
    selectors.search(SearchRequest(text="Hilfe"))  # loads what a running server has in memory long since
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            context = asked.get("context") or {}
            request = SearchRequest(
                text=str(asked["query"]), ags=context.get("ags"), age=context.get("age"), limit=DEPTH
            )
        except (ValueError, KeyError, AttributeError) as error:
            raise StatedFailure(
                f"{file.name}, Zeile {number}: keine Suche zu erkennen ({error}). "
                "Jede Zeile ist ein JSON-Objekt mit id, query und context."
            ) from error
        begun = time.perf_counter()
        answer = selectors.search(request)
        passed = round((time.perf_counter() - begun) * 1000, 1)
        yield {"id": asked.get("id"), "results": [hit.key for hit in answer.hits], "ms": passed}


def _tell(asked: SearchRequest, *, as_json: bool) -> None:
    answer = selectors.search(asked)
    hits = [
        {
            "id": hit.key,
            "score": hit.score,
            "distance_km": hit.distance_km,
            "why": [
                {"kind": each.kind.value, "detail": each.detail, "found": each.found} for each in hit.why
            ],
        }
        for hit in answer.hits
    ]
    if as_json:
        document = {
            "total": answer.total,
            "corrected": answer.corrected,
            "crisis": [kind.value for kind in answer.crisis],
            "results": hits,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    if answer.corrected:
        click.echo(f"Gesucht nach: {answer.corrected}")
    for rank, hit in enumerate(hits, start=1):
        click.echo(f"{rank:2}. {hit['id']}")
    if not hits:
        click.echo("Nichts gefunden.")
