"""Strategies for rules, for the properties of schedules."""

from __future__ import annotations

from hypothesis import strategies as st

from lueckenlos.kernels.schedule import Day, Daypart, Frequency, Rule, Weekday

WEEKLY, MONTHLY, DAILY = Frequency.WEEKLY, Frequency.MONTHLY, Frequency.DAILY
MO, TU, WE, TH, FR, SA, SU = (Day(weekday) for weekday in Weekday)

# Hours to the minute; a rule without hours, with a part of the day, with one end, or with both.
moments = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
hours: st.SearchStrategy[dict[str, object]] = st.one_of(
    st.just({}),
    st.sampled_from(Daypart).map(lambda part: {"daypart": part}),
    moments.map(lambda moment: {"starts": moment}),
    moments.map(lambda moment: {"ends": moment}),
    moments.map(lambda moment: {"starts": moment, "from_then_on": True}),
    st.tuples(moments, moments).map(lambda pair: {"starts": pair[0], "ends": pair[1]}),
)
weekdays = st.sets(st.sampled_from(Weekday), min_size=1).map(
    lambda days: tuple(sorted((Day(day) for day in days), key=lambda day: day.place))
)
month_days = st.sets(
    st.builds(Day, st.sampled_from(Weekday), st.sampled_from([1, 2, 3, 4, 5, -1])), min_size=1, max_size=5
).map(lambda days: tuple(sorted(days, key=lambda day: day.place)))
intervals = st.integers(min_value=1, max_value=12)
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(lambda days, n, h: Rule(WEEKLY, days, n, **h), weekdays, intervals, hours),
    st.builds(lambda days, h: Rule(WEEKLY, days, public_holidays=True, **h), weekdays, hours),
    st.builds(lambda days, n, h: Rule(MONTHLY, days, n, **h), month_days, intervals, hours),
    st.builds(lambda h: Rule(DAILY, **h), hours),
    st.builds(lambda h: Rule(WEEKLY, (MO, TU, WE, TH, FR), school_days=True, **h), hours),
)
