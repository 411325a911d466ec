"""`lueckenlos load-people`: the demo's sign-ins, one person per role."""

import json
import os
from pathlib import Path
from uuid import UUID

import click

from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.config.demo_people import Person, read_people
from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.actor import Grant, ScopeKind, job
from lueckenlos.core.failure import StatedFailure

LOADER = job("load-people")


@click.command("load-people")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(file: Path, *, as_json: bool) -> None:
    """Legt die Personen aus people.toml an (Passwort aus LUECKENLOS_DEMO_PASSWORD)."""
    password = os.environ.get("LUECKENLOS_DEMO_PASSWORD") or None
    with opened():
        people = read_people(file)
        for person in people:
            user = accounts.welcome(person.email, name=person.name, password=password)
            grant = _grant(person)
            accounts.grant_role(user.id, grant=grant, by=LOADER)
            if person.team:
                unit = work.ensure_unit(UUID(grant.scope_key), name=person.team)
                work.join_unit(unit, person=user.id, is_head=person.leads, by=LOADER, now=clock.real_now())
    if as_json:
        click.echo(json.dumps({"people": len(people)}))
    else:
        click.echo(f"{len(people)} Personen angelegt oder erneuert.")


def _grant(person: Person) -> Grant:
    key = person.scope
    if person.scope_kind is ScopeKind.ORGANIZATION:
        organization = directory.organization_by_name(person.scope)
        if organization is None:
            raise StatedFailure(f"{person.name}: Es gibt keine Organisation „{person.scope}“ im Verzeichnis.")
        key = str(organization)
    return Grant(role=person.role, scope_kind=person.scope_kind, scope_key=key)
