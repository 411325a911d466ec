"""The commands of `lueckenlos`, one module each."""

import ast
import importlib
import pkgutil
from pathlib import Path

import click


def names() -> list[str]:
    """Every command's name: its module's with dashes."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def command(name: str) -> click.Command:
    """One command; to load them all would make each of them wait for the others' libraries."""
    found: click.Command = importlib.import_module(f"{__name__}.{name.replace('-', '_')}").command
    return found


def purpose(name: str) -> str:
    """What a command does in a sentence: its docstring's first, read from the file without running it."""
    file = Path(__file__).with_name(f"{name.replace('-', '_')}.py")
    body = ast.parse(file.read_text(encoding="utf-8")).body
    (found,) = (node for node in body if isinstance(node, ast.FunctionDef) and node.name == "command")
    return (ast.get_docstring(found) or "").partition("\n")[0]


def registered() -> dict[str, click.Command]:
    """All commands by name."""
    return {name: command(name) for name in names()}
