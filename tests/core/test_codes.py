"""A code opens its record for whoever holds the letter, as often as was said, and nothing for anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import ProgrammingError, connection
from django.db.utils import DatabaseError

from lueckenlos.core import codes
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, job, link_to
from lueckenlos.core.code_field import CodeField
from lueckenlos.core.codes import CodeNotValid, IssuedCode, OpenedCode
from lueckenlos.core.context import acting_as
from lueckenlos.core.models import AuditEntry
from lueckenlos.kernels.codes import ALPHABET, NotACode, compose
from tests.core.audit_deeds import OFFICER, WORKER
from tests.core.databases import as_owner, past_the_wall

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
FAMILY = Actor(kind=ActorKind.FAMILY, person_id=uuid4())
PAGE, LETTER = "family-page", "letter"


@pytest.fixture(autouse=True)
def database(empty_database: str) -> Iterator[str]:
    yield empty_database


def issued(record: UUID, *, actor: Actor = WORKER, purpose: str = LETTER, **more: Any) -> IssuedCode:
    given = {"language": "tr", "now": NOW, "until": NOW + timedelta(days=28), **more}
    with acting_as(actor):
        return codes.issue(record, purpose=purpose, **given)


def redeemed(code: IssuedCode, *, purpose: str = LETTER) -> OpenedCode:
    with acting_as(NOBODY):
        return codes.redeem(code.text, purpose=purpose)


def expire(url: str, record: UUID) -> None:
    with past_the_wall(url) as superuser:
        superuser.execute(
            "UPDATE core_onetimecode SET created_at = created_at - interval '1 year',"
            " expires_at = statement_timestamp() WHERE record = %s",
            [record],
        )


def test_a_code_opens_its_record_once() -> None:
    record = uuid4()
    code = issued(record)
    assert redeemed(code) == OpenedCode(record=record, language="tr")
    with pytest.raises(CodeNotValid):
        redeemed(code)


def test_a_code_is_typed_in_any_case_and_grouping() -> None:
    code = issued(uuid4())
    with acting_as(NOBODY):
        assert codes.redeem(code.text.lower().replace("-", " "), purpose=LETTER).language == "tr"


def test_looking_uses_nothing_up() -> None:
    record = uuid4()
    code = issued(record)
    with acting_as(NOBODY):
        assert [codes.look(code.text, purpose=LETTER).record for _ in range(3)] == [record] * 3
    assert redeemed(code).record == record
    with pytest.raises(CodeNotValid), acting_as(NOBODY):
        codes.look(code.text, purpose=LETTER)


def test_a_code_for_three_uses_opens_three_times_and_one_without_a_number_until_its_end(
    database: str,
) -> None:
    three, ever = issued(uuid4(), uses=3), issued(record := uuid4(), purpose=PAGE, uses=None)
    for _ in range(3):
        redeemed(three)
    with pytest.raises(CodeNotValid):
        redeemed(three)
    for _ in range(5):
        assert redeemed(ever, purpose=PAGE).record == record
    expire(database, record)
    with pytest.raises(CodeNotValid):
        redeemed(ever, purpose=PAGE)


def test_unknown_used_expired_revoked_and_foreign_codes_get_the_same_answer(database: str) -> None:
    unknown = IssuedCode(compose([1] * 11), NOW)
    used, expired, revoked, foreign = (issued(uuid4()) for _ in range(4))
    redeemed(used)
    expired = issued(record := uuid4())
    expire(database, record)
    revoked = issued(record := uuid4())
    with acting_as(WORKER):
        assert codes.revoke(record, purpose=LETTER) == 1
    answers = set()
    for code in (unknown, used, expired, revoked):
        with pytest.raises(CodeNotValid) as refused:
            redeemed(code)
        answers.add(repr(refused.value))
    with pytest.raises(CodeNotValid) as refused:
        redeemed(foreign, purpose=PAGE)
    assert answers | {repr(refused.value)} == {"CodeNotValid()"}
    assert redeemed(foreign).language == "tr"


def test_a_new_code_does_not_bring_back_an_old_one() -> None:
    record = uuid4()
    old = issued(record)
    with acting_as(WORKER):
        codes.revoke(record, purpose=LETTER)
    new = issued(record)
    with pytest.raises(CodeNotValid):
        redeemed(old)
    assert redeemed(new).record == record


def test_revoking_one_purpose_leaves_the_other(database: str) -> None:
    record = uuid4()
    letter, page = issued(record), issued(record, purpose=PAGE)
    with acting_as(WORKER):
        assert codes.revoke(record, purpose=PAGE) == 1
        assert codes.revoke(record, purpose=PAGE) == 0
    assert redeemed(letter).record == record
    with pytest.raises(CodeNotValid):
        redeemed(page, purpose=PAGE)


def test_what_was_undone_did_not_use_the_code_up() -> None:
    code = issued(uuid4())
    with pytest.raises(ZeroDivisionError), acting_as(NOBODY):
        codes.redeem(code.text, purpose=LETTER)
        raise ZeroDivisionError
    assert redeemed(code).language == "tr"


def test_of_many_who_come_at_once_one_gets_in() -> None:
    code = issued(uuid4())

    def come(_number: int) -> bool:
        try:
            redeemed(code)
        except CodeNotValid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(come, range(16))) == 1


def test_a_slip_is_told_without_asking_the_database(django_assert_num_queries: Any) -> None:
    code = issued(uuid4())
    wrong = code.text[:-1] + next(sign for sign in ALPHABET if sign != code.text[-1])
    with django_assert_num_queries(0), pytest.raises(NotACode):
        codes.redeem(wrong, purpose=LETTER)


# The wall


def test_the_code_itself_lies_nowhere(database: str) -> None:
    code = issued(record := uuid4())
    bare = code.text.replace("-", "")
    with past_the_wall(database) as superuser:
        rows = superuser.execute("SELECT row_to_json(c)::text FROM core_onetimecode c").fetchall()
        log = superuser.execute("SELECT body FROM core_auditentry").fetchall()
    assert any(str(record) in text for (text,) in rows)
    assert not any(bare in text or code.text in text for (text,) in [*rows, *log])


@pytest.mark.parametrize("actor", [WORKER, OFFICER, job("retention"), NOBODY], ids=lambda actor: actor.kind)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM core_onetimecode",
        "SELECT count(*) FROM core_onetimecode",
        "UPDATE core_onetimecode SET uses_left = 9",
        "DELETE FROM core_onetimecode",
        "INSERT INTO core_onetimecode DEFAULT VALUES",
    ],
)
def test_the_application_has_no_right_on_the_table(actor: Actor, statement: str) -> None:
    issued(uuid4())
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(actor),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_owner_sees_no_code_either(database: str) -> None:
    issued(uuid4())
    with as_owner(database) as owner:
        assert owner.execute("SELECT count(*) FROM core_onetimecode").fetchone() == (0,)


@pytest.mark.parametrize("actor", [NOBODY, FAMILY, link_to(uuid4())], ids=lambda actor: actor.kind)
def test_a_family_or_a_link_makes_itself_no_door_and_closes_none(actor: Actor) -> None:
    code = issued(record := uuid4())
    with pytest.raises(ProgrammingError, match="only people at work"):
        issued(uuid4(), actor=actor)
    with pytest.raises(ProgrammingError, match="only people at work"), acting_as(actor):
        codes.revoke(record, purpose=LETTER)
    assert redeemed(code).record == record


@pytest.mark.parametrize(
    "values",
    [
        ["short", LETTER, 1],
        ["0" * 64, "Ein Zweck", 1],
        ["0" * 64, LETTER, 0],
        ["0" * 64, LETTER, -1],
    ],
)
def test_a_code_without_digest_purpose_or_use_is_refused(values: list[Any]) -> None:
    digest, purpose, uses = values
    with pytest.raises(DatabaseError), acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.code_issue(%s, %s, %s, 'de', '1 day', %s)", [digest, purpose, uuid4(), uses]
        )


def test_a_code_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DatabaseError):
        issued(uuid4(), until=NOW)


# Keeping


def test_expired_codes_are_forgotten_and_others_stay(database: str) -> None:
    old, kept = issued(record := uuid4()), issued(uuid4())
    expire(database, record)
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert codes.count_expired(later) == 1
    assert codes.forget_expired(later) == 1
    assert codes.count_expired(later) == 0
    with pytest.raises(CodeNotValid):
        redeemed(old)
    assert redeemed(kept).language == "tr"


def test_only_the_retention_job_forgets(database: str) -> None:
    issued(record := uuid4())
    expire(database, record)
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT wall.codes_forget_expired(now() + interval '1 year')")
        assert cursor.fetchone() == (0,)


def test_issue_use_and_end_of_codes_are_in_the_audit_chain() -> None:
    record = uuid4()
    redeemed(issued(record))
    issued(record)
    with acting_as(WORKER):
        codes.revoke(record, purpose=LETTER)
    with acting_as(OFFICER):
        deeds = [json.loads(entry.body) for entry in AuditEntry.objects.order_by("recorded_at")]
    ours = [each["deed"] for each in deeds if each["subject"] == f"{LETTER}/{record}"]
    assert sorted(ours) == sorted(
        ["core.code.issued", "core.code.used", "core.code.issued", "core.code.revoked"]
    )


# The field


class Form(forms.Form):
    code = CodeField()


def test_the_field_gives_the_code_in_its_one_spelling() -> None:
    code = compose([3] * 11)
    form = Form({"code": f" {code[:4].lower()} {code[4:]} "})
    assert form.is_valid() and form.cleaned_data["code"] == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2345-6789", "Der Code hat zwölf Zeichen."),
        ("2345-6789-CDFÄ", "kommt in unseren Codes nicht vor"),
        ("2345-6789-CDF2", "Ein Zeichen stimmt nicht, oder zwei sind vertauscht."),
    ],
)
def test_the_field_says_what_to_look_at(typed: str, sentence: str) -> None:
    assert sentence in str(Form({"code": typed}).errors)
