"""`lueckenlos status`: does the house stand, and what waits?"""

import json
from dataclasses import asdict
from typing import Any

import click
from django.db import connection
from rich.console import Console
from rich.table import Table

from lueckenlos.commons.directory.selectors import freshness_count
from lueckenlos.commons.places import selectors as places
from lueckenlos.config.commands import verify_audit as verifying
from lueckenlos.config.house import opened
from lueckenlos.config.standing import Standing, standing
from lueckenlos.core import clock, queue
from lueckenlos.core.audit import verify_audit


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument auf der Standardausgabe.")
def command(*, as_json: bool) -> None:
    """Sagt, ob Datenbank, Anmeldung, Tabellen und Protokoll in Ordnung sind und was wartet."""
    with opened() as environment:
        found = standing()
        report = {
            "database": {"version": _version(), "embedded": environment.database_url is None, **_login()},
            "migrations": {"pending": found.pending, "unknown": found.unknown},
            "context_believed": found.believed,
            # Before the tables are there, or when they are a later version's, nothing else can be asked.
            **(_inside() if found.is_ready else {}),
        }
    report["ok"] = found.is_ready and bool(report.get("audit", {}).get("holds"))
    click.echo(json.dumps(report, ensure_ascii=False)) if as_json else _show(report, found=found)
    if not report["ok"]:
        raise SystemExit(1)


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str((cursor.fetchone() or ("",))[0]).split(" ")[0]


def _login() -> dict[str, Any]:
    """Who we are; that the wall holds for this login was checked when the house was opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, pg_database_size(current_database())")
        name, size = cursor.fetchone() or ("", 0)
    return {"login": name, "login_safe": True, "bytes": size}


def _inside() -> dict[str, Any]:
    return {
        "county": places.county().name,
        "queue": asdict(queue.lengths()),
        "freshness": asdict(freshness_count(today=clock.today())),
        "audit": verifying.document(verify_audit()),
    }


def _show(report: dict[str, Any], *, found: Standing) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    database = report["database"]
    kind = "eingebaut" if database["embedded"] else "eigener Server"
    table.add_row("Datenbank", f"PostgreSQL {database['version']} ({kind}), {database['bytes'] / 1e6:.0f} MB")
    table.add_row("Anmeldung", f"{database['login']}, die Schutzregeln gelten")
    table.add_row("Tabellen", _tables(found))
    if found.is_ready:
        waiting, fresh, audit = report["queue"], report["freshness"], report["audit"]
        table.add_row("Kreis", report["county"])
        table.add_row(
            "Aufträge",
            f"{waiting['waiting']} warten, {waiting['later']} für später, {waiting['doing']} in Arbeit, "
            f"{waiting['failed']} gescheitert; {waiting['workers']} Helfer",
        )
        table.add_row(
            "Angebote",
            f"{fresh['fresh']} aktuell, {fresh['due']} bald zu prüfen, {fresh['overdue']} überfällig, "
            f"{fresh['never']} nie geprüft",
        )
        holds = "unversehrt" if audit["holds"] else "NICHT unversehrt, siehe lueckenlos verify-audit"
        table.add_row("Protokoll", f"{audit['entries']} Einträge, {holds}; {audit['seals']} Siegel")
    Console(highlight=False).print(table)


def _tables(found: Standing) -> str:
    if found.unknown:
        return f"von einer neueren Version ({', '.join(found.unknown[:3])})"
    if found.pending:
        return f"{len(found.pending)} Schritte fehlen: lueckenlos migrate"
    if not found.believed:
        return "auf dem Stand, aber der Schlüssel dieser Installation passt nicht: lueckenlos migrate"
    return "auf dem Stand dieser Version"
