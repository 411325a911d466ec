"""`lueckenlos worker`: does what waits in the queue."""

import os

import click

from lueckenlos.config.house import opened
from lueckenlos.core.jobs import run_worker, run_worker_once

GIVES_WAY = 5
"""How much the worker steps back, so that whoever waits for a page comes first."""


@click.command("worker")
@click.option("--once", is_flag=True, help="Nur erledigen, was jetzt wartet, dann enden.")
def command(*, once: bool) -> None:
    """Erledigt, was in der Warteschlange steht, bis er angehalten wird."""
    os.nice(GIVES_WAY)
    with opened():
        if once:
            run_worker_once()
        else:
            run_worker()
