"""Help lines: who answers at this hour, and who stands first."""

import re
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.opening import (
    ALWAYS,
    MINUTES_A_DAY,
    UNKNOWN,
    WEEK,
    Audience,
    Hours,
    Line,
    LineError,
    NaiveInstantError,
    Span,
    Weekday,
    answers_at,
    lines_for,
    opens_next,
    order_lines,
    read_line,
)

CRISIS_FILE = Path(__file__).parents[2] / "counties" / "dueren" / "crisis.toml"


class CrisisKind(StrEnum):
    """The keys that the county's file uses."""

    DANGER_NOW = "danger_now"
    POISON = "poison"
    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    VIOLENCE_HOME = "violence_home"
    SEXUAL_ABUSE = "sexual_abuse"
    CHILD_AT_RISK = "child_at_risk"
    NOWHERE_TO_SLEEP = "nowhere_to_sleep"
    CRYING_BABY_EXHAUSTED = "crying_baby_exhausted"
    PARENT_AT_END = "parent_at_end"
    PREGNANCY_DISTRESS = "pregnancy_distress"


KEYS = frozenset(kind.value for kind in CrisisKind)
WEEKDAYS = frozenset(WEEK[:5])
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)

instants = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    max_value=datetime(2032, 1, 1),  # noqa: DTZ001 hypothesis adds the zone
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
)
spans = st.builds(
    Span,
    st.frozensets(st.sampled_from(WEEK), min_size=1),
    st.integers(0, MINUTES_A_DAY - 1),
    st.integers(0, MINUTES_A_DAY),
)
weeks = st.builds(Hours, st.lists(spans, min_size=1, max_size=4).map(tuple))
kind_lists = st.lists(st.sampled_from(list(CrisisKind)), min_size=1, unique=True)


@st.composite
def any_lines(draw: st.DrawFn) -> list[Line]:
    hours = draw(st.lists(st.one_of(weeks, st.just(ALWAYS), st.just(UNKNOWN)), max_size=8))
    return [Line(str(at), "Hilfe", "112", week, tuple(draw(kind_lists))) for at, week in enumerate(hours)]


def at(day: Weekday, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=WEEK.index(day), hours=int(hour), minutes=int(minute))


def line(key: str, hours: Hours, *kinds: CrisisKind) -> Line:
    return Line(key, key, "112", hours, kinds)


def keys(lines: tuple[Line, ...]) -> list[str]:
    return [one.key for one in lines]


@given(instants)
def test_a_line_that_is_always_there_answers_at_every_instant(instant: datetime) -> None:
    assert answers_at(ALWAYS, instant)
    assert ALWAYS.round_the_clock


@given(instants)
def test_a_line_whose_hours_nobody_knows_is_not_assumed_to_answer(instant: datetime) -> None:
    assert not answers_at(UNKNOWN, instant)
    assert opens_next(UNKNOWN, instant) is None


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (Weekday.MONDAY, "13:59", False),
        (Weekday.MONDAY, "14:00", True),
        (Weekday.FRIDAY, "19:59", True),
        (Weekday.FRIDAY, "20:00", False),
        (Weekday.SUNDAY, "15:00", False),
    ],
)
def test_the_hour_of_opening_counts_and_the_hour_of_closing_does_not(
    *, day: Weekday, clock: str, expected: bool
) -> None:
    afternoon = Hours((Span(WEEKDAYS, 14 * 60, 20 * 60),))
    assert answers_at(afternoon, at(day, clock)) is expected


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (Weekday.FRIDAY, "19:59", False),
        (Weekday.FRIDAY, "20:00", True),
        (Weekday.SATURDAY, "05:59", True),
        (Weekday.SATURDAY, "06:00", False),
        (Weekday.SATURDAY, "23:00", False),
        (Weekday.MONDAY, "02:00", False),
        (Weekday.TUESDAY, "02:00", True),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(*, day: Weekday, clock: str, expected: bool) -> None:
    nights = Hours((Span(WEEKDAYS, 20 * 60, 6 * 60),))
    assert answers_at(nights, at(day, clock)) is expected


def test_the_night_from_sunday_reaches_into_monday() -> None:
    sunday_night = Hours((Span(frozenset({Weekday.SUNDAY}), 22 * 60, 8 * 60),))
    assert answers_at(sunday_night, at(Weekday.MONDAY, "07:59"))
    assert not answers_at(sunday_night, at(Weekday.MONDAY, "08:00"))


def test_the_same_hour_at_both_ends_means_a_whole_day_and_night() -> None:
    saturday = Hours((Span(frozenset({Weekday.SATURDAY}), 8 * 60, 8 * 60),))
    assert answers_at(saturday, at(Weekday.SUNDAY, "07:59"))
    assert not answers_at(saturday, at(Weekday.SUNDAY, "08:00"))
    assert not saturday.round_the_clock


def test_seven_days_with_the_same_hour_at_both_ends_leave_no_gap() -> None:
    assert Hours((Span(frozenset(WEEK), 8 * 60, 8 * 60),)).round_the_clock


@given(weeks, instants, st.integers(-60, 60))
def test_no_day_of_the_calendar_is_treated_as_a_holiday(hours: Hours, instant: datetime, later: int) -> None:
    assert answers_at(hours, instant) is answers_at(hours, instant + timedelta(weeks=later))


@given(spans, instants)
def test_a_span_answers_exactly_as_many_minutes_as_it_is_long(span: Span, instant: datetime) -> None:
    one_day = Span(frozenset({min(span.days)}), span.opens, span.closes)
    begin = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    week = (begin + timedelta(minutes=step) for step in range(0, 7 * MINUTES_A_DAY, 30))
    answered = sum(answers_at(Hours((one_day,)), moment) for moment in week)
    assert abs(answered * 30 - one_day.minutes) < 30


@given(weeks, instants)
def test_the_next_opening_is_an_instant_at_which_the_line_answers(hours: Hours, instant: datetime) -> None:
    then = opens_next(hours, instant)
    assert then is not None
    assert answers_at(hours, then)
    assert then - instant < timedelta(weeks=1)
    if then > instant:
        assert not answers_at(hours, then - timedelta(minutes=1))


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        answers_at(ALWAYS, datetime(2026, 11, 2, 3))  # noqa: DTZ001 this is the offence


@given(any_lines(), kind_lists, instants)
def test_whoever_answers_now_stands_before_everyone_who_does_not(
    lines: list[Line], wanted: list[CrisisKind], instant: datetime
) -> None:
    answering = [answers_at(one.hours, instant) for one in order_lines(lines, wanted, instant)]
    assert answering == sorted(answering, reverse=True)


@given(any_lines(), kind_lists, instants)
def test_no_fitting_line_is_lost_and_no_other_is_shown(
    lines: list[Line], wanted: list[CrisisKind], instant: datetime
) -> None:
    shown = {one.key for one in order_lines(lines, wanted, instant)}
    assert shown == {one.key for one in lines if set(one.kinds) & set(wanted)}


def test_at_night_the_line_that_answers_stands_before_the_one_that_would_fit_better() -> None:
    by_day = line("eltern", Hours((Span(WEEKDAYS, 9 * 60, 17 * 60),)), CrisisKind.PARENT_AT_END)
    always = line("seelsorge", ALWAYS, CrisisKind.SUICIDE, CrisisKind.PARENT_AT_END)
    wanted = [CrisisKind.PARENT_AT_END]
    assert keys(order_lines([by_day, always], wanted, at(Weekday.MONDAY, "03:00"))) == ["seelsorge", "eltern"]
    assert keys(order_lines([always, by_day], wanted, at(Weekday.MONDAY, "10:00"))) == ["eltern", "seelsorge"]


def test_the_more_pressing_of_two_crises_decides() -> None:
    shelter = line("schlafplatz", ALWAYS, CrisisKind.NOWHERE_TO_SLEEP)
    rescue = line("notruf", ALWAYS, CrisisKind.DANGER_NOW, CrisisKind.NOWHERE_TO_SLEEP)
    wanted = [CrisisKind.DANGER_NOW, CrisisKind.NOWHERE_TO_SLEEP]
    assert keys(order_lines([shelter, rescue], wanted, MONDAY)) == ["notruf", "schlafplatz"]


def test_unknown_hours_stand_between_open_and_closed() -> None:
    kind = CrisisKind.SUICIDE
    closed = line("zu", Hours((Span(WEEKDAYS, 9 * 60, 10 * 60),)), kind)
    unknown = line("unbekannt", UNKNOWN, kind)
    always = line("immer", ALWAYS, kind)
    assert keys(order_lines([closed, unknown, always], [kind], MONDAY)) == ["immer", "unbekannt", "zu"]


def test_without_a_crisis_every_line_stays_in_the_order_of_the_county() -> None:
    lines = [line("a", ALWAYS, CrisisKind.POISON), line("b", ALWAYS, CrisisKind.SUICIDE)]
    assert keys(order_lines(lines, [], MONDAY)) == ["a", "b"]


def test_young_people_do_not_see_the_lines_for_parents() -> None:
    parents = Line("eltern", "E", "1", ALWAYS, (CrisisKind.PARENT_AT_END,), audience=Audience.PARENTS)
    young = Line("jugend", "J", "2", ALWAYS, (CrisisKind.SUICIDE,), audience=Audience.YOUTH)
    everyone = Line("alle", "A", "3", ALWAYS, (CrisisKind.SUICIDE,))
    assert keys(lines_for([parents, young, everyone], Audience.YOUTH)) == ["jugend", "alle"]
    assert keys(lines_for([parents, young, everyone], Audience.EVERYONE)) == ["eltern", "jugend", "alle"]


GOOD: dict[str, object] = {"key": "k", "name": "N", "phone": "112", "hours": "always", "kinds": ["suicide"]}


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("name", ""),
        ("phone", 112),
        ("hours", "immer"),
        ("hours", []),
        ("hours", [{"days": ["MO"], "from": "25:00", "to": "26:00"}]),
        ("hours", [{"days": ["MO"], "from": "24:00", "to": "06:00"}]),
        ("hours", [{"days": [], "from": "08:00", "to": "12:00"}]),
        ("days", [{"days": ["Montag"], "from": "08:00", "to": "12:00"}]),
        ("kinds", []),
        ("kinds", ["sorgen"]),
        ("for", "oma"),
        ("languages", "de"),
        ("text", {"de": ""}),
        ("demo", "ja"),
    ],
)
def test_a_record_that_does_not_fit_names_its_line_and_field(field_name: str, value: object) -> None:
    where = "hours" if field_name == "days" else field_name
    with pytest.raises(LineError) as caught:
        read_line({**GOOD, where: value}, crisis_kinds=KEYS)
    assert caught.value.line == "k"
    assert caught.value.field_name == field_name


def test_a_record_without_hours_is_kept_and_its_hours_are_unknown() -> None:
    record = {name: value for name, value in GOOD.items() if name != "hours"}
    assert read_line(record, crisis_kinds=KEYS).hours == UNKNOWN


@pytest.fixture(scope="module")
def county_lines() -> tuple[Line, ...]:
    records = tomllib.loads(CRISIS_FILE.read_text("utf-8"))["line"]
    return tuple(read_line(record, crisis_kinds=KEYS) for record in records)


def test_every_crisis_of_the_county_has_someone_who_answers_at_any_hour(
    county_lines: tuple[Line, ...],
) -> None:
    for kind in CrisisKind:
        assert any(one.hours.round_the_clock for one in county_lines if kind in one.kinds), kind


def test_every_line_of_the_county_has_its_sentence_in_all_six_languages(
    county_lines: tuple[Line, ...],
) -> None:
    for one in county_lines:
        assert set(one.text) == {"de", "de-x-plain", "en", "tr", "ar", "uk"}, one.key
        assert "de" in one.languages


def test_the_lines_of_the_county_have_keys_and_numbers_of_their_own(county_lines: tuple[Line, ...]) -> None:
    assert len({one.key for one in county_lines}) == len(county_lines)
    numbers = [number for one in county_lines for number in (one.phone, *one.also)]
    assert len(set(numbers)) == len(numbers)


def test_invented_lines_carry_only_numbers_that_are_reserved_for_fiction(
    county_lines: tuple[Line, ...],
) -> None:
    for one in county_lines:
        reserved = re.fullmatch(r"0221 4710 \d{3}", one.phone) is not None
        assert reserved is one.demo, one.key


def test_a_mother_at_three_in_the_night_sees_only_open_lines_first(county_lines: tuple[Line, ...]) -> None:
    instant = at(Weekday.SUNDAY, "03:00")
    wanted = [CrisisKind.CRYING_BABY_EXHAUSTED]
    first, second, *_ = order_lines(county_lines, wanted, instant)
    assert answers_at(first.hours, instant)
    assert answers_at(second.hours, instant)
    by_day = order_lines(county_lines, wanted, at(Weekday.MONDAY, "10:00"))
    assert by_day[0].kinds[0] == CrisisKind.CRYING_BABY_EXHAUSTED


def test_poison_reaches_the_poison_centre_first_and_danger_the_emergency_call(
    county_lines: tuple[Line, ...],
) -> None:
    assert order_lines(county_lines, [CrisisKind.POISON], MONDAY)[0].phone == "0228 19240"
    assert order_lines(county_lines, [CrisisKind.DANGER_NOW], MONDAY)[0].phone == "112"
