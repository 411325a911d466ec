"""A county that is played with: deeds through the services as the application, facts read past the wall, all compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from lueckenlos.care.cases.errors import NoConsent, ReferralClosed
from lueckenlos.commons.privacy.errors import NotYours, Unfit, judged
from lueckenlos.core.actor import Actor
from tests.wall import facts as reading
from tests.wall.cast import everybody
from tests.wall.facts import Facts
from tests.wall.looking import Eyes
from tests.wall.model import Model, View
from tests.wall.seeing import TABLES, sees
from tests.wall.world import Worker, World, now

# A statement on one of these derives a file's releases anew.
DERIVING = (
    "privacy_party", "privacy_custody", "privacy_assignment", "privacy_cover", "privacy_consent",
    "privacy_protectionstep", "privacy_scope",
)  # fmt: skip
REFUSALS = (NotYours, Unfit, NoConsent, ReferralClosed, ObjectDoesNotExist)


@dataclass(frozen=True)
class Difference:
    """The wall and the model do not agree on what an actor sees of a table."""

    actor: Actor
    table: str
    too_much: frozenset[str]
    too_little: frozenset[str]
    rows: tuple[Any, ...] = ()


@dataclass
class Tally:
    """What was compared so far, over all plays of a run."""

    comparisons: int = 0
    differences: int = 0
    steps: int = 0
    told: Callable[[Tally], None] | None = None


class Play:
    """One county, empty at first, in a database of its own."""

    def __init__(self, app_url: str, past: psycopg.Connection[Any], *, tally: Tally) -> None:
        self.past = past
        self.tally = tally
        self.eyes = Eyes(app_url)
        self.world = World(past)
        self.people: list[UUID] = []
        self.touched: dict[str, datetime] = {}
        self._settle_county()
        self.facts = reading.read(past)

    def close(self) -> None:
        """Hang up."""
        self.eyes.close()

    def _settle_county(self) -> None:
        youth, school, club = (
            self.world.organization(kind=kind) for kind in ("oeffentlich", "oeffentlich", "frei")
        )
        teams = self.world.units
        self.world.worker(youth, unit=teams[youth][0])
        self.world.worker(youth, unit=teams[youth][0], is_head=True)
        self.world.worker(youth, unit=teams[youth][1])
        self.world.worker(school, unit=teams[school][0], is_head=True)
        self.world.worker(school)
        self.world.worker(club, unit=teams[club][0])
        self.texts = [self.world.text(), self.world.text(kinds=("oeffentlich",))]
        self.pathway = self.world.pathway()

    # What deeds choose from.
    judged = staticmethod(judged)
    moment = staticmethod(datetime.fromisoformat)

    @property
    def workers(self) -> list[Worker]:
        """Everybody at work."""
        return self.world.workers

    @property
    def model(self) -> Model:
        """The county as the model has it, now."""
        return Model(self.facts, now(), self.touched)

    def view(self, actor: Actor) -> View:
        """What an actor may, by the model."""
        return View(self.model, actor)

    def files(self) -> list[UUID]:
        """Every file."""
        return [UUID(key) for key in self.facts["privacy_file"]]

    def people_of(self, file: UUID, *, gone: bool = False) -> list[UUID]:
        """Who is in a file."""
        return [
            UUID(row.person)
            for row in self.facts.all("privacy_party")
            if row.file_id == str(file) and (gone or row.left_at is None)
        ]

    def somebody_with_a_pen(self, rnd: Random, file: UUID, purpose: str | None = None) -> Actor:
        """Mostly somebody who may write in the file, sometimes anybody at work."""
        actors = [worker.acting(purpose) for worker in self.workers]
        may = [actor for actor in actors if str(file) in self.view(actor).pens]
        return rnd.choice(may if may and rnd.random() < 0.8 else actors)

    # Deeds.
    @contextmanager
    def attempt(self, *, may: bool) -> Iterator[None]:
        """A deed: refused, it leaves no trace; forbidden, it must; allowed, it is not refused."""
        before = self.facts
        refused: BaseException | None = None
        try:
            yield
        except REFUSALS as error:
            refused = error
        except IntegrityError as error:
            refused = None if may else error
        self.settle()
        changed = {table for table in self.facts.raw if self.facts.raw[table] != before.raw[table]}
        assert not (refused and changed), f"refused ({refused!r}), and yet changed {changed}"
        assert may or not changed, f"done, although it is not theirs to do: {changed}"
        assert not (may and isinstance(refused, NotYours)), (
            f"refused ({refused!r}), although it is theirs to do"
        )

    def settle(self) -> None:
        """Read the facts again; on whichever file something was done, that moment counts."""
        before, self.facts = self.facts, reading.read(self.past)
        moment = now()
        for file in _changed_files(before, self.facts):
            self.touched[file] = moment

    def pass_time(self, days: float) -> None:
        """Let time go by for everything there is, without any deed: no trigger, no job."""
        with self.past.transaction():
            self.past.execute("SET LOCAL session_replication_role = replica")
            for table, columns in _times(self.past).items():
                changes = ", ".join(f"{column} = {column} - %(apart)s" for column in columns)
                self.past.execute(
                    f"UPDATE public.{table} SET {changes}".encode(), {"apart": timedelta(days=days)}
                )
        self.touched = {file: moment - timedelta(days=days) for file, moment in self.touched.items()}
        self.facts = reading.read(self.past)

    # The comparison.
    def everybody(self) -> list[Actor]:
        """All who may ask."""
        return everybody(self.workers, self.people[:8], self.facts)

    def compare(self, look: Callable[[Actor], Mapping[str, set[str]]] | None = None) -> list[Difference]:
        """Every actor and every row: what the wall shows against what the model says."""
        found: list[Difference] = []
        look = look or self.eyes.sees
        derived: dict[str, Model] = {}
        for actor in self.everybody():
            seen = look(actor)
            # All ask the same model, so that it derives once; the moments of one round differ by less than a deed.
            model = derived.setdefault("model", Model(self.facts, self.eyes.at, self.touched))
            view = View(model, actor)
            for table in TABLES:
                expected = sees(view, table)
                too_much, too_little = seen[table] - expected, expected - seen[table]
                if too_much or too_little:
                    rows = self.facts.tables.get(table, {})
                    found.append(
                        Difference(
                            actor, table, frozenset(too_much), frozenset(too_little),
                            tuple(rows.get(key, key) for key in sorted(too_much | too_little)),
                        )
                    )  # fmt: skip
            self.tally.comparisons += self.facts.count + len(model.releases)
        self.tally.differences += len(found)
        self.tally.steps += 1
        if self.tally.told is not None:
            self.tally.told(self.tally)
        return found

    def unfounded(self) -> list[Any]:
        """Releases that are open although the consents at this moment do not give them; there must be none."""
        model = self.model
        return [
            (key, term)
            for key, term in model.releases.items()
            if term.holds(model.at) and not _holds(model, key)
        ]

    def misderived(self) -> set[Any]:
        """How the releases that the database derived differ from the model's, to the microsecond."""
        rows = self.past.execute(
            "SELECT file_id::text, subject::text, category, organization_id::text, purpose, since, until, "
            "mode = 'edit' FROM privacy_release"
        ).fetchall()
        ours = {
            (*what, *whom, term.since, term.until, term.edits)
            for (what, whom), term in self.model.releases.items()
        }
        return ours ^ {(*row,) for row in rows}


def _holds(model: Model, key: Any) -> bool:
    term = model.derive(key[0].file, model.at).get(key)
    return term is not None and term.holds(model.at)


def _changed_files(before: Facts, after: Facts) -> set[str]:
    found = set()
    for table in DERIVING:
        old, new = before.raw[table], after.raw[table]
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                row = new.get(key) or old[key]
                if table == "privacy_scope":
                    consents = {**before.raw["privacy_consent"], **after.raw["privacy_consent"]}
                    row = consents[row["consent_id"]]
                found.add(row["file_id"])
    return found


def _times(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Every column with a moment, of the three rooms and of the teams."""
    rows = connection.execute(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' "
        r"AND (table_name ~ '^(privacy|families|cases)_' OR table_name = 'accounts_membership') GROUP BY 1"
    ).fetchall()
    return dict(rows)


def new_key() -> UUID:
    """A key that nobody else has."""
    return uuid4()
