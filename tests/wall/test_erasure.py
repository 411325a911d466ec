"""What is erased is gone: markers are planted everywhere, then the whole database and the documents are searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.cases.out import archiving
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, ContactKind, ContactValue, NewPerson
from lueckenlos.commons.privacy import asking, loading, services
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.rights import RightKind, RightOutcome
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    CoverKind,
    Ground,
    LegalBasis,
    NewParty,
    PartyRole,
    Purpose,
    ScopeValue,
    WithdrawalWay,
)
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.config.retention import RULES, erase_due, show_due
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.tables import Mistakes
from tests.core.databases import past_the_wall
from tests.wall.world import Worker, World, now

# The number of what was erased stays in the chain, or it would not hold; it opens nothing any more.
NUMBERS_STAY = {"public.core_auditentry"}


@dataclass
class Planted:
    """A case in which every text that can be written holds a marker of its own."""

    world: World
    worker: Worker
    head: Worker
    other: Worker
    file: UUID
    mother: UUID
    child: UUID
    markers: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def marker(self, name: str = "") -> str:
        self.markers.append(f"marke{uuid4().hex[:12]}")
        if name:
            self.named[name] = self.markers[-1]
        return self.markers[-1]

    @property
    def numbers(self) -> list[str]:
        return [str(self.file), str(self.mother), str(self.child)]

    def where(self, needle: str) -> set[str]:
        """Every table of the whole database in which some row holds this, as text or as bytes."""
        return tables_with(self.world.connection, needle)


def tables_with(connection: psycopg.Connection[Any], needle: str) -> set[str]:
    """Look through every column of every table that is not PostgreSQL's own."""
    names = connection.execute(
        "SELECT DISTINCT c.table_schema, c.table_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')"
    ).fetchall()
    found = set()
    for schema, table in names:
        # A row as text shows each of its columns: json, arrays and uuids as they are, bytes as hexadecimal.
        query = sql.SQL(
            "SELECT EXISTS (SELECT FROM {} t WHERE position(%s in t::text) > 0 OR position(%s in t::text) > 0)"
        )
        row = connection.execute(
            query.format(sql.Identifier(schema, table)), [needle, needle.encode().hex()]
        ).fetchone()
        if row is not None and row[0]:
            found.add(f"{schema}.{table}")
    return found


@pytest.fixture
def planted(empty_database: str, tmp_path: Path, settings: Any) -> Iterator[Planted]:
    settings.HOME = tmp_path
    mistakes = Mistakes()
    load_pathways(tmp_path, mistakes=mistakes, now=now())
    loading.load_consent_texts(tmp_path, mistakes=mistakes, now=now())
    assert mistakes.kept == []
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        youth, school = world.organization(), world.organization()
        team = world.units[youth][0]
        worker, head = world.worker(youth, unit=team), world.worker(youth, unit=team, is_head=True)
        other = world.worker(school, unit=world.units[school][0])
        opened = cases.open_case(
            cases.NewCase(pathway="akut", channel=Channel.PHONE, unit=worker.unit),
            actor=worker.acting(),
            now=now(),
        )
        made = Planted(world, worker, head, other, opened.file, uuid4(), uuid4())
        people(made)
        written(made)
        agreed(made)
        yield made


def people(made: Planted) -> None:
    actor = made.worker.acting()
    families.add_person(
        made.file,
        new=NewPerson(
            made.marker(),
            made.marker("family name"),
            wish_note=made.marker(),
            contacts=(ContactValue(ContactKind.EMAIL, f"{made.marker()}@example.org"),),
            address=AddressValue(made.marker(), "52349", made.marker()),
        ),
        party=NewParty(made.mother, PartyRole.MOTHER),
        actor=actor,
        now=now(),
    )
    families.add_person(
        made.file,
        new=NewPerson(made.marker(), made.named["family name"], born_on=date(2018, 3, 4)),
        party=NewParty(
            made.child, PartyRole.CHILD, of_age_at=now() + timedelta(days=3000), guardians=(made.mother,)
        ),
        actor=actor,
        now=now(),
    )
    families.find_again(
        family_name=made.named["family name"], born_on=date(2018, 3, 4), reason=made.marker(), actor=actor
    )


def written(made: Planted) -> None:
    actor = made.worker.acting()
    for confided in (False, True):
        cases.write_record(
            made.file,
            new=cases.NewRecord(
                kind="household",
                category=Category.FAMILY,
                about=made.mother,
                happened_at=now(),
                words=made.marker("confided" if confided else "words"),
                text=made.marker(),
                data={"members": made.marker()},
                is_confided=confided,
                confided_by=made.mother if confided else None,
            ),
            actor=actor,
            now=now(),
        )
    cases.agree_goal(made.file, text=made.marker(), about=made.mother, actor=actor, now=now())
    cases.add_document(
        made.file,
        new=cases.NewDocument(
            name=f"{made.marker()}.pdf",
            content=b"%PDF-1.7 " + made.marker("inside the document").encode(),
            category=Category.DOCUMENTS,
            about=made.mother,
        ),
        actor=actor,
        now=now(),
    )
    task = tasks.create(
        NewTask(
            organization=made.worker.organization,
            owner=Owner.of_person(made.worker.person),
            what=made.marker(),
            kind=TaskKind.OTHER,
            due_at=now() + timedelta(days=3),
            file=made.file,
        ),
        by=actor,
        now=now(),
    )
    tasks.answer(task, text=made.marker(), by=actor, now=now())
    services.cover(
        made.file,
        new=services.NewCover(
            made.head.person,
            made.worker.organization,
            CoverKind.ILLNESS,
            made.marker(),
            now() + timedelta(days=3),
        ),
        actor=made.head.acting(),
    )
    services.record_protection_step(
        made.file,
        new=services.NewStep(
            organization=made.other.organization,
            subject=made.child,
            legal_basis=LegalBasis.SGB8_8A,
            reason=made.marker(),
            late_reason=made.marker(),
            categories=frozenset({Category.SITUATION}),
            until=now() + timedelta(days=5),
        ),
        actor=actor,
        now=now(),
    )


def agreed(made: Planted) -> None:
    actor = made.worker.acting()
    text = next(each.id for each in privacy.texts(language="de") if each.code == "krise")
    scopes = (ScopeValue(Purpose.CRISIS, Category.SITUATION, made.other.organization),)
    consent = services.record_consent(
        made.file,
        new=services.NewConsent(
            text=text,
            given_by=made.mother,
            subject=made.mother,
            scopes=scopes,
            form=ConsentForm.ORAL,
            oral_reason=made.marker(),
            end_named=made.marker(),
            given_at=now(),
            valid_until=now() + timedelta(days=90),
        ),
        actor=actor,
    )
    services.disclose(
        made.file,
        seen=[(made.mother, Category.SITUATION)],
        ground=Ground.CONSENT,
        actor=made.other.acting("crisis"),
        now=now(),
    )
    services.withdraw(consent, way=WithdrawalWay.WORD, actor=actor, now=now())
    draft = services.ask_for_consent(
        made.file,
        new=services.NewDraft(
            text=text,
            asked=made.mother,
            asked_label=made.marker(),
            subject=made.child,
            subject_label=made.marker(),
            scopes=scopes,
            valid_until=now() + timedelta(days=90),
            expires_at=now() + timedelta(days=9),
            end_named=made.marker(),
        ),
        actor=actor,
        now=now(),
    )
    view = privacy.draft(actor, draft)
    assert view is not None
    asking.link_for(view, language="de", actor=actor, now=now())
    asking.own_data_link(made.mother, language="de", actor=actor, now=now(), until=now() + timedelta(days=90))
    services.release_from_secrecy(
        made.file,
        new=services.NewSecrecyRelease(
            released=made.marker(),
            towards=made.other.organization,
            given_by=made.mother,
            subject=made.child,
            form=ConsentForm.PAPER,
            given_at=now(),
            valid_until=now() + timedelta(days=30),
        ),
        actor=actor,
    )
    right = services.ask_right(
        services.NewRight(person=made.mother, kind=RightKind.ERASURE, text=made.marker()),
        actor=Actor(kind=ActorKind.FAMILY, person_id=made.mother),
        now=now(),
    )
    services.answer_right(right, outcome=RightOutcome.REFUSED, text=made.marker(), actor=actor, now=now())


def pass_the_time(made: Planted) -> None:
    """The file is closed, and years go by; its people came long ago, and their wish was answered long ago."""
    services.close_file(
        made.file, erase_after=now() + timedelta(days=1), actor=made.worker.acting(), now=now()
    )
    run = made.world.connection.execute
    run("UPDATE privacy_file SET erase_after = now() - interval '1 minute' WHERE id = %s", [made.file])
    run("UPDATE families_person SET created_at = now() - interval '9 years'")
    run("UPDATE privacy_rightsrequest SET asked_at = asked_at - interval '9 years', "
        "due_at = due_at - interval '9 years', answered_at = answered_at - interval '9 years'")  # fmt: skip


def test_every_marker_is_there_before(planted: Planted) -> None:
    """Otherwise the search below would prove nothing."""
    written_down = set().union(*(planted.where(marker) for marker in planted.markers))
    assert {table.removeprefix("public.") for table in written_down} >= {
        "families_person", "families_contact", "families_address", "cases_record", "cases_goal", "cases_document",
        "tasks_task", "privacy_cover", "privacy_protectionstep", "privacy_consent", "privacy_consentdraft",
        "privacy_confidentialityrelease", "privacy_rightsrequest", "core_auditpayload",
    }  # fmt: skip
    # What lies encrypted on the disk is nowhere in the database.
    unseen = [marker for marker in planted.markers if not planted.where(marker)]
    assert unseen == [planted.named["inside the document"]]


def test_nothing_is_left_of_an_erased_file_in_the_whole_database_or_its_documents(
    planted: Planted, tmp_path: Path
) -> None:
    pass_the_time(planted)
    assert sum(report.due for report in show_due(now=now())) >= 3
    reports = erase_due(now=now())
    assert [report.records for report in reports if report.left] == []
    assert {marker: found for marker in planted.markers if (found := planted.where(marker))} == {}
    for number in planted.numbers:
        assert planted.where(number) <= NUMBERS_STAY, number
    assert [path for path in (tmp_path / "documents").rglob("*") if path.is_file()] == []
    assert audit.verify_audit().holds


def test_the_archive_gets_the_file_first_without_what_was_confided(planted: Planted, tmp_path: Path) -> None:
    pass_the_time(planted)
    erase_due(now=now())
    (place,) = archiving.waiting()
    data = json.loads((place / "akte.json").read_text(encoding="utf-8"))
    assert data["file"] == str(planted.file)
    assert (place / "akte.pdf").read_bytes().startswith(b"%PDF")
    (paper,) = (place / "unterlagen").iterdir()
    assert planted.named["inside the document"].encode() in paper.read_bytes()
    told = (place / "akte.json").read_text(encoding="utf-8")
    assert planted.named["words"] in told
    assert planted.named["confided"] not in told
    assert place.stat().st_mode & 0o077 == 0
    later = now() + archiving.TRAY_KEPT + timedelta(days=1)
    assert archiving.RULES[0].due(later) == 1
    assert archiving.RULES[0].erase(later) == 1 and archiving.waiting() == []


def test_a_class_that_is_not_offered_is_erased_without_a_hand_over(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving, "offered", frozenset)
    pass_the_time(planted)
    erase_due(now=now())
    assert archiving.waiting() == []
    assert planted.where(str(planted.file)) <= NUMBERS_STAY


def test_what_cannot_be_handed_over_is_not_erased(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any, **_more: Any) -> str:
        raise OSError("no space left on device")

    monkeypatch.setattr(archiving, "_write", full)
    pass_the_time(planted)
    with pytest.raises(OSError, match="no space"):
        erase_due(now=now())
    assert "public.cases_record" in planted.where(planted.named["words"])


def test_a_file_whose_time_is_not_over_stays_whole(planted: Planted) -> None:
    before = {marker: planted.where(marker) for marker in planted.markers}
    erase_due(now=now())
    assert {marker: planted.where(marker) for marker in planted.markers} == before


def test_the_personal_part_of_the_log_goes_by_itself_after_three_years(planted: Planted) -> None:
    run = planted.world.connection.execute
    (rule,) = [each for each in RULES if each.table == "AuditPayload"]
    assert rule.due(now()) == 0
    later = now() + timedelta(days=3 * 365 + 1)
    assert rule.due(later) > 0
    rule.erase(later)
    assert rule.due(later) == 0
    assert run("SELECT count(*) FROM core_auditpayload WHERE content IS NOT NULL").fetchone() == (0,)
    assert audit.verify_audit().holds
