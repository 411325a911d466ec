"""`lueckenlos demo`: the demo county, ready to click through, with a sign-in for every role."""

import hashlib
import os
import secrets
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.config.demo_people import People, read_people
from lueckenlos.config.environment import Environment
from lueckenlos.config.running import lueckenlos, run_house

COUNTY = Path("counties") / "dueren"
console = Console(highlight=False)


@click.command("demo")
@click.option("--county", type=click.Path(path_type=Path, exists=True, file_okay=False), default=COUNTY)
def command(county: Path) -> None:
    """Startet den Demo-Kreis; ein zweiter Start behält alle Daten."""
    os.environ["LUECKENLOS_DEMO"] = "1"
    run_house(before=lambda environment: fill(environment, county=county), ready=tell)


def fill(environment: Environment, *, county: Path) -> None:
    """Load the county, its people and the finder's index, unless exactly this was loaded before."""
    stamp = environment.home / "demo-loaded"
    wanted = _fingerprint(county)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    steps = [
        ("Kreis laden", ["load-county", str(county)]),
        ("Demo-Personen anlegen", ["load-people", str(county / "people.toml")]),
        ("Suche vorbereiten", ["index"]),
    ]
    os.environ["LUECKENLOS_DEMO_PASSWORD"] = _password(environment.home)
    for number, (title, arguments) in enumerate(steps, start=1):
        with console.status(f"[{number}/{len(steps)}] {title} …"):
            lueckenlos(*arguments)
        console.print(f"[{number}/{len(steps)}] {title}: fertig")
    stamp.write_text(wanted, encoding="utf-8")


def tell(environment: Environment) -> None:
    """Print the address and a sign-in for each role."""
    people: People = read_people(COUNTY / "people.toml")
    table = Table(title="Anmeldungen im Demo-Kreis", title_justify="left")
    for heading in ("Rolle", "E-Mail", "Passwort"):
        table.add_column(heading)
    for person in people:
        table.add_row(person.name, person.email, _password(environment.home))
    console.print(table)
    console.print(f"Einmal-Codes und alle Mails: {environment.base_url}/demo/post/")
    console.print(f"\nlückenlos läuft:  [bold]{environment.base_url}/[/bold]   (Ende mit Strg-C)\n")


def _password(home: Path) -> str:
    path = home / "secrets" / "demo_password"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"demo-{secrets.token_hex(4)}", encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _fingerprint(county: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(county.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
