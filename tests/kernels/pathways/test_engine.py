"""What a pathway says about a case: who acts, what is missing, where it goes, which promises run."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import due, read_deadline, read_office_hours
from lueckenlos.kernels.pathways import (
    CaseFacts,
    Event,
    Happened,
    Need,
    Occasion,
    Requirement,
    Standing,
    UnknownStage,
    clocks_due,
    may_act,
    missing,
    next_stages,
)
from tests.kernels.pathways.house import sound

BERLIN = ZoneInfo("Europe/Berlin")
PATHWAY = sound()
OFFICE = read_office_hours(dict.fromkeys(["MO", "TU", "WE", "TH", "FR"], "08:00-16:00"))
calendar = partial(due, office_hours=OFFICE, state="NW")


def by_calendar(deadline: str, start: datetime) -> datetime:
    return calendar(read_deadline(deadline), start=start)


def in_an_hour(deadline: str, start: datetime) -> datetime:
    return start + timedelta(hours=1)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def happened(name: str, moment: datetime, by: str = "") -> Happened:
    occasion, key = name.split(":")
    return Happened(Event(Occasion(occasion), key), moment, by)


def facts(*events: Happened, consents: frozenset[str] = frozenset()) -> CaseFacts:
    return CaseFacts(happened=events, consents=consents)


def test_only_the_roles_of_a_stage_act_in_it() -> None:
    assert may_act(PATHWAY, stage="asked", roles={"professional", "provider"})
    assert not may_act(PATHWAY, stage="asked", roles={"family"})
    assert may_act(PATHWAY, stage="meeting", roles={"family"})
    assert not may_act(PATHWAY, stage="ended", roles={"professional", "family"})


def test_a_stage_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownStage) as raised:
        may_act(PATHWAY, stage="party", roles={"family"})
    assert (raised.value.pathway, raised.value.version, raised.value.stage) == ("sprachpaten", 3, "party")


def test_what_is_missing_before_a_stage_ends() -> None:
    wish, consent = Requirement(Need.RECORD, "wish"), Requirement(Need.CONSENT, "contact")
    assert missing(PATHWAY, stage="asked", facts=facts()) == (wish, consent)
    written = happened("record:wish", at(2))
    assert missing(PATHWAY, stage="asked", facts=facts(written)) == (consent,)
    assert missing(PATHWAY, stage="asked", facts=facts(written, consents=frozenset({"health"}))) == (consent,)
    assert missing(PATHWAY, stage="asked", facts=facts(written, consents=frozenset({"contact"}))) == ()
    assert missing(PATHWAY, stage="ended", facts=facts()) == ()


def test_a_case_goes_on_only_when_nothing_is_missing() -> None:
    written = happened("record:wish", at(2))
    assert next_stages(PATHWAY, stage="asked", facts=facts(written)) == ()
    ready = facts(written, consents=frozenset({"contact"}))
    assert [stage.key for stage in next_stages(PATHWAY, stage="asked", facts=ready)] == ["meeting"]
    # A consent that has ended stops the case again.
    assert next_stages(PATHWAY, stage="asked", facts=facts(written)) == ()


def test_two_notes_of_one_person_are_not_two_persons() -> None:
    done = (happened("task:thanks", at(4)), happened("outcome:better", at(4)))
    twice = facts(*done, happened("record:visit", at(3), "a"), happened("record:visit", at(4), "a"))
    assert [need.key for need in missing(PATHWAY, stage="meeting", facts=twice)] == ["visit"]
    two = facts(*done, happened("record:visit", at(3), "a"), happened("record:visit", at(4), "b"))
    assert missing(PATHWAY, stage="meeting", facts=two) == ()
    assert [stage.key for stage in next_stages(PATHWAY, stage="meeting", facts=two)] == ["ended", "asked"]


def test_after_going_back_what_is_asked_anew_must_be_new() -> None:
    history = (
        happened("stage:asked", at(2)),
        happened("stage:meeting", at(3)),
        happened("record:visit", at(4), "a"),
        happened("record:visit", at(4), "b"),
        happened("task:thanks", at(5)),
        happened("outcome:better", at(5)),
    )
    assert missing(PATHWAY, stage="meeting", facts=facts(*history)) == ()
    back = (*history, happened("stage:asked", at(6)), happened("stage:meeting", at(9)))
    assert missing(PATHWAY, stage="meeting", facts=facts(*back)) == (
        Requirement(Need.RECORD, "visit", persons=2, is_anew=True),
    )
    again = (*back, happened("record:visit", at(10), "a"), happened("record:visit", at(10), "c"))
    assert missing(PATHWAY, stage="meeting", facts=facts(*again)) == ()


def test_a_clock_runs_until_the_first_of_its_ends() -> None:
    """Friday evening: two working days until noon is Tuesday noon."""
    begun = happened("stage:asked", at(6, 19))
    (running,) = clocks_due(PATHWAY, facts=facts(begun), due=by_calendar)
    assert (running.begun_at, running.due_at, running.stopped_at) == (at(6, 19), at(10, 12), None)
    assert running.is_running
    assert running.standing(now=at(10, 12)) is Standing.RUNNING
    assert running.standing(now=at(10, 12, 1)) is Standing.OVERDUE
    ended = facts(happened("stage:ended", at(11)), happened("record:visit", at(10, 11)), begun)
    (stopped,) = clocks_due(PATHWAY, facts=ended, due=by_calendar)
    assert stopped.stopped_at == at(10, 11)
    assert stopped.standing(now=at(20)) is Standing.KEPT
    (late,) = clocks_due(PATHWAY, facts=facts(begun, happened("record:visit", at(11))), due=by_calendar)
    assert late.standing(now=at(20)) is Standing.BROKEN


def test_what_happened_before_does_not_stop_a_clock() -> None:
    early = facts(happened("record:visit", at(1)), happened("stage:asked", at(2)))
    (clock,) = clocks_due(PATHWAY, facts=early, due=in_an_hour)
    assert clock.is_running
    at_once = facts(happened("record:visit", at(2)), happened("stage:asked", at(2)))
    (clock,) = clocks_due(PATHWAY, facts=at_once, due=in_an_hour)
    assert clock.stopped_at == at(2)


def test_a_second_beginning_does_not_put_off_the_promise_and_a_new_round_has_its_own() -> None:
    rounds = facts(
        happened("stage:asked", at(2)),
        happened("stage:asked", at(3)),
        happened("record:visit", at(4)),
        happened("stage:asked", at(5)),
    )
    first, second = clocks_due(PATHWAY, facts=rounds, due=in_an_hour)
    assert (first.begun_at, first.stopped_at) == (at(2), at(4))
    assert (second.begun_at, second.stopped_at) == (at(5), None)


def test_a_case_without_history_has_no_clocks() -> None:
    assert clocks_due(PATHWAY, facts=facts(), due=in_an_hour) == ()


histories = st.lists(
    st.builds(
        happened,
        st.sampled_from(
            ["stage:asked", "stage:meeting", "stage:ended", "record:visit", "record:wish", "task:thanks"]
        ),
        st.integers(0, 400).map(
            lambda hours: (at(1).astimezone(UTC) + timedelta(hours=hours)).astimezone(BERLIN)
        ),
        st.sampled_from("abc"),
    ),
    max_size=20,
)


@given(histories)
def test_runs_of_a_clock_never_overlap_and_only_the_last_may_run(history: list[Happened]) -> None:
    runs = clocks_due(PATHWAY, facts=facts(*history), due=in_an_hour)
    for before, after in pairwise(runs):
        assert before.stopped_at is not None
        assert before.begun_at <= before.stopped_at <= after.begun_at
    begins = [each for each in history if str(each.event) == "stage:asked"]
    assert bool(runs) == bool(begins)


@given(histories, st.randoms())
def test_the_order_of_the_history_does_not_matter(history: list[Happened], chance: object) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert missing(PATHWAY, stage="meeting", facts=facts(*history)) == missing(
        PATHWAY, stage="meeting", facts=facts(*shuffled)
    )
    assert clocks_due(PATHWAY, facts=facts(*history), due=in_an_hour) == clocks_due(
        PATHWAY, facts=facts(*shuffled), due=in_an_hour
    )


@given(histories, st.sampled_from(["record:visit", "record:wish", "task:thanks", "outcome:better"]))
def test_doing_more_never_makes_more_missing(history: list[Happened], more: str) -> None:
    """As long as the case does not go back."""
    done = [*history, happened(more, at(28), "z")]
    before = missing(PATHWAY, stage="meeting", facts=facts(*history))
    assert set(missing(PATHWAY, stage="meeting", facts=facts(*done))) <= set(before)
