"""What is forgotten of talks, and when; what is still needed stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from lueckenlos.care.talks import retention, selectors, services
from lueckenlos.care.talks.models import Attendance, Contribution, Item, Result, Talk
from lueckenlos.care.talks.types import Outcome
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import WithdrawalWay
from lueckenlos.core.context import acting_as
from tests.care.talks.table import HOST, SCHOOL, Table
from tests.wall.world import now

YEARS_LATER = timedelta(days=800)


def erase(at: datetime) -> list[tuple[int, int, int]]:
    """What each rule found due, erased, and found afterwards."""
    return [(rule.due(at), rule.erase(at), rule.due(at)) for rule in retention.RULES]


def left() -> dict[str, int]:
    """What is still there, as the job of forgetting counts it."""
    with acting_as(retention.RETENTION):
        return {
            table.__name__: table._default_manager.count()
            for table in (Item, Contribution, Result, Attendance)
        }


def spoken(table: Table) -> None:
    """A talk with a case and a question, both with a result."""
    item, question = table.named(), table.pseudonymous()
    table.both_agree(SCHOOL, HOST)
    table.say(item.id, "aus dem Fall")
    table.say(item.id, "aus der Schule", by=table.speaker(SCHOOL))
    table.run(SCHOOL)
    for key, actor in ((item.id, table.bringer), (question, table.speaker(HOST))):
        new = services.NewResult(talk=table.talk.id, outcome=Outcome.ADVICE, text="Rat")
        services.conclude(key, new=new, actor=actor, now=now())
    services.close(table.talk.id, remarks="", actor=table.speaker(HOST), now=now())


def test_a_talk_goes_a_year_after_it_with_everything_said_in_it(table: Table) -> None:
    spoken(table)
    assert left() == {"Item": 2, "Contribution": 2, "Result": 2, "Attendance": 2}
    assert erase(now()) == [(0, 0, 0)] * len(retention.RULES)
    for due, erased, after in erase(now() + YEARS_LATER):
        assert due == erased and after == 0
    assert left() == {"Item": 0, "Contribution": 0, "Result": 0, "Attendance": 0}
    with acting_as(retention.RETENTION):
        assert not Talk.objects.filter(id=table.talk.id).exists()


def test_what_was_said_beforehand_goes_thirty_days_after_the_talk_and_the_result_stays(table: Table) -> None:
    spoken(table)
    after = table.talk.ends_at + timedelta(days=31)
    assert erase(after)[0] == (2, 2, 0)
    assert left() == {"Item": 2, "Contribution": 0, "Result": 2, "Attendance": 2}


def test_after_a_withdrawal_the_words_of_other_offices_go_with_the_next_run(table: Table) -> None:
    item = table.named()
    first, _second = table.both_agree(SCHOOL)
    table.both_agree(HOST)
    table.say(item.id, "aus dem Fall")
    table.say(item.id, "aus der Schule", by=table.speaker(SCHOOL))
    assert erase(now())[0] == (0, 0, 0)
    privacy.withdraw(first, way=WithdrawalWay.WORD, actor=table.worker.acting(), now=now())
    assert erase(now())[0] == (1, 1, 0)
    assert left()["Contribution"] == 1


def test_a_case_that_goes_takes_its_items_along(table: Table) -> None:
    table.named()
    table.pseudonymous()
    table.world.connection.execute(
        "UPDATE privacy_file SET closed_at = now(), erase_after = now() - interval '1 minute' WHERE id = %s",
        [table.file],
    )
    assert erase(now())[1] == (1, 1, 0)
    assert left()["Item"] == 1


def test_an_item_that_is_looked_at_again_stays_as_long_as_the_later_talk(table: Table) -> None:
    question = table.pseudonymous()
    table.run(SCHOOL)
    later = selectors.talks(table.coordination, table.series.id)[-1]
    new = services.NewResult(
        talk=table.talk.id, outcome=Outcome.AGAIN, text="noch einmal", next_talk=later.id
    )
    services.conclude(question, new=new, actor=table.speaker(HOST), now=now())
    with acting_as(retention.RETENTION):
        ends = Talk.objects.values_list("erase_after", flat=True)
        first, last = min(ends), max(ends)
    assert first < last
    erase(first + timedelta(days=1))
    assert left()["Item"] == 1
    erase(last + timedelta(days=1))
    assert left()["Item"] == 0
