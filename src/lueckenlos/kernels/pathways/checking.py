"""Checks a pathway that could be read: do its words exist, do its references meet, can every matter come to an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from string import Formatter
from typing import Final

from lueckenlos.kernels.pathways import graph
from lueckenlos.kernels.pathways.flaws import Allowed, Flaw, FlawCode
from lueckenlos.kernels.pathways.types import (
    Choice,
    ClockRule,
    Event,
    FieldType,
    Naming,
    Need,
    Occasion,
    Pathway,
    RecordKind,
    Requirement,
    Stage,
)

Found = Iterator[Flaw]
UNTIL: Final = "until"
_DEADLINES: Final = {
    "no_unit": FlawCode.DEADLINE_WITHOUT_UNIT,
    "unknown_unit": FlawCode.DEADLINE_UNKNOWN_UNIT,
}


def check(pathway: Pathway, *, allowed: Allowed) -> tuple[Flaw, ...]:
    """All flaws in the order of the file. Empty texts are left alone: that they are empty was said before."""
    return (
        *_head(pathway, allowed=allowed),
        *_doubles(pathway),
        *(flaw for stage in pathway.stages for flaw in _stage(pathway, stage, allowed=allowed)),
        *_course(pathway.stages),
        *(flaw for clock in pathway.clocks for flaw in _clock(pathway, clock, allowed=allowed)),
        *(flaw for kind in pathway.record_kinds for flaw in _record_kind(pathway, kind, allowed=allowed)),
        *_outcomes(pathway, allowed=allowed),
    )


def _one_of(value: str, known: Iterable[str], code: FlawCode, path: str) -> Found:
    options = tuple(sorted(filter(None, known)))
    if value and value not in options:
        yield Flaw(code, path, value, options)


def _head(pathway: Pathway, *, allowed: Allowed) -> Found:
    if pathway.version < 1:
        yield Flaw(FlawCode.BAD_VERSION, "version", str(pathway.version))
    yield from _one_of(pathway.purpose, allowed.purposes, FlawCode.UNKNOWN_PURPOSE, "purpose")
    yield from _one_of(
        pathway.retention_class,
        allowed.retention_classes,
        FlawCode.UNKNOWN_RETENTION_CLASS,
        "retention_class",
    )
    for role in sorted(pathway.roles):
        yield from _one_of(role, allowed.roles, FlawCode.UNKNOWN_ROLE, "roles")
    if pathway.first_question is not None:
        # A line that nobody knows would show no number to somebody in danger.
        for line in pathway.first_question.lines:
            yield from _one_of(line, allowed.help_lines, FlawCode.UNKNOWN_LINE, "first_question.lines")


def _doubles(pathway: Pathway) -> Found:
    lists: dict[str, list[str]] = {
        "stages": [stage.key for stage in pathway.stages],
        "clocks": [clock.key for clock in pathway.clocks],
        "record_kinds": [kind.key for kind in pathway.record_kinds],
        "tasks": [task.key for task in pathway.tasks],
        "outcomes": [outcome.key for outcome in pathway.outcomes],
    }
    for path, keys in lists.items():
        yield from _twice(keys, path)


def _twice(keys: Iterable[str], path: str) -> Found:
    for key, times in Counter(filter(None, keys)).items():
        if times > 1:
            yield Flaw(FlawCode.DUPLICATE_KEY, path, key)


def _stage(pathway: Pathway, stage: Stage, *, allowed: Allowed) -> Found:
    path = f"stages.{stage.key}"
    if not stage.roles and not stage.is_final:
        yield Flaw(FlawCode.NOBODY_ACTS, f"{path}.roles", stage.key, tuple(sorted(pathway.roles)))
    for role in sorted(stage.roles):
        yield from _taking_part(pathway, role, f"{path}.roles", allowed=allowed)
    for requirement in stage.requires:
        yield from _requirement(pathway, requirement, f"{path}.requires", allowed=allowed)
    stages = [other.key for other in pathway.stages]
    for step in stage.next:
        yield from _one_of(step.stage, stages, FlawCode.UNKNOWN_STAGE, f"{path}.next")
    yield from _twice((step.stage for step in stage.next), f"{path}.next")
    if stage.is_final and stage.requires:
        yield Flaw(FlawCode.FINAL_REQUIRES, f"{path}.requires", stage.key)
    if stage.is_final and not all(step.is_again for step in stage.next):
        yield Flaw(FlawCode.FINAL_GOES_ON, f"{path}.next", stage.key)


def _taking_part(pathway: Pathway, role: str, path: str, *, allowed: Allowed) -> Found:
    """A role that the house knows must be among those of the pathway; one that it does not know is said once."""
    if role not in allowed.roles:
        yield from _one_of(role, allowed.roles, FlawCode.UNKNOWN_ROLE, path)
    else:
        yield from _one_of(role, pathway.roles, FlawCode.ROLE_NOT_TAKING_PART, path)


def _requirement(pathway: Pathway, requirement: Requirement, path: str, *, allowed: Allowed) -> Found:
    known: dict[Need, tuple[Collection[str], FlawCode]] = {
        Need.RECORD: (pathway.record_kind_of, FlawCode.UNKNOWN_RECORD_KIND),
        Need.CONSENT: (allowed.categories, FlawCode.UNKNOWN_CATEGORY),
        Need.TASK: ({task.key for task in pathway.tasks}, FlawCode.UNKNOWN_TASK),
        Need.OUTCOME: ({outcome.key for outcome in pathway.outcomes}, FlawCode.UNKNOWN_OUTCOME),
    }
    yield from _one_of(requirement.key, *known[requirement.need], path)
    if requirement.persons > 1 and requirement.need is not Need.RECORD:
        yield Flaw(FlawCode.PERSONS_WITHOUT_RECORD, path, f"{requirement.need}:{requirement.key}")
    if requirement.is_anew and requirement.need is Need.CONSENT:
        yield Flaw(FlawCode.CONSENT_ANEW, path, f"{requirement.need}:{requirement.key}")


def _course(stages: Sequence[Stage]) -> Found:
    finals = {stage.key for stage in stages if stage.is_final}
    if stages and not finals:
        yield Flaw(FlawCode.NO_FINAL_STAGE, "stages")
    ahead, anyhow = graph.ways(stages, again=False), graph.ways(stages, again=True)
    for circle in graph.circles(ahead):
        yield Flaw(FlawCode.CYCLE, f"stages.{circle[0]}.next", ", ".join(circle), circle)
    for number, stage in enumerate(stages):
        # Counted without the ways back: they lead to where a matter has been.
        if number and stage.key and stage.key not in graph.reached(stages[0].key, along=ahead):
            yield Flaw(FlawCode.UNREACHABLE, f"stages.{stage.key}", stage.key)
        if finals and not stage.is_final and not finals & graph.reached(stage.key, along=anyhow):
            yield Flaw(FlawCode.CANNOT_END, f"stages.{stage.key}.next", stage.key, tuple(sorted(finals)))


def _clock(pathway: Pathway, clock: ClockRule, *, allowed: Allowed) -> Found:
    path = f"clocks.{clock.key}"
    yield from _event(pathway, clock.begins, f"{path}.from")
    for event in clock.ends:
        yield from _event(pathway, event, f"{path}.to")
    if clock.begins in clock.ends and clock.begins.key:
        yield Flaw(FlawCode.CLOCK_STOPS_AT_ONCE, f"{path}.to", str(clock.begins))
    flaw = allowed.deadline_flaw(clock.deadline) if clock.deadline else None
    if flaw is not None:
        code = _DEADLINES.get(flaw, FlawCode.DEADLINE_UNREADABLE)
        yield Flaw(code, f"{path}.deadline", clock.deadline)
    if clock.told_to_caller and _placeholders(clock.told_to_caller) != {UNTIL}:
        yield Flaw(FlawCode.BAD_PLACEHOLDER, f"{path}.told_to_caller", clock.told_to_caller)


def _placeholders(pattern: str) -> set[str]:
    """The names in braces; a pattern that cannot be read has one that nobody knows."""
    try:
        return {
            name
            for _, name, spec, bang in Formatter().parse(pattern)
            if name is not None and not (spec or bang)
        }
    except ValueError:
        return {pattern}


def _event(pathway: Pathway, event: Event, path: str) -> Found:
    known: dict[Occasion, tuple[Collection[str], FlawCode]] = {
        Occasion.STAGE: (pathway.stage_of, FlawCode.UNKNOWN_STAGE),
        Occasion.RECORD: (pathway.record_kind_of, FlawCode.UNKNOWN_RECORD_KIND),
        Occasion.TASK: ({task.key for task in pathway.tasks}, FlawCode.UNKNOWN_TASK),
        Occasion.OUTCOME: ({outcome.key for outcome in pathway.outcomes}, FlawCode.UNKNOWN_OUTCOME),
    }
    yield from _one_of(event.key, *known[event.occasion], path)


def _record_kind(pathway: Pathway, kind: RecordKind, *, allowed: Allowed) -> Found:
    path = f"record_kinds.{kind.key}"
    nameless = pathway.naming is Naming.PSEUDONYM
    yield from _one_of(kind.category, allowed.categories, FlawCode.UNKNOWN_CATEGORY, f"{path}.category")
    if nameless and kind.category in allowed.naming_categories:
        yield Flaw(FlawCode.NAME_DESPITE_PSEUDONYM, f"{path}.category", kind.category)
    yield from _twice((field.key for field in kind.fields), f"{path}.fields")
    for field in kind.fields:
        here = f"{path}.fields.{field.key}"
        yield from _choices(field.type, field.choices, here)
        if nameless and field.type is FieldType.PERSON:
            yield Flaw(FlawCode.NAME_DESPITE_PSEUDONYM, f"{here}.type", field.type)


def _outcomes(pathway: Pathway, *, allowed: Allowed) -> Found:
    for outcome in pathway.outcomes:
        path = f"outcomes.{outcome.key}"
        yield from _taking_part(pathway, outcome.asked_of, f"{path}.asked_of", allowed=allowed)
        yield from _choices(outcome.type, outcome.choices, path)


def _choices(kind: FieldType, choices: Sequence[Choice], path: str) -> Found:
    if kind is FieldType.CHOICE and len(choices) < 2:
        yield Flaw(FlawCode.CHOICES_MISSING, f"{path}.choices")
    if kind is not FieldType.CHOICE and choices:
        yield Flaw(FlawCode.CHOICES_UNEXPECTED, f"{path}.choices", kind)
    yield from _twice((choice.key for choice in choices), f"{path}.choices")
