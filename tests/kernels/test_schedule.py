"""German schedule texts become rules, rules become German again, and nothing is guessed."""

from __future__ import annotations

import json
from datetime import UTC, date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.schedule import (
    Day,
    Daypart,
    Holidays,
    Note,
    RRuleNotUnderstood,
    Rule,
    Schedule,
    Understanding,
    Weekday,
    german,
    read_german,
    rrule,
    rule_of,
)
from tests.kernels.schedule_rules import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rules

WORKDAYS = (MO, TU, WE, TH, FR)
SERVICES = Path(__file__).parents[2] / "counties" / "dueren" / "services.jsonl"


def weekly(*days: Day, starts: time | None = None, ends: time | None = None, interval: int = 1) -> Rule:
    return Rule(WEEKLY, days, interval, starts, ends)


def monthly(*days: tuple[int, Weekday], starts: time | None = None, ends: time | None = None) -> Rule:
    return Rule(MONTHLY, tuple(Day(weekday, ordinal) for ordinal, weekday in days), 1, starts, ends)


UNDERSTOOD = {
    "jeden 2. Dienstag im Monat 15–17 Uhr, nicht in den Ferien": Schedule(
        (monthly((2, Weekday.TUESDAY), starts=time(15), ends=time(17)),), Holidays.NOT
    ),
    "dienstags 9–12 Uhr und nach Vereinbarung": Schedule(
        (weekly(TU, starts=time(9), ends=time(12)),), notes=(Note.BY_ARRANGEMENT,)
    ),
    "Mo, Di, Do 9–12 Uhr, Mi 14–17 Uhr": Schedule(
        (weekly(MO, TU, TH, starts=time(9), ends=time(12)), weekly(WE, starts=time(14), ends=time(17)))
    ),
    "1. und 3. Montag im Monat": Schedule((monthly((1, Weekday.MONDAY), (3, Weekday.MONDAY)),)),
    "donnerstags 14-tägig": Schedule((weekly(TH, interval=2),)),
    "sonntags 10–13 Uhr, alle zwei Wochen": Schedule(
        (weekly(SU, starts=time(10), ends=time(13), interval=2),)
    ),
    "zweiter Dienstag im Monat, 10 Uhr": Schedule((monthly((2, Weekday.TUESDAY), starts=time(10)),)),
    "freitags 9.30–11.30 Uhr": Schedule((weekly(FR, starts=time(9, 30), ends=time(11, 30)),)),
    "Freitag von 9:30 Uhr bis 11:30 Uhr": Schedule((weekly(FR, starts=time(9, 30), ends=time(11, 30)),)),
    "Mo - Fr vormittags": Schedule((Rule(WEEKLY, WORKDAYS, daypart=Daypart.MORNING),)),
    "montags bis freitags 8-12 Uhr": Schedule((weekly(*WORKDAYS, starts=time(8), ends=time(12)),)),
    "letzter Mittwoch im Monat, 14–16 Uhr": Schedule(
        (monthly((-1, Weekday.WEDNESDAY), starts=time(14), ends=time(16)),)
    ),
    "zweiter und vierter Freitag, 16 Uhr": Schedule(
        (monthly((2, Weekday.FRIDAY), (4, Weekday.FRIDAY), starts=time(16)),)
    ),
    "mittwochs 15 und 16 Uhr": Schedule((weekly(WE, starts=time(15)), weekly(WE, starts=time(16)))),
    "Mo–Do 15–20, Fr bis 22 Uhr": Schedule(
        (weekly(*WORKDAYS[:4], starts=time(15), ends=time(20)), weekly(FR, ends=time(22)))
    ),
    "freitags ab 18 Uhr": Schedule((Rule(WEEKLY, (FR,), starts=time(18), from_then_on=True),)),
    "täglich 20–9 Uhr": Schedule((Rule(DAILY, starts=time(20), ends=time(9)),)),
    "jeden Tag, rund um die Uhr": Schedule((Rule(DAILY, starts=time(0), ends=time(0)),)),
    "an Schultagen 8–14 Uhr": Schedule(
        (Rule(WEEKLY, WORKDAYS, starts=time(8), ends=time(14), school_days=True),)
    ),
    "Mi und Fr 16–22 Uhr, Sa, So und feiertags 9–22 Uhr": Schedule(
        (
            weekly(WE, FR, starts=time(16), ends=time(22)),
            Rule(WEEKLY, (SA, SU), starts=time(9), ends=time(22), public_holidays=True),
        )
    ),
    "Mo–Fr 12.30–14.30 Uhr, auch in den Ferien": Schedule(
        (weekly(*WORKDAYS, starts=time(12, 30), ends=time(14, 30)),), Holidays.ALSO
    ),
    "nach Absprache": Schedule(notes=(Note.BY_ARRANGEMENT,)),
}

IN_PART = {
    "offene Sprechstunde Di 10–12 und Do 16–18 Uhr": (
        "dienstags 10–12 Uhr, donnerstags 16–18 Uhr",
        "offene Sprechstunde",
    ),
    "montags 18–20 Uhr, sieben Abende": ("montags 18–20 Uhr", "sieben Abende"),
    "drei Gruppen, Di, Mi, Fr vormittags": ("Di, Mi, Fr vormittags", "drei Gruppen"),
    "Mo–Fr 8–12 Uhr (mit Kinderbetreuung)": ("Mo–Fr 8–12 Uhr", "mit Kinderbetreuung"),
    "montags 3–6 Jahre": ("montags", "3–6 Jahre"),
    "mittwochs 14–17 Uhr offen, sonst Termin": ("mittwochs 14–17 Uhr", "offen, sonst Termin"),
}

LEFT_AS_TEXT = [
    "",
    "monatlich",
    "werktags",  # Saturday is one to the law and none to most people
    "7–16.30 Uhr",  # names no day
    "jeden zweiten Montag",  # every other week or the second of the month
    "jeden dritten Donnerstag, 9–12 Uhr",
    "ein Freitag im Monat, 16 Uhr",
    "am Montag 9 Uhr",
    "vier Samstage im Jahr und ein Wochenende",
    "Einzelgespräche und offener Abend am ersten Montag",
    "alle zwei Monate samstags 10–13 Uhr",
    "bis 15.30 Uhr, keine Ferien",
    "Mo–Fr 8–12 Uhr, außer mittwochs",
    "Mo–Fr 8–12 Uhr, mittwochs geschlossen",
    "Mo–Fr 8–12 Uhr (außer Mi)",
    "Mo–Fr 8–12 Uhr, nicht am Mittwoch",
    "first Friday of the month, 4 pm",
    "in den Schulferien",
    "99–100 Uhr",
    "Beratung an zwei Standorten, Düren-Nord und Düren-Ost",
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items())
def test_a_usual_text_is_understood_as_a_whole(text: str, expected: Schedule) -> None:
    assert read_german(text) == expected
    assert expected.understanding is Understanding.FULL


@pytest.mark.parametrize(("text", "expected"), IN_PART.items())
def test_what_no_rule_can_say_is_kept_in_its_own_words(text: str, expected: tuple[str, str]) -> None:
    schedule = read_german(text)
    assert (german(Schedule(schedule.rules)), schedule.rest) == expected
    assert schedule.understanding is Understanding.PART


@pytest.mark.parametrize("text", LEFT_AS_TEXT)
def test_a_text_that_does_not_surely_say_when_stays_text(text: str) -> None:
    schedule = read_german(text)
    assert schedule == Schedule(rest=text)
    assert schedule.understanding is Understanding.NONE


def test_the_schedules_of_the_demo_county_lose_no_word_and_say_the_same_again() -> None:
    texts = [json.loads(line)["schedule"] for line in SERVICES.read_text(encoding="utf-8").splitlines()]
    understood = {text: read_german(text) for text in texts if text}
    for text, schedule in understood.items():
        bare = Schedule(schedule.rules, schedule.holidays, schedule.notes)
        assert read_german(german(bare)) == bare, text
        for word in schedule.rest.replace(",", " ").split():
            assert word in text
    named = [
        schedule
        for text, schedule in understood.items()
        if any(day in text for day in ("Mo", "Di", "tags", "Mi", "wochs"))
    ]
    readable = [schedule for schedule in named if schedule.rules]
    assert len(readable) / len(named) > 0.9


schedules = st.builds(
    lambda found, holidays, notes: Schedule(tuple(found), holidays if found else None, notes),
    st.lists(rules, max_size=5),
    st.sampled_from([None, *Holidays]),
    st.sampled_from([(), (Note.BY_ARRANGEMENT,)]),
)


@given(schedules)
def test_every_schedule_can_be_said_in_german_and_read_back(schedule: Schedule) -> None:
    assert read_german(german(schedule)) == schedule


@given(rules.filter(lambda rule: not rule.public_holidays and not rule.school_days))
def test_every_rule_can_be_written_as_rrule_and_read_back(rule: Rule) -> None:
    bare = Rule(rule.frequency, rule.days, rule.interval, rule.starts, rule.ends)
    assert rule_of(rrule(bare), starts=rule.starts, ends=rule.ends) == bare


def test_a_rule_with_an_end_is_read_and_written() -> None:
    rule = rule_of("RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=TU;UNTIL=20270630T215959Z", starts=time(9))
    assert rule == Rule(WEEKLY, (TU,), starts=time(9), until=date(2027, 6, 30))
    assert rrule(rule) == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630"
    assert rule_of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630", until=date(2027, 1, 1)).until == date(2027, 1, 1)


@given(st.text())
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    read_german(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "Mo",
                "Di–Fr",
                "jeden",
                "2.",
                "letzter",
                "montags",
                "9–12",
                "15",
                "Uhr",
                ",",
                ";",
                "und",
                "außer",
                "nicht",
                "in",
                "den",
                "Ferien",
                "im",
                "Monat",
            ]
            + [
                "14-tägig",
                "täglich",
                "ab",
                "bis",
                "24",
                "vormittags",
                "nach",
                "Vereinbarung",
                "am",
                ":",
                "ein",
            ]
        )
    )
)
def test_no_jumble_of_the_usual_words_breaks_the_reader(pieces: list[str]) -> None:
    schedule = read_german(" ".join(pieces))
    bare = Schedule(schedule.rules, schedule.holidays, schedule.notes)
    assert read_german(german(bare)) == bare


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=5",
        "FREQ=WEEKLY;BYDAY=XX",
        "BYDAY=TU",
        "",
        "Unsinn",
        "FREQ=MONTHLY;BYDAY=9TU",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=bald",
        "FREQ=WEEKLY;INTERVAL=x;BYDAY=TU",
    ],
)
def test_a_recurrence_that_says_more_than_a_rule_can_hold_is_not_halved(text: str) -> None:
    with pytest.raises(RRuleNotUnderstood):
        rule_of(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"frequency": WEEKLY},
        {"frequency": DAILY, "days": (MO,)},
        {"frequency": WEEKLY, "days": (TU, MO)},
        {"frequency": WEEKLY, "days": (Day(Weekday.MONDAY, 1),)},
        {"frequency": MONTHLY, "days": (MO,)},
        {"frequency": DAILY, "interval": 2},
        {"frequency": WEEKLY, "days": (MO,), "interval": 0},
        {"frequency": WEEKLY, "days": (MO,), "from_then_on": True},
        {"frequency": WEEKLY, "days": (MO,), "daypart": Daypart.NIGHT, "ends": time(3)},
        {"frequency": WEEKLY, "days": (MO,), "school_days": True},
        {"frequency": MONTHLY, "days": (Day(Weekday.MONDAY, 1),), "public_holidays": True},
        {"frequency": DAILY, "starts": time(9, 0, 1)},
        {"frequency": DAILY, "starts": time(9, tzinfo=UTC)},
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be_built(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"rule|days|interval|holidays|time|goes on|ordinals|part"):
        Rule(**wrong)  # type: ignore[arg-type]
