"""Compares the database with this version of the program: what is missing, what is too new, who is believed."""

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lueckenlos.core.context import context_is_believed
from lueckenlos.core.failure import StatedFailure

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Migrations that are still to run, those that this version does not know, and the key of the context."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]
    believed: bool

    @property
    def is_ready(self) -> bool:
        """Pages may be served from this database."""
        return not self.pending and not self.unknown and self.believed


class WrittenByNewer(StatedFailure):
    """The database was migrated by a later version of the program than this one."""

    def __init__(self, unknown: tuple[str, ...]) -> None:
        self.unknown = unknown
        named = ", ".join(unknown[:SHOWN]) + (" …" if len(unknown) > SHOWN else "")
        super().__init__(
            f"Die Daten hat eine neuere Version von lückenlos geschrieben ({named} kennt diese Version nicht). "
            "Bitte starten Sie die neuere Version, oder spielen Sie eine Sicherung von vorher ein. "
            "Es wurde nichts verändert."
        )


class TablesOutdated(StatedFailure):
    """The tables are those of an earlier version, and nobody gave the owner's login to change them."""

    def __init__(self, pending: tuple[str, ...]) -> None:
        self.pending = pending
        super().__init__(
            f"Die Datenbank ist nicht auf dem Stand dieser Version ({len(pending)} Schritte fehlen). Bitte führen "
            "Sie „lueckenlos migrate“ aus, mit der Anmeldung von lueckenlos_owner in MIGRATE_DATABASE_URL."
        )


class ContextNotBelieved(StatedFailure):
    """The database holds another key than this home: every actor would be nobody."""

    def __init__(self) -> None:
        super().__init__(
            "Die Datenbank glaubt den Unterschriften dieser Installation nicht: Ihr Schlüssel passt nicht zu "
            "secrets/context_key in LUECKENLOS_HOME (oder zu LUECKENLOS_CONTEXT_KEY). Bitte legen Sie den "
            "Schlüssel von früher dorthin, oder führen Sie „lueckenlos migrate“ aus: Das hinterlegt den neuen."
        )


def unknown_migrations() -> tuple[str, ...]:
    """What was applied to the connected database and is unknown to this version; the owner may ask, too."""
    return _unknown(MigrationExecutor(connection))


def pending_migrations() -> tuple[str, ...]:
    """What this version would still do to the connected database."""
    return _pending(MigrationExecutor(connection))


def standing() -> Standing:
    """Look at the connected database as the application; changes nothing."""
    executor = MigrationExecutor(connection)
    pending = _pending(executor)
    return Standing(
        pending=pending,
        unknown=_unknown(executor),
        believed=not pending and context_is_believed(),
    )


def demand_belief() -> None:
    """Stop where every actor would be nobody: closed tables would look empty, and nothing would look wrong."""
    if not context_is_believed():
        raise ContextNotBelieved


def _pending(executor: MigrationExecutor) -> tuple[str, ...]:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def _unknown(executor: MigrationExecutor) -> tuple[str, ...]:
    loader = executor.loader
    replaced = {name for migration in loader.replacements.values() for name in migration.replaces}
    unknown = set(loader.applied_migrations or {}) - set(loader.disk_migrations or {}) - replaced
    return tuple(sorted(f"{app}.{name}" for app, name in unknown))


def refuse_newer(unknown: tuple[str, ...]) -> None:
    """Stop before anything of a newer version is touched."""
    if unknown:
        raise WrittenByNewer(unknown)


def demand_ready(found: Standing) -> None:
    """Stop unless pages may be served."""
    refuse_newer(found.unknown)
    if found.pending:
        raise TablesOutdated(found.pending)
    if not found.believed:
        raise ContextNotBelieved
