"""The record of processing and the draft impact assessment say what this house does: every table, purpose and rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.privacy.types import Category, Purpose, RetentionClass
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES, RETENTION
from lueckenlos.config import processing
from lueckenlos.config.processing import record
from lueckenlos.config.processing.facts import Facts
from lueckenlos.config.retention import RULES
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.portal.oversight.parts import Document, Section
from tests.config.houses import run
from tests.core.databases import as_owner
from tests.core.pdf_reading import pages
from tests.house.fences import our_tables

WALL, TASKS, KEPT = "Maßnahmen (Art. 32 DSGVO)", "Tätigkeit: ", "Löschfristen"
CLOSED = sorted(table._meta.db_table for table in our_tables() if getattr(table, "closed", False))


def facts() -> Facts:
    """The house as it stands now."""
    return processing.read_facts(now=clock.real_now())


def sections(document: Document, title: str) -> list[Section]:
    return [each for each in document.sections if title in each.title]


def rows(document: Document, title: str) -> dict[str, tuple[str, ...]]:
    """The table of a section, by its first column."""
    (section,) = sections(document, title)
    assert section.table is not None
    return {row[0]: row[1:] for row in section.table.rows}


def points(document: Document, title: str) -> str:
    return " | ".join(point for section in sections(document, title) for point in section.points)


@pytest.mark.django_db
def test_every_closed_table_stands_in_the_record_forced_and_with_its_policies() -> None:
    found = rows(processing.record_of_processing(facts()), WALL)
    assert [table for table in CLOSED if table not in found] == []
    for table in CLOSED:
        forced, commands = found[table]
        assert forced == "ja", table
        assert "select" in commands, table
    assert f"{len(found)} Tabellen mit Zeilenschutz" in points(
        processing.assessment(facts()), "Maßnahmen, die"
    )


@pytest.mark.parametrize("table", ["families_person", "privacy_rightsrequest"])
def test_a_table_that_its_owner_could_read_is_told_in_both_documents(own_database: str, table: str) -> None:
    with as_owner(own_database) as owner:
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY".encode())
    now = facts()
    assert rows(processing.record_of_processing(now), WALL)[table][0] == "NEIN"
    assessed = processing.assessment(now)
    seen = rows(assessed, "Risiken")["Eine Stelle sieht mehr, als die Familie erlaubt hat"]
    assert f"NICHT für {table}" in seen[1]
    assert f"erzwingen: {table}" in points(assessed, "Was noch zu tun ist")


def test_a_table_without_policies_or_without_a_wall_is_told_or_missing(own_database: str) -> None:
    with as_owner(own_database) as owner:
        for (name,) in owner.execute(
            "SELECT policyname FROM pg_policies WHERE tablename = 'families_contact'"
        ).fetchall():
            owner.execute(f'DROP POLICY "{name}" ON families_contact'.encode())
        owner.execute(b"ALTER TABLE families_address DISABLE ROW LEVEL SECURITY")
    found = rows(processing.record_of_processing(facts()), WALL)
    assert found["families_contact"] == ("ja", "niemanden")
    assert [table for table in CLOSED if table not in found] == ["families_address"]


@pytest.mark.django_db
def test_every_pathway_is_an_activity_with_purpose_categories_and_how_long_it_is_kept() -> None:
    now = facts()
    document = processing.record_of_processing(now)
    assert now.pathways
    for installed in now.pathways:
        pathway = installed.pathway
        (activity,) = sections(document, f"{TASKS}{pathway.title_de}")
        told = " | ".join(activity.points)
        for words in (
            f"Zweck: {PURPOSES[Purpose(pathway.purpose)]}",
            f"Aufbewahrung: {RETENTION[RetentionClass(pathway.retention_class)]}",
            "läuft" if installed.is_on else "ist abgeschaltet",
            *(str(CATEGORIES[Category(kind.category)]) for kind in pathway.record_kinds),
        ):
            assert words in told, (pathway.key, words)


@pytest.mark.django_db
def test_a_pathway_that_is_switched_off_is_told_to_run_out() -> None:
    now = facts()
    off = replace(now, pathways=tuple(replace(each, is_on=False) for each in now.pathways))
    document = processing.record_of_processing(off)
    activities = [each for each in sections(document, TASKS) if "Fassung" in each.points[0]]
    assert len(activities) == len(now.pathways)
    assert all("ist abgeschaltet; laufende Fälle gehen zu Ende" in each.points[0] for each in activities)


@pytest.mark.parametrize(
    ("words", "all_of_them"),
    [
        (PURPOSES, Purpose),
        (CATEGORIES, Category),
        (RETENTION, RetentionClass),
        (record.ROLES, Role),
        (record.KINDS, OrganizationKind),
    ],
    ids=["purposes", "categories", "retention", "roles", "kinds"],
)
def test_everything_that_a_document_names_has_its_words(words: dict[Any, Any], all_of_them: Any) -> None:
    assert set(words) == set(all_of_them)
    assert all(str(each).strip() for each in words.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lose",
    [
        lambda pathway: (PURPOSES, Purpose(pathway.purpose)),
        lambda pathway: (RETENTION, RetentionClass(pathway.retention_class)),
        lambda pathway: (CATEGORIES, Category(pathway.record_kinds[0].category)),
    ],
    ids=["purpose", "retention", "category"],
)
def test_a_purpose_or_class_without_words_stops_the_record_instead_of_leaving_a_gap(
    lose: Callable[[Any], tuple[dict[Any, Any], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = facts()
    words, key = lose(now.pathways[0].pathway)
    monkeypatch.delitem(words, key)
    with pytest.raises(KeyError, match=key.name):
        processing.record_of_processing(now)


@pytest.mark.django_db
def test_every_rule_of_erasing_stands_with_its_reason() -> None:
    found = rows(processing.record_of_processing(facts()), KEPT)
    assert found == {rule.records: (rule.reason,) for rule in RULES}
    assert all(rule.reason.strip() for rule in RULES)


@pytest.mark.django_db
def test_every_consent_text_stands_with_the_most_that_it_allows() -> None:
    now = facts()
    found = rows(processing.record_of_processing(now), "Einwilligungstexte")
    assert set(found) == {text.title for text in now.texts}
    for text in now.texts:
        told = " ".join(found[text.title])
        assert all(str(PURPOSES[each]) in told for each in text.purposes)
        assert all(str(CATEGORIES[each]) in told for each in text.categories)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"second_factor": "offered"}, "Zweiten Faktor verlangen"),
        ({"is_https": False}, "Adresse mit https:// einrichten"),
        ({"has_scanner": False}, "Prüfprogramm für Dateien einrichten"),
        ({"is_demo": True}, "Dieses Haus läuft als Demo"),
    ],
)
def test_what_the_house_still_has_to_do_is_told_until_it_is_done(setting: dict[str, Any], told: str) -> None:
    done = replace(facts(), second_factor="required", is_https=True, has_scanner=True, is_demo=False)
    assert told not in points(processing.assessment(done), "Was noch zu tun ist")
    assert told in points(processing.assessment(replace(done, **setting)), "Was noch zu tun ist")


def test_the_command_writes_both_as_pdf_and_html_and_says_where(own_database: str, tmp_path: Path) -> None:
    folder = tmp_path / "datenschutz"
    told = run("privacy-documents", str(folder), "--json", url=own_database)
    assert told.returncode == 0, told.stderr
    names = [f"{key}.{ending}" for key in ("verzeichnis", "folgenabschaetzung") for ending in ("pdf", "html")]
    assert json.loads(told.stdout)["files"] == [str(folder / name) for name in names]
    page = (folder / "verzeichnis.html").read_text(encoding="utf-8")
    printed = "".join("".join(pages((folder / "verzeichnis.pdf").read_bytes())).split())
    for table in CLOSED:
        assert f"<td>{table}</td>" in page, table
        assert table in printed.replace("-", ""), table
    assert '<html lang="de">' in page and "Entwurf" in (folder / "folgenabschaetzung.html").read_text("utf-8")
