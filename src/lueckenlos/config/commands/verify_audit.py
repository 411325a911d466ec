"""`lueckenlos verify-audit`: reads the whole log and names the first entry of each chain that does not hold."""

import json
from pathlib import Path

import click

from lueckenlos.config.house import opened
from lueckenlos.config.standing import demand_belief
from lueckenlos.core.audit import AuditResult, verify_audit
from lueckenlos.kernels.ledger import Break, Fault

SENTENCES = {
    Fault.EDITED: "wurde nachträglich verändert",
    Fault.MISSING: "fehlt",
    Fault.DETACHED: "schließt nicht an den Eintrag davor an",
    Fault.SURPLUS: "steht hinter dem Ende, das der Kopf der Kette nennt",
    Fault.CUT_OFF: "fehlt: das Ende der Kette wurde abgeschnitten",
    Fault.NOT_AS_SEALED: "ist nicht der, der versiegelt wurde",
    Fault.PAYLOAD_EDITED: "hat einen nachträglich veränderten persönlichen Teil",
    Fault.PAYLOAD_MISSING: "hat seinen persönlichen Teil verloren, ohne dass er geschwärzt wurde",
    Fault.PAYLOAD_BLACKENED_UNRECORDED: "wurde geschwärzt, ohne dass jemand es eingetragen hat",
}


@click.command("verify-audit")
@click.option(
    "--seal",
    "seals",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Datei mit einem Siegel aus der täglichen Mail; mehrfach möglich.",
)
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument auf der Standardausgabe.")
def command(seals: tuple[Path, ...], *, as_json: bool) -> None:
    """Prüft das Protokoll von Anfang an, auch gegen die Siegel im Ordner und aus den Mails."""
    mailed = [text for path in seals for text in _seals_in(path)]
    with opened():
        demand_belief()
        result = verify_audit(mailed_seals=mailed)
    click.echo(json.dumps(document(result), ensure_ascii=False) if as_json else _words(result))
    if not result.holds:
        raise SystemExit(1)


def document(result: AuditResult) -> dict[str, object]:
    """The result for machines."""
    return {
        "holds": result.holds,
        "entries": result.entries,
        "chains": len(result.verdicts),
        "seals": result.seals,
        "false_seals": list(result.false_seals),
        "breaks": [
            {
                "chain": each.chain,
                "sequence": each.sequence,
                "fault": each.fault.value,
                "sentence": sentence(each),
            }
            for each in result.breaks
        ],
    }


def sentence(broken: Break) -> str:
    """Say in German what is wrong with an entry."""
    return f"Kette {broken.chain}: Eintrag {broken.sequence} {SENTENCES[broken.fault]}."


def _words(result: AuditResult) -> str:
    if result.holds:
        return (
            f"Das Protokoll ist unversehrt: {result.entries} Einträge in {len(result.verdicts)} Ketten, "
            f"{result.seals} Siegel stimmen."
        )
    lines = [sentence(each) for each in result.breaks]
    lines += [
        f"Das Siegel {source} stammt nicht von diesem Haus oder wurde verändert."
        for source in result.false_seals
    ]
    lines.append(
        "Das Protokoll ist nicht unversehrt. Bitte nichts löschen, eine Sicherung ziehen und den Datenschutz verständigen."
    )
    return "\n".join(lines)


def _seals_in(path: Path) -> list[str]:
    """The seals in a file; around them may stand the rest of the mail."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [line.strip() + "\n" for line in lines if line.strip().startswith("{")]
    return found or [path.read_text(encoding="utf-8", errors="replace")]
