"""The command line `lueckenlos`: exits 0 on success, 1 on a stated failure, 2 on wrong use."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
import django
from django.db import DatabaseError
from psycopg import Error

from lueckenlos.config import commands
from lueckenlos.config.database_troubles import sentence_of
from lueckenlos.config.environment import EnvironmentMistake
from lueckenlos.core.embedded import EmbeddedError
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.login_check import LoginRefused


class Commands(click.Group):
    """Loads one command once Django stands, and turns stated failures into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of commands."""
        return commands.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, loaded when it is asked for; Django stands by then."""
        if cmd_name not in commands.names():
            return None
        django.setup()
        return commands.command(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without loading any: all libraries of the house would take seconds."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, commands.purpose(name)) for name in commands.names()])

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run one command; never a trace for what a sentence can tell."""
        given = sys.argv[1:] if args is None else list(args)
        try:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lueckenlos.config.settings")
            return super().main(given, *more, **extra)
        except (StatedFailure, EnvironmentMistake, EmbeddedError, LoginRefused) as error:
            _fail(str(error), given)
        except (DatabaseError, Error) as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            _fail(sentence, given)


def _fail(sentence: str, given: Sequence[str]) -> NoReturn:
    """Say why and exit with 1; who asked for JSON gets a document in this case too."""
    click.echo(sentence, err=True)
    if "--json" in given:
        click.echo(json.dumps({"ok": False, "error": sentence}, ensure_ascii=False))
    sys.exit(1)


main = Commands(
    name="lueckenlos",
    help="lückenlos: die offene Plattform für kommunale Präventionsketten.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

if __name__ == "__main__":
    main()
