"""`lueckenlos roles-sql`: prints the script with which a host's superuser sets up the database roles."""

import click

from lueckenlos.core.embedded import role_script


@click.command("roles-sql")
def command() -> None:
    """Gibt das SQL aus, mit dem ein Superuser die Rollen in einem eigenen PostgreSQL anlegt."""
    click.echo(role_script(), nl=False)
