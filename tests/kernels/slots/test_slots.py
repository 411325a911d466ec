"""Bookable times: within the hours, beside what is taken, and right in the nights in which the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lueckenlos.kernels.deadlines import holidays
from lueckenlos.kernels.slots import Opening, Slot, SlotsError, Span, Terms, find_slot, free_slots, occupied

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = date(2026, 1, 1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
HALF_HOUR, HOUR = timedelta(minutes=30), timedelta(hours=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
TUESDAYS = Opening("FREQ=WEEKLY;BYDAY=TU", FIRST, time(9), time(12))
TUESDAY = date(2026, 11, 3)


def at(day: date, clock: str, *, fold: int = 0) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=BERLIN).replace(fold=fold)


def span(day: date, begins: str, ends: str) -> Span:
    return Span(at(day, begins), at(day, ends))


def around(day: date) -> Span:
    return Span(at(day, "00:00"), at(day + timedelta(days=1), "00:00"))


def free(
    opening: Opening, terms: Terms, *taken: Span, day: date = TUESDAY, now: datetime = LONG_AGO
) -> tuple[Slot, ...]:
    return free_slots([opening], terms, taken=taken, window=around(day), now=now, zone=BERLIN)


def clocks(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.span.begins.astimezone(BERLIN):%H:%M}" for slot in slots]


def test_what_is_taken_is_not_offered_and_touching_is_no_overlap() -> None:
    assert clocks(free(TUESDAYS, Terms(HOUR))) == ["09:00", "10:00", "11:00"]
    assert clocks(free(TUESDAYS, Terms(HOUR), span(TUESDAY, "10:00", "11:00"))) == ["09:00", "11:00"]


def test_buffers_keep_others_away_and_may_lie_outside_the_hours() -> None:
    terms = Terms(HOUR, before=HALF_HOUR, after=HALF_HOUR, step=HALF_HOUR)
    assert clocks(free(TUESDAYS, terms)) == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    taken = occupied(span(TUESDAY, "09:00", "10:00"), terms)
    assert taken == span(TUESDAY, "08:30", "10:30")
    assert clocks(free(TUESDAYS, terms, taken)) == ["11:00"]


def test_with_parallel_places_the_fullest_moment_counts() -> None:
    taken = [
        span(TUESDAY, "09:00", "09:30"),
        span(TUESDAY, "09:30", "10:00"),
        span(TUESDAY, "09:45", "10:15"),
    ]
    slots = free(TUESDAYS, Terms(HOUR, parallel=3), *taken)
    assert [slot.free for slot in slots] == [1, 2, 3]


def test_one_books_neither_too_late_nor_too_early() -> None:
    terms = Terms(HOUR, least_ahead=timedelta(hours=2), most_ahead=timedelta(hours=3))
    assert clocks(free(TUESDAYS, terms, now=at(TUESDAY, "08:00"))) == ["10:00", "11:00"]
    assert clocks(free(TUESDAYS, terms, now=at(TUESDAY, "07:59"))) == ["10:00"]


def test_on_a_public_holiday_it_is_closed_unless_said_otherwise() -> None:
    christmas = date(2026, 12, 25)
    fridays = replace(TUESDAYS, rule="FREQ=WEEKLY;BYDAY=FR")
    free_days = holidays(2026, state="NW")
    for opening, expected in ((fridays, 0), (replace(fridays, on_holidays=True), 3)):
        slots = free_slots(
            [opening],
            Terms(HOUR),
            taken=(),
            window=around(christmas),
            now=LONG_AGO,
            zone=BERLIN,
            holidays=free_days,
        )
        assert len(slots) == expected


def test_an_exception_closes_one_day_and_an_extra_day_is_an_opening_of_its_own() -> None:
    closed = replace(TUESDAYS, closed_on=frozenset({TUESDAY}))
    assert free(closed, Terms(HOUR)) == ()
    extra = Opening("FREQ=DAILY;COUNT=1", TUESDAY, time(15), time(16))
    slots = free_slots(
        [closed, extra, extra], Terms(HOUR), taken=(), window=around(TUESDAY), now=LONG_AGO, zone=BERLIN
    )
    assert clocks(slots) == ["15:00"]


def test_the_hour_that_the_clock_skips_is_never_offered() -> None:
    night = Opening("FREQ=DAILY", FIRST, time(0), time(5))
    assert clocks(free(night, Terms(HOUR), day=SPRING)) == ["00:00", "01:00", "03:00", "04:00"]
    assert clocks(free(night, Terms(HALF_HOUR), day=SPRING))[3:5] == ["01:30", "03:00"]
    quarters = Terms(timedelta(minutes=45))
    assert clocks(free(night, quarters, day=SPRING))[2:5] == ["01:30", "03:00", "03:45"]


def test_the_hour_that_comes_twice_is_offered_once() -> None:
    night = Opening("FREQ=DAILY", FIRST, time(0), time(5))
    slots = free(night, Terms(HOUR), day=AUTUMN)
    assert clocks(slots) == ["00:00", "01:00", "02:00", "03:00", "04:00"]
    assert slots[2].span == Span(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
    assert slots[3].span.begins == datetime(2026, 10, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opening", "day", "expected"),
    [
        (Opening("FREQ=DAILY", FIRST, time(2, 15), time(2, 45)), SPRING, []),
        (Opening("FREQ=DAILY", FIRST, time(1), time(2, 30)), SPRING, ["01:00"]),
        (Opening("FREQ=DAILY", FIRST, time(2), time(2, 30)), AUTUMN, ["02:00"]),
    ],
)
def test_a_border_in_a_strange_hour_opens_nothing_that_was_not_said(
    opening: Opening, day: date, expected: list[str]
) -> None:
    assert clocks(free(opening, Terms(HALF_HOUR), day=day)) == expected


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    night = Opening("FREQ=WEEKLY;BYDAY=TU", FIRST, time(22), time(2))
    assert clocks(free(night, Terms(HOUR))) == ["22:00", "23:00"]
    assert clocks(free(night, Terms(HOUR), day=TUESDAY + timedelta(days=1))) == ["00:00", "01:00"]


def test_a_booking_asks_again_for_its_very_slot() -> None:
    def ask(clock: str, *taken: Span) -> Slot | None:
        return find_slot(at(TUESDAY, clock), [TUESDAYS], Terms(HOUR), taken=taken, now=LONG_AGO, zone=BERLIN)

    assert ask("10:00") == Slot(span(TUESDAY, "10:00", "11:00"), 1)
    assert ask("10:30") is None
    assert ask("10:00", span(TUESDAY, "10:30", "11:30")) is None


def test_on_the_29th_of_february_it_is_open_in_leap_years_alone() -> None:
    leap = Opening("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", FIRST, time(9), time(10))
    found = [
        day.year
        for day in (
            date(year, month, number) for year in range(2026, 2034) for month, number in ((2, 28), (3, 1))
        )
        if free(leap, Terms(HOUR), day=day) or free(leap, Terms(HOUR), day=day + timedelta(days=1))
    ]
    assert found == [2028, 2032]


hours = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda pair: pair[0] < pair[1])
openings = st.builds(
    lambda days, pair, closed: Opening(
        f"FREQ=WEEKLY;BYDAY={','.join(sorted(days))}",
        FIRST,
        clock(pair[0]),
        clock(pair[1] % 96),
        closed_on=closed,
    ),
    st.sets(st.sampled_from(WEEK), min_size=1),
    hours,
    st.frozensets(st.sampled_from([SPRING, AUTUMN, TUESDAY])),
)
minutes = st.integers(1, 24).map(lambda count: timedelta(minutes=5 * count))
terms = st.builds(
    Terms, minutes, minutes | st.just(timedelta()), minutes | st.just(timedelta()), minutes | st.none(),
    parallel=st.integers(1, 3),
)  # fmt: skip
days = st.sampled_from([SPRING, AUTUMN, TUESDAY]).flatmap(
    lambda day: st.integers(-1, 1).map(lambda more: day + timedelta(days=more))
)


def clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


@st.composite
def taken_near(draw: st.DrawFn, day: date) -> list[Span]:
    begins = st.integers(0, 24 * 60).map(
        lambda minute: at(day, "00:00").astimezone(UTC) + timedelta(minutes=minute)
    )
    return [
        Span(begun, begun + length)
        for begun, length in draw(st.lists(st.tuples(begins, minutes), max_size=8))
    ]


def offered_by_hand(opening: Opening, terms: Terms, day: date) -> list[Span]:
    """Every five minutes by the world's clock: does a slot begin, and is it over before the hours are?"""
    if WEEK[day.weekday()] not in opening.rule.removeprefix("FREQ=WEEKLY") or day in opening.closed_on:
        return []
    opens = opening.opens.hour * 60 + opening.opens.minute
    closes = opening.closes.hour * 60 + opening.closes.minute or 24 * 60
    pace = int(terms.pace.total_seconds()) // 60
    found: dict[int, Span] = {}
    moment = around(day).begins
    while moment < around(day).ends:
        local = moment.astimezone(BERLIN)
        shown = local.hour * 60 + local.minute
        if shown >= closes:
            break
        if shown >= opens and (shown - opens) % pace == 0:
            found.setdefault(shown, Span(moment, moment + terms.duration))
        moment += timedelta(minutes=5)
    return [each for each in found.values() if each.ends <= moment]


@given(openings, terms, days, st.data())
def test_the_free_slots_are_those_of_a_clock_watched_every_five_minutes(
    opening: Opening, terms: Terms, day: date, data: st.DataObject
) -> None:
    assume(day != SPRING or 2 not in {opening.opens.hour, opening.closes.hour})
    taken = data.draw(taken_near(day))
    expected = []
    for each in sorted(offered_by_hand(opening, terms, day)):
        blocked = Span(each.begins - terms.before, each.ends + terms.after)
        moments = [
            blocked.begins,
            *(one.begins for one in taken if blocked.begins <= one.begins < blocked.ends),
        ]
        fullest = max(sum(one.begins <= moment < one.ends for one in taken) for moment in moments)
        if fullest < terms.parallel:
            expected.append(Slot(each, terms.parallel - fullest))
    assert list(free(opening, terms, *taken, day=day)) == expected


@given(openings, terms, days, st.data())
def test_booking_until_nothing_is_free_never_takes_more_than_the_parallel_places(
    opening: Opening, terms: Terms, day: date, data: st.DataObject
) -> None:
    taken: list[Span] = []
    while slots := free(opening, terms, *taken, day=day):
        taken.append(occupied(data.draw(st.sampled_from(slots)).span, terms))
        if len(taken) == 12:
            break
    for moment in (one.begins for one in taken):
        assert sum(one.begins <= moment < one.ends for one in taken) <= terms.parallel


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: Span(LONG_AGO, LONG_AGO),
        lambda: Span(LONG_AGO.replace(tzinfo=None), LONG_AGO),
        lambda: Terms(timedelta()),
        lambda: Terms(HOUR, step=timedelta()),
        lambda: Terms(HOUR, before=-HOUR),
        lambda: Terms(HOUR, parallel=0),
        lambda: replace(TUESDAYS, opens=time(9, tzinfo=UTC)),
        lambda: replace(TUESDAYS, rule="FREQ=HOURLY"),
        lambda: replace(TUESDAYS, rule="BYDAY=MO"),
        lambda: replace(TUESDAYS, rule="FREQ=DAILY;INTERVAL=0"),
        lambda: replace(TUESDAYS, rule="FREQ=DAILY;COUNT=3;UNTIL=20261231"),
        lambda: replace(TUESDAYS, rule="FREQ=WEEKLY;BYDAY=2TU"),
        lambda: replace(TUESDAYS, rule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        lambda: replace(TUESDAYS, rule="FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
        lambda: replace(TUESDAYS, rule="FREQ=DAILY;FREQ=DAILY"),
        lambda: free(TUESDAYS, Terms(HOUR), now=LONG_AGO.replace(tzinfo=None)),
        lambda: free(replace(TUESDAYS, rule="FREQ=DAILY;UNTIL=20261399"), Terms(HOUR)),
        lambda: free_slots([], Terms(HOUR), taken=(), window=Span(LONG_AGO, at(date(2027, 3, 1), "00:00")), now=LONG_AGO, zone=BERLIN),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_is_refused(impossible) -> None:
    with pytest.raises(SlotsError):
        impossible()
