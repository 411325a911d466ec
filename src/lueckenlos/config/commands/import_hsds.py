"""`lueckenlos import-hsds`: takes Open Referral in, as our own entries or as a neighbour's."""

import json
import re
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.commons.directory.exchange import ImportReport, Neighbour, deliver, import_delivery
from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.actor import job

ACTOR: Final = "directory.deliver"
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN: Final = 50


@click.command("import-hsds")
@click.argument("source", metavar="FILE|DIR|URL")
@click.option("--feed", metavar="KEY", help="Kürzel eines Nachbarn: Seine Angebote bleiben seine.")
@click.option("--name", metavar="NAME", help="Wie der Nachbar heißt; gehört zu --feed.")
@click.option("--dry-run", "dry_run", is_flag=True, help="Nur sagen, was sich ändern würde.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt einer Tabelle.")
def command(source: str, *, feed: str | None, name: str | None, dry_run: bool, as_json: bool) -> None:
    """Nimmt Open Referral auf: eine Datei, einen Ordner oder die Adresse einer Schnittstelle."""
    neighbour = _neighbour(feed, name, source)
    with opened():
        report = import_delivery(
            deliver(source), actor=job(ACTOR), now=clock.now(), neighbour=neighbour, dry_run=dry_run
        )
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    else:
        _tell(report)
    if not report.is_complete:
        raise SystemExit(1)


def _neighbour(feed: str | None, name: str | None, source: str) -> Neighbour | None:
    if feed is None:
        if name is not None:
            raise click.UsageError("--name gehört zu --feed.")
        return None
    if not name:
        raise click.UsageError("--feed braucht auch --name: Wie heißt der Nachbar?")
    if not _KEY.fullmatch(feed) or len(feed) > 50:
        raise click.UsageError("--feed besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.")
    return Neighbour(feed, name, source if "://" in source else "")


def _tell(report: ImportReport) -> None:
    for note in report.notes.kept[:_SHOWN]:
        click.echo(f"{note.where}: {note.sentence}", err=True)
    more = report.notes.total - min(len(report.notes.kept), _SHOWN)
    if more:
        click.echo(f"… und {more} weitere.", err=True)
    table = Table(title="Das würde sich ändern" if report.dry_run else "Aufgenommen", title_justify="left")
    table.add_column("")
    for heading in ("neu", "geändert", "unverändert", "weggefallen"):
        table.add_column(heading, justify="right")
    for label, counts in (
        ("Angebote", report.written.services),
        ("Träger", report.written.organizations),
        ("Orte", report.written.locations),
    ):
        numbers = (counts.added, counts.changed, counts.unchanged, counts.gone)
        table.add_row(label, *(str(number) for number in numbers))
    Console(highlight=False).print(table)
    if not report.is_complete:
        click.echo("Die Lieferung war unvollständig; was fehlt, steht oben.", err=True)
