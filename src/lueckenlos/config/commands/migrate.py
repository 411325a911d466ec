"""`lueckenlos migrate`: brings the database's tables to this version, as the owner."""

import json

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lueckenlos.config.house import opened_as_owner
from lueckenlos.config.standing import pending_migrations, refuse_newer, unknown_migrations
from lueckenlos.core.context import install_context_key


@click.command("migrate")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(*, as_json: bool) -> None:
    """Bringt die Tabellen der Datenbank auf den Stand dieser Version."""
    with opened_as_owner():
        refuse_newer(unknown_migrations())
        pending = pending_migrations()
        call_command("migrate", verbosity=0, interactive=False)
        install_context_key(connection, settings.CONTEXT_KEY)
    if as_json:
        click.echo(json.dumps({"applied": pending}))
    else:
        click.echo("Die Datenbank ist auf dem Stand dieser Version.")
