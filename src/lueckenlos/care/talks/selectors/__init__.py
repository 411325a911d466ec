"""Reads of talks; other rooms enter here. Each takes the actor, and the wall decides again."""

from lueckenlos.care.talks.selectors.agenda import agenda, called_up, hearings, item, named_items_of
from lueckenlos.care.talks.selectors.outcomes import (
    agreements,
    agreements_of_talk,
    open_agreements,
    results,
    results_of_talk,
)
from lueckenlos.care.talks.selectors.parts import about_person, contribution, contributions, own_talks, room
from lueckenlos.care.talks.selectors.series import (
    all_series,
    attendances,
    hosts,
    next_talks,
    series,
    speaks_in,
    stands_in,
    talk,
    talks,
)

__all__ = [
    "about_person",
    "agenda",
    "agreements",
    "agreements_of_talk",
    "all_series",
    "attendances",
    "called_up",
    "contribution",
    "contributions",
    "hearings",
    "hosts",
    "item",
    "named_items_of",
    "next_talks",
    "open_agreements",
    "own_talks",
    "results",
    "results_of_talk",
    "room",
    "series",
    "speaks_in",
    "stands_in",
    "talk",
    "talks",
]
