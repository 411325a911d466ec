"""`lueckenlos migrate`: brings the database's tables to this version, as the owner."""

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lueckenlos.config.house import opened_as_owner
from lueckenlos.config.standing import refuse_newer, unknown_migrations
from lueckenlos.core.context import install_context_key


@click.command("migrate")
def command() -> None:
    """Bringt die Tabellen der Datenbank auf den Stand dieser Version."""
    with opened_as_owner():
        refuse_newer(unknown_migrations())
        call_command("migrate", verbosity=0, interactive=False)
        install_context_key(connection, settings.CONTEXT_KEY)
    click.echo("Die Datenbank ist auf dem Stand dieser Version.")
