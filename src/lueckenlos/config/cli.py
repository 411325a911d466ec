"""The command line `lueckenlos`: exits 0 on success, 1 on a stated failure, 2 on wrong use."""

import os
import sys
from typing import Any

import click
import django

from lueckenlos.config import commands
from lueckenlos.config.environment import EnvironmentMistake
from lueckenlos.core.embedded import EmbeddedError
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.login_check import LoginRefused


class Commands(click.Group):
    """Loads the commands once Django stands, and turns stated failures into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of commands."""
        return commands.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, loaded when it is asked for."""
        return commands.command(cmd_name) if cmd_name in commands.names() else None

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run one command; never a trace for what a sentence can tell."""
        try:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lueckenlos.config.settings")
            django.setup()
            return super().main(*args, **extra)
        except (StatedFailure, EnvironmentMistake, EmbeddedError, LoginRefused) as error:
            click.echo(str(error), err=True)
            sys.exit(1)


main = Commands(
    name="lueckenlos",
    help="lückenlos: die offene Plattform für kommunale Präventionsketten.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

if __name__ == "__main__":
    main()
