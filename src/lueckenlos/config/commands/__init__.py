"""The commands of `lueckenlos`, one module each."""

import importlib
import pkgutil

import click


def registered() -> dict[str, click.Command]:
    """Every module here has one `command`; its name is the module's with dashes."""
    found: dict[str, click.Command] = {}
    for module in pkgutil.iter_modules(__path__):
        command = importlib.import_module(f"{__name__}.{module.name}").command
        found[command.name] = command
    return found
