"""The page shell's menu: entries are registered by config, shown by role."""

from dataclasses import dataclass

from lueckenlos.core.actor import Actor, Role


@dataclass(frozen=True)
class MenuEntry:
    """One entry; without roles it is for everybody."""

    label: str
    url_name: str
    roles: frozenset[Role] = frozenset()

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor sees the entry."""
        return not self.roles or any(actor.has_role(role) for role in self.roles)


_entries: list[MenuEntry] = []


def register(entries: list[MenuEntry]) -> None:
    """Take the whole menu; config calls this once at start."""
    _entries[:] = entries


def entries_for(actor: Actor) -> list[MenuEntry]:
    """What this actor finds in the menu."""
    return [entry for entry in _entries if entry.is_for(actor)]
