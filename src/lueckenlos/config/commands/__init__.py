"""The commands of `lueckenlos`, one module each."""

import importlib
import pkgutil

import click


def names() -> list[str]:
    """Every command's name: its module's with dashes."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def command(name: str) -> click.Command:
    """One command; to load them all would make each of them wait for the others' libraries."""
    found: click.Command = importlib.import_module(f"{__name__}.{name.replace('-', '_')}").command
    return found


def registered() -> dict[str, click.Command]:
    """All commands by name."""
    return {name: command(name) for name in names()}
