"""A withdrawal, an expiry, a coming of age: what they end is gone in the next statement of every open session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from lueckenlos.commons.privacy import services
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Category, DraftAnswer, Purpose, ScopeValue, WithdrawalWay
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.context import SETTING, key_bytes, sign_context
from tests.wall.test_grounds import Place, place
from tests.wall.world import now

__all__ = ["place"]

SEEN = b"SELECT text FROM cases_record ORDER BY text"


@contextmanager
def session(actor: Actor, *, url: str) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of the application that stays open, as an open page's would at worst."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"
        ).fetchone()
        assert row is not None
        signed = sign_context(actor, backend=row[0], began=row[1], key=key_bytes(settings.CONTEXT_KEY))
        connection.execute("SELECT set_config(%s, %s, true)", [SETTING, signed])
        yield connection
        connection.rollback()


def seen(connection: psycopg.Connection[Any]) -> list[str]:
    return [row[0] for row in connection.execute(SEEN).fetchall()]


def test_the_next_statement_of_an_open_session_sees_nothing_more(place: Place, empty_database: str) -> None:
    place.note("vom Kind", about=place.child)
    consent = place.consent(place.mother, subject=place.child)
    place.consent(place.father, subject=place.child)
    with session(place.school.acting("case_talk"), url=empty_database) as school:
        assert seen(school) == ["vom Kind"]
        services.withdraw(consent, way=WithdrawalWay.WORD, actor=place.worker.acting(), now=now())
        assert seen(school) == []


def test_a_part_that_was_withdrawn_ends_and_the_rest_stays(place: Place, empty_database: str) -> None:
    place.note("worum es geht", about=place.mother)
    place.note("was der Arzt sagt", about=place.mother, category=Category.HEALTH)
    scopes = tuple(
        ScopeValue(Purpose.CASE_TALK, category, place.school.organization)
        for category in (Category.SITUATION, Category.HEALTH)
    )
    consent = place.consent(place.mother, subject=place.mother, scopes=scopes)
    health = place.world.connection.execute(
        "SELECT id FROM privacy_scope WHERE category = 'health'"
    ).fetchone()
    assert health is not None
    with session(place.school.acting("case_talk"), url=empty_database) as school:
        assert seen(school) == ["was der Arzt sagt", "worum es geht"]
        services.withdraw(
            consent,
            way=WithdrawalWay.WORD,
            actor=place.worker.acting(),
            now=now(),
            scopes=[health[0]],
        )
        assert seen(school) == ["worum es geht"]


def test_an_end_that_passes_while_a_session_is_open_ends_it(place: Place, empty_database: str) -> None:
    place.note("über die Mutter", about=place.mother)
    place.consent(place.mother, subject=place.mother)
    with session(place.school.acting("case_talk"), url=empty_database) as school:
        assert seen(school) == ["über die Mutter"]
        # No deed derives anything anew here: time alone ends it, to the second.
        place.world.connection.execute(
            "UPDATE privacy_access SET until = clock_timestamp() WHERE ground = 'consent'"
        )
        assert seen(school) == []


def test_at_eighteen_the_parents_consents_end_by_themselves(place: Place, empty_database: str) -> None:
    place.note("vom Kind", about=place.child)
    birthday = now() + timedelta(days=20)
    place.world.connection.execute(
        "UPDATE privacy_party SET of_age_at = %s WHERE person = %s", [birthday, place.child]
    )
    for parent in (place.mother, place.father):
        place.consent(parent, subject=place.child)
    ends = place.world.connection.execute(
        "SELECT until FROM privacy_release WHERE subject = %s", [place.child]
    ).fetchall()
    assert [row[0] for row in ends] == [birthday]


def test_a_team_that_somebody_leaves_is_closed_to_them_in_the_next_statement(
    place: Place, empty_database: str
) -> None:
    place.note("fürs Team", about=place.child)
    services.assign(place.file, unit=place.head.unit, reason="Urlaub", actor=place.worker.acting())
    with session(place.head.acting(), url=empty_database) as head:
        assert seen(head) == ["fürs Team"]
        place.world.connection.execute(
            "UPDATE accounts_membership SET until = clock_timestamp() WHERE user_id = %s", [place.head.person]
        )
        assert seen(head) == []


def asked(place: Place, who: UUID) -> UUID:
    """Somebody is asked by link."""
    return services.ask_for_consent(
        place.file,
        new=services.NewDraft(
            text=place.text,
            asked=who,
            asked_label="Frau Muster",
            subject=who,
            subject_label="für Sie",
            scopes=(ScopeValue(Purpose.CASE_TALK, Category.SITUATION, place.school.organization),),
            valid_until=now() + timedelta(days=100),
            expires_at=now() + timedelta(days=14),
        ),
        actor=place.worker.acting(),
        now=now(),
    )


def test_a_link_answers_its_own_question_once(place: Place) -> None:
    place.note("über die Mutter", about=place.mother)
    hers, his = asked(place, place.mother), asked(place, place.father)
    answer = services.Answer(chosen=frozenset({0}))
    for forwarded in (link_to(his, purpose="consent"), link_to(uuid4(), purpose="consent")):
        with pytest.raises(NotYours):
            services.answer_draft(hers, answer=answer, actor=forwarded)
    done, _consent = services.answer_draft(hers, answer=answer, actor=link_to(hers, purpose="consent"))
    assert done is DraftAnswer.AGREED
    assert place.sees(place.school.acting("case_talk")) == {"über die Mutter"}
    with pytest.raises(NotYours):
        services.answer_draft(hers, answer=answer, actor=link_to(hers, purpose="consent"))


def test_a_link_whose_time_is_over_answers_nothing(place: Place) -> None:
    draft = asked(place, place.mother)
    place.world.connection.execute("UPDATE privacy_consentdraft SET expires_at = clock_timestamp()")
    with pytest.raises(NotYours):
        services.answer_draft(
            draft,
            answer=services.Answer(chosen=frozenset({0})),
            actor=link_to(draft, purpose="consent"),
        )
