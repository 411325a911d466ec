"""`lueckenlos chain`: the prevention chain as one document."""

import json
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.config.house import opened
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.chain.types import Cell, Verdict
from lueckenlos.steering.chain import selectors, wording
from lueckenlos.steering.chain.documents import document_of
from lueckenlos.steering.chain.selectors.outlook import chain_in
from lueckenlos.steering.chain.types import Drawn


class UnknownArea(StatedFailure):
    """No municipality has this key."""

    def __init__(self, ags: str, known: tuple[str, ...]) -> None:
        super().__init__(f"Die Gemeinde {ags} kennt dieser Kreis nicht. Es gibt: {', '.join(known)}.")


@click.command("chain")
@click.option("--ags", help="Nur diese Gemeinde (acht Ziffern).")
@click.option(
    "--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Was am Ende dieses Tages bekannt war."
)
@click.option("--year", type=click.IntRange(1900, 2200), help="Blick voraus in dieses Jahr.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt einer Tabelle.")
def command(*, ags: str | None, day: datetime | None, year: int | None, as_json: bool) -> None:
    """Rechnet die Präventionskette: was da ist, was fehlt, was offen ist, was doppelt ist."""
    with opened():
        on = day.date() if day else None
        chosen = selectors.drawn(on) if year is None else chain_in(year, day=on)
        if ags is not None and ags not in chosen.areas:
            raise UnknownArea(ags, chosen.areas)
    if as_json:
        click.echo(json.dumps(_document(chosen, ags=ags), ensure_ascii=False))
    else:
        _tell(chosen, ags=ags)


def _document(drawn: Drawn, *, ags: str | None) -> dict[str, Any]:
    document = document_of(drawn.chain)
    if ags is not None:
        for part in ("cells", "seams", "runs"):
            document[part] = [each for each in document[part] if each["ags"] == ags]
    if drawn.year is not None:
        document["year"] = drawn.year
    return document


def _tell(drawn: Drawn, *, ags: str | None) -> None:
    table = Table(title=f"Präventionskette, Stand {drawn.chain.as_of:%d.%m.%Y}", title_justify="left")
    for heading in ("Gemeinde", "Lebensphase", "Handlungsfeld", "Befund"):
        table.add_column(heading)
    for heading in ("Kinder", "Ziel", "Reichweite", "fehlen mindestens"):
        table.add_column(heading, justify="right")
    for cell in drawn.chain.cells:
        if cell.verdict in {Verdict.GAP, Verdict.CHECK} and ags in {None, cell.area}:
            table.add_row(*_row(drawn, cell))
    Console(highlight=False).print(table)


def _row(drawn: Drawn, cell: Cell) -> tuple[str, ...]:
    return (
        drawn.labels.areas[cell.area],
        drawn.labels.phases[cell.phase],
        drawn.labels.fields[cell.field],
        str(wording.VERDICTS[cell.verdict]),
        f"{cell.children:.0f}",
        f"{cell.target:.1f}",
        f"{cell.reach_lo:.1f}–{cell.reach_hi:.1f}",
        f"{cell.missing_lo:.0f}",
    )
