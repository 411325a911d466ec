"""`lueckenlos demo`: the demo county, ready to click through, with a sign-in for every role."""

import hashlib
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import click
from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from lueckenlos.config import commands
from lueckenlos.config.demo_people import People, read_people
from lueckenlos.config.environment import Environment
from lueckenlos.config.running import lueckenlos, run_house
from lueckenlos.core.embedded.vault import write_private

COUNTY = Path("counties") / "dueren"
STAMP = "demo-loaded"
PASSWORD = "demo_password"  # noqa: S105 – the name of a file
console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One command that fills the demo."""

    title: str
    command: str
    argument: Path | None = None

    def run(self) -> None:
        """Run it in a process of its own, as a host would."""
        lueckenlos(self.command, *([] if self.argument is None else [str(self.argument)]))


@click.command("demo")
@click.option(
    "--county",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=COUNTY,
    show_default=True,
    help="Ordner des Kreises.",
)
def command(county: Path) -> None:
    """Startet den Demo-Kreis; ein zweiter Start behält alle Daten."""
    os.environ["LUECKENLOS_DEMO"] = "1"
    people = read_people(county / "people.toml")
    console.print("lückenlos startet …")
    run_house(
        before=lambda environment: fill(environment, county=county),
        ready=lambda environment: tell(environment, people=people),
    )


def fill(environment: Environment, *, county: Path) -> None:
    """Load the county, its people and the finder's index, unless exactly this was loaded before."""
    steps = steps_of(county, known=commands.names())
    stamp = environment.home / STAMP
    wanted = _fingerprint(county, steps=steps)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    os.environ["LUECKENLOS_DEMO_PASSWORD"] = _password(environment.home)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(steps))
        for number, step in enumerate(steps, start=1):
            progress.update(bar, description=f"[{number}/{len(steps)}] {step.title}")
            step.run()
            progress.update(bar, advance=1)
            progress.print(f"\\[{number}/{len(steps)}] {step.title}: fertig")
    stamp.write_text(wanted, encoding="utf-8")


def steps_of(county: Path, *, known: Collection[str]) -> list[Step]:
    """What fills the demo, in its order, of the commands that this house has."""
    steps = [
        Step("Kreis laden", "load-county", county),
        Step("Demo-Personen anlegen", "load-people", county / "people.toml"),
        Step("Beispiel-Familien anlegen", "load-demo-cases"),
        Step("Suche vorbereiten", "index"),
    ]
    return [step for step in steps if step.command in known]


def tell(environment: Environment, *, people: People) -> None:
    """Print the address and a sign-in for each role, in one panel."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Rolle", "E-Mail"):
        table.add_column(heading)
    for person in people:
        table.add_row(person.name, person.email)
    console.print(
        Panel(
            Group(
                Text.from_markup(f"[bold]{environment.base_url}/[/bold]"),
                table,
                Text(f"Passwort für alle: {_password(environment.home)}"),
                Text(f"Anmelden mit einem Klick: {environment.base_url}/demo/rollen/"),
                Text(f"Einmal-Codes und alle Mails: {environment.base_url}/demo/post/"),
            ),
            title="lückenlos läuft",
            subtitle="Ende mit Strg-C; die Daten bleiben",
            expand=False,
            padding=(1, 2),
        )
    )


def _password(home: Path) -> str:
    path = home / "secrets" / PASSWORD
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, text=f"demo-{secrets.token_hex(4)}")
    return path.read_text(encoding="utf-8").strip()


def _fingerprint(county: Path, *, steps: list[Step]) -> str:
    digest = hashlib.sha256(" ".join(step.command for step in steps).encode())
    for path in sorted(path for path in county.iterdir() if path.is_file()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
