"""A case goes its pathway's way and no other, and ends only with what must be there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.errors import NoSuchWay, StageNotDone
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core.incoming import UnfitFile
from lueckenlos.core.locking import StaleVersion
from lueckenlos.core.tables import Mistakes
from lueckenlos.kernels.pathways import Standing
from tests.care.cases.conftest import Office
from tests.wall.world import now


def move(office: Office, to: str) -> None:
    case = selectors.case(office.worker.acting(), office.file)
    assert case is not None
    services.go_on(office.file, to=to, expected=case.stage, actor=office.worker.acting(), now=now())


def call_back(office: Office) -> None:
    task = tasks.create(
        NewTask(
            organization=office.worker.organization,
            owner=Owner.of_person(office.worker.person),
            what="Zurückrufen",
            kind=TaskKind.CALL_BACK,
            due_at=now() + timedelta(days=1),
            file=office.file,
            record=office.file,
            record_kind="call_back",
        ),
        by=office.worker.acting(),
        now=now(),
    )
    tasks.finish(task, end=TaskEnd.DONE, answer="erreicht", by=office.worker.acting(), now=now())


def reported(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise")
    office.write("contact", category=Category.CONTACT, reach="0176 04069012")
    office.consent(Category.CONTACT, Category.SITUATION, to=office.worker.organization)


def test_a_stage_does_not_end_before_what_it_needs_is_there(office: Office) -> None:
    with pytest.raises(StageNotDone) as lacking:
        move(office, "call_back")
    assert {each.key for each in lacking.value.missing} == {"report", "contact", "situation"}
    reported(office)
    move(office, "call_back")
    case = selectors.case(office.worker.acting(), office.file)
    assert case is not None and case.stage == "call_back"


def test_the_caller_is_told_by_when_and_the_promise_is_kept(office: Office) -> None:
    assert office.opened.due_at is not None and office.opened.due_at.hour == 12
    way = selectors.way(office.worker.acting(), office.file, now=now())
    assert way is not None
    assert [clock.standing(now=now()) for clock in way.clocks] == [Standing.RUNNING]
    call_back(office)
    way = selectors.way(office.worker.acting(), office.file, now=now())
    assert way is not None
    assert {clock.rule.key: clock.standing(now=now()) for clock in way.clocks} == {
        "call_back": Standing.KEPT,
        "first_contact": Standing.RUNNING,
    }


def test_a_case_closes_with_what_changed_and_a_day_of_erasing(office: Office) -> None:
    reported(office)
    move(office, "call_back")
    call_back(office)
    move(office, "closing")
    office.write("closing", category=Category.HELP, result="settled")
    with pytest.raises(StageNotDone):
        move(office, "closed")
    office.write("outcome-changed", category=Category.HELP, answer="better")
    move(office, "closed")
    file = privacy.file(office.worker.acting(), office.file)
    assert file is not None and file.closed_at is not None


def test_two_who_move_on_at_once_do_not_both_win(office: Office) -> None:
    reported(office)
    services.go_on(office.file, to="call_back", expected="reported", actor=office.worker.acting(), now=now())
    with pytest.raises(NoSuchWay):
        services.go_on(
            office.file, to="call_back", expected="reported", actor=office.worker.acting(), now=now()
        )


def test_a_colleague_of_another_team_and_another_office_find_nothing(office: Office) -> None:
    record = office.write("report", category=Category.SITUATION, what="Krise")
    for outsider in (office.colleague.acting(), office.teacher.acting("crisis")):
        assert selectors.case(outsider, office.file) is None
        assert selectors.records(outsider, office.file) == []
        with pytest.raises(NotYours):
            services.change_record(record, changes={"text": "x"}, expected=1, actor=outsider)


def test_nobody_overwrites_what_another_wrote_in_between(office: Office) -> None:
    record = office.write("report", category=Category.SITUATION, what="Krise")
    services.change_record(record, changes={"words": "zuerst"}, expected=1, actor=office.worker.acting())
    with pytest.raises(StaleVersion) as stale:
        services.change_record(record, changes={"words": "danach"}, expected=1, actor=office.worker.acting())
    assert [each.theirs for each in stale.value.differences] == ["zuerst"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 " + b"x" * (50 * 1024 * 1024), "too_large"),
        (b"MZ\x90", "unknown_kind"),
        (b"%PDF-1.7 /OpenAction /JavaScript", "program"),
    ],
)
def test_a_document_that_is_none_is_refused(office: Office, content: bytes, why: str) -> None:
    new = services.NewDocument(
        name="Bescheid.pdf", content=content, category=Category.DOCUMENTS, about=office.mother
    )
    with pytest.raises(UnfitFile) as refused:
        services.add_document(office.file, new=new, actor=office.worker.acting(), now=now())
    assert refused.value.why == why


def test_a_document_lies_encrypted_and_comes_back_as_it_was(office: Office, tmp_path: Path) -> None:
    content = b"%PDF-1.7 Geheimnis der Familie"
    new = services.NewDocument(
        name="Bescheid.pdf", content=content, category=Category.DOCUMENTS, about=office.mother
    )
    document = services.add_document(office.file, new=new, actor=office.worker.acting(), now=now())
    stored = [
        path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "documents" in path.parts
    ]
    assert len(stored) == 1 and b"Geheimnis" not in stored[0]
    assert services.open_document(document, actor=office.worker.acting())[0] == content
    with pytest.raises(NotYours):
        services.open_document(document, actor=office.colleague.acting())


def test_a_county_adds_a_pathway_without_code_and_a_flaw_is_named(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "kreis"
    (folder / "pathways").mkdir(parents=True)
    own = folder / "pathways" / "willkommen.toml"
    text = """
key = "willkommen"
version = 1
title = "Willkommensbesuch"
summary = "Ein Besuch nach der Geburt, wenn die Familie möchte."
purpose = "counselling"
retention_class = "request"
roles = ["professional"]

[[stages]]
key = "asked"
title = "Angefragt"
roles = ["professional"]
requires = ["record:wish"]
next = ["visited"]

[[stages]]
key = "visited"
title = "Besucht"
final = true

[[clocks]]
key = "letter"
title = "Brief"
from = "stage:asked"
to = "record:wish"
deadline = "10"

[[record_kinds]]
key = "wish"
title = "Wunsch"
category = "situation"
fields = [{ key = "what", label = "Was gewünscht ist", type = "text", required = true }]
"""
    own.write_text(text, encoding="utf-8")
    mistakes = Mistakes()
    load_pathways(folder, mistakes=mistakes, now=now())
    assert [(each.file, each.field) for each in mistakes.kept] == [
        ("pathways/willkommen.toml", "clocks.letter.deadline")
    ]
    assert "keine Einheit" in mistakes.kept[0].expected
    own.write_text(text.replace('deadline = "10"', 'deadline = "10 days"'), encoding="utf-8")
    assert load_pathways(folder, mistakes=Mistakes(), now=now()).added == 1
    own.write_text(text.replace('deadline = "10"', 'deadline = "12 days"'), encoding="utf-8")
    changed = Mistakes()
    load_pathways(folder, mistakes=changed, now=now())
    assert "Version erhöhen" in changed.kept[0].expected
