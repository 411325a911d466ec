"""`lueckenlos worker`: does what waits in the queue."""

import click

from lueckenlos.config.house import opened
from lueckenlos.core.jobs import run_worker


@click.command("worker")
def command() -> None:
    """Erledigt, was in der Warteschlange steht, bis er angehalten wird."""
    with opened():
        run_worker()
