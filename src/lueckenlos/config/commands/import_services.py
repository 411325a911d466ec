"""`lueckenlos import-services`: take over a table of services, with every wrong row named."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from lueckenlos.commons.directory import selectors, services, wording
from lueckenlos.commons.directory.forms.importing import unreadable
from lueckenlos.commons.directory.importing import (
    TARGETS,
    Source,
    Table,
    UnreadableTable,
    check_table,
    guess_mapping,
    read_table,
    refuse_large,
)
from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.table_wording import place_of, sentence
from lueckenlos.kernels.likeness import plain

SHOWN = 50
ACTOR = "directory.import"


@click.command("import-services")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--organization",
    required=True,
    help="Träger, dem Zeilen ohne eigene Spalte gehören (Name im Verzeichnis).",
)
@click.option(
    "--mapping",
    "pairs",
    multiple=True,
    metavar="FELD=SPALTE",
    help="Zuordnung; FELD==wort gilt für alle Zeilen.",
)
@click.option("--good-rows", is_flag=True, help="Nimmt die guten Zeilen, auch wenn andere nicht passen.")
@click.option("--with-doubles", is_flag=True, help="Nimmt auch Zeilen, die wahrscheinlich schon da sind.")
@click.option("--preview", is_flag=True, help="Zeigt nur, was geschehen würde.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument auf der Standardausgabe.")
def command(file: Path, **options: Any) -> None:
    """Übernimmt Angebote aus FILE (XLSX, ODS, CSV): alle Zeilen oder keine, oder nur die guten."""
    table = _read(file)
    with opened():
        owner = selectors.organization_by_name(options["organization"])
        if owner is None:
            raise StatedFailure(
                f"Einen Träger „{options['organization']}“ gibt es im Verzeichnis nicht. Bitte zuerst anlegen."
            )
        report = _import(file.name, table, owner=owner, options=options)
    click.echo(json.dumps(report, ensure_ascii=False) if options["as_json"] else _words(report))
    if report["mistakes"] and not report["taken"] and not options["preview"]:
        raise SystemExit(1)


def _read(file: Path) -> Table:
    try:
        refuse_large(file.stat().st_size)
        return read_table(file.read_bytes())
    except UnreadableTable as error:
        raise StatedFailure(f"{file.name}: {unreadable(error)}") from error


def _import(name: str, table: Table, *, owner: UUID, options: dict[str, Any]) -> dict[str, Any]:
    mapping = guess_mapping(table.header) | _mapping(options["pairs"], header=table.header)
    checking = check_table(table, mapping=mapping, words=selectors.import_words(), file=name)
    plan = selectors.plan_import(checking.rows, organization_id=owner, given=checking.given, is_wide=True)
    doubles = selectors.doubles(
        [row for row, _source in plan.new], organization_id=owner, organization=options["organization"]
    )
    left_out = set() if options["with_doubles"] else {double.line for double in doubles}
    rows = [row for row in checking.rows if row.line not in left_out]
    takes = not options["preview"] and (options["good_rows"] or not checking.mistakes)
    done = (
        services.import_rows(owner, rows, given=checking.given, actor=job(ACTOR), now=clock.now())
        if takes
        else services.Imported()
    )
    return {
        "file": name,
        "rows": checking.total,
        "good": len(checking.rows),
        "taken": takes,
        "added": done.added,
        "changed": done.changed,
        "organizations": done.organizations,
        "plan": _plan(plan, left_out=left_out),
        "columns": {
            key: f"={source.constant}" if source.column is None else table.header[source.column]
            for key, source in mapping.items()
        },
        "mistakes": [
            {
                "line": each.line,
                "field": each.field,
                "value": each.value,
                "why": each.why,
                "text": sentence(each),
                "place": place_of(each),
            }
            for each in checking.mistakes.kept
        ],
        "doubles": [
            {
                "line": each.line,
                "name": each.name,
                "other": each.other_key or each.other_line,
                "likeness": each.likeness,
            }
            for each in doubles
        ],
    }


def _plan(plan: selectors.ImportPlan, *, left_out: set[int]) -> dict[str, Any]:
    """What the rows say against what is there; held rows change nothing and are named."""
    return {
        "new": sum(row.line not in left_out for row, _source in plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "held": [
            {
                "line": each.line,
                "name": each.name,
                "service": each.service_key,
                "why": each.why,
                "text": str(wording.HINDRANCES[each.why]),
                "fields": each.fields,
            }
            for each in plan.held
        ],
    }


def _mapping(pairs: Sequence[str], *, header: Sequence[str]) -> dict[str, Source]:
    columns = {plain(name): at for at, name in enumerate(header)}
    known = {target.key for target in TARGETS}
    found: dict[str, Source] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or key not in known:
            raise StatedFailure(
                f"--mapping {pair}: Bitte FELD=SPALTE schreiben. Felder: {', '.join(sorted(known))}."
            )
        if value.startswith("="):
            found[key] = Source(constant=value[1:])
        elif plain(value) in columns:
            found[key] = Source(columns[plain(value)])
        else:
            raise StatedFailure(
                f"--mapping {pair}: Die Spalte „{value}“ gibt es nicht. Es gibt: {', '.join(header)}."
            )
    return found


def _words(report: dict[str, Any]) -> str:
    plan = report["plan"]
    lines = [
        f"{report['rows']} Zeilen gelesen, {report['good']} passen:"
        f" {plan['new']} neu, {plan['changed']} geändert, {plan['unchanged']} unverändert."
    ]
    lines += _some([f"{each['place']}: {each['text']}" for each in report["mistakes"]])
    lines += _some(
        [
            f"Zeile {each['line']}: „{each['name']}“ ist wahrscheinlich schon da"
            f" ({each['other']}, {each['likeness']} %)."
            for each in report["doubles"]
        ]
    )
    lines += _some([_held_words(each) for each in plan["held"]])
    if report["taken"]:
        lines.append(f"{report['added']} übernommen, {report['changed']} geändert.")
    elif report["mistakes"]:
        lines.append("Nichts übernommen. Mit --good-rows kommen die guten Zeilen trotzdem hinein.")
    return "\n".join(lines)


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"… und {more} weitere."] if more > 0 else [])]


def _held_words(held: dict[str, Any]) -> str:
    fields = wording.field_labels(held["fields"])
    return f"Zeile {held['line']}: „{held['name']}“ bleibt, wie es ist: {held['text']}{fields and f' ({fields})'}."
