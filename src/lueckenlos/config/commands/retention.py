"""`lueckenlos retention`: shows what is to be erased, erases it, proves it."""

import json

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.config.house import opened
from lueckenlos.config.retention import erase_due, show_due
from lueckenlos.config.standing import demand_belief
from lueckenlos.core import clock


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, nichts löschen.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument ausgeben.")
def command(*, dry_run: bool, as_json: bool) -> None:
    """Löscht, was nicht länger aufbewahrt werden darf."""
    with opened():
        demand_belief()
        deed = show_due if dry_run else erase_due
        reports = deed(now=clock.real_now())
    if as_json:
        click.echo(json.dumps([report.as_dict() for report in reports], ensure_ascii=False))
    else:
        table = Table(title="Löschen (Probelauf)" if dry_run else "Gelöscht", title_justify="left")
        for heading in ("Was", "Warum", "fällig", "gelöscht", "noch da"):
            table.add_column(heading)
        for report in reports:
            table.add_row(*(str(value) for value in report.as_dict().values()))
        Console(highlight=False).print(table)
    left = sum(report.left for report in reports)
    if left:
        click.echo(f"{left} Einträge sind noch da, obwohl sie gelöscht sein sollten.", err=True)
        raise SystemExit(1)
