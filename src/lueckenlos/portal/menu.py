"""The page shell's menu: entries are registered by config, shown by role."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from lueckenlos.core.actor import Actor, Role


@dataclass(frozen=True)
class MenuEntry:
    """One entry; without roles it is for everybody and stands in the head of each page, else on the desk."""

    label: str | Promise
    url_name: str
    roles: frozenset[Role] = frozenset()
    text: str | Promise = ""
    icon: str = ""

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor sees the entry."""
        return not self.roles or any(actor.has_role(role) for role in self.roles)

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.url_name)


_entries: list[MenuEntry] = []


def register(entries: Sequence[MenuEntry]) -> None:
    """Take the whole menu; config calls this once at start."""
    _entries[:] = entries


def public_entries() -> list[MenuEntry]:
    """What everybody finds in the head of a page."""
    return [entry for entry in _entries if not entry.roles]


def desk_entries(actor: Actor) -> list[MenuEntry]:
    """What this actor finds on the desk."""
    return [entry for entry in _entries if entry.roles and entry.is_for(actor)]
