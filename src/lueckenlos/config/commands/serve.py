"""`lueckenlos serve`: server and worker under one supervisor, without demo data."""

import click

from lueckenlos.config.running import run_house


@click.command("serve")
def command() -> None:
    """Startet Server und Hintergrundarbeit ohne Demodaten."""
    run_house()
