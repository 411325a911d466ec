"""`lueckenlos retention`: shows what is to be erased, erases it, proves it."""

import json

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.failure import StatedFailure
from lueckenlos.offers.finder import retention as finder

RULES = (*finder.RULES,)


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, nichts löschen.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument ausgeben.")
def command(*, dry_run: bool, as_json: bool) -> None:
    """Löscht, was nicht länger aufbewahrt werden darf."""
    with opened():
        now = clock.now()
        rows = []
        for rule in RULES:
            due = rule.due(now)
            erased = 0 if dry_run else rule.erase(now)
            rows.append({"records": rule.records, "reason": rule.reason, "due": due, "erased": erased})
        left = 0 if dry_run else sum(rule.due(now) for rule in RULES)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        table = Table(title="Löschen (Probelauf)" if dry_run else "Gelöscht", title_justify="left")
        for heading in ("Was", "Warum", "fällig", "gelöscht"):
            table.add_column(heading)
        for row in rows:
            table.add_row(*(str(value) for value in row.values()))
        Console(highlight=False).print(table)
    if left:
        raise StatedFailure(f"{left} Einträge sind noch da, obwohl sie gelöscht sein sollten.")
