"""Reads a pathway from TOML and says everything that is wrong with it at once.

    key = "school_return"              # small letters, digits, underscore
    version = 1                        # a new number whenever the content changes
    title = "Rückkehr in die Schule"
    summary = "Wofür der Weg da ist."
    purpose = "accompaniment"          # words of the house: see Allowed
    retention_class = "counselling"
    naming = "name"                    # or "pseudonym": no names, contacts or persons anywhere
    seam_only = true                   # the office's own specialist system stays the file
    switched_on = true
    roles = ["professional", "family"] # who takes part

    [first_question]                   # optional; on "yes" the pathway is not opened
    question = "Ist gerade jemand in Gefahr?"
    if_yes = "Bitte rufen Sie sofort die 112 an."
    lines = ["danger_now"]             # kinds of help lines to show
    instead = "another_pathway"        # optional

    [[stages]]                         # the first one is where every matter begins
    key = "planned"
    title = "Rückkehr planen"
    roles = ["professional"]           # who acts
    requires = ["record:plan", "consent:school", "outcome:well", { needs = "record:view", persons = 2, anew = true }]
    next = ["done", { to = "planned", again = true }]

    [[stages]]
    key = "done"
    title = "Angekommen"
    final = true

    [[clocks]]
    key = "talk"
    title = "Erstes Gespräch"
    from = "stage:planned"             # stage entered, record written, task done, outcome answered
    to = ["task:talk", "stage:done"]   # one or several: the first stops the clock
    deadline = "5 working_days"
    told_to_caller = "Wir melden uns {until}."

    [[record_kinds]]
    key = "plan"
    title = "Plan"
    category = "school"
    confidable = false
    shown_to_family = true
    fields = [
      { key = "steps", label = "Schritte", type = "long_text", required = true },
      { key = "form", label = "Form", type = "choice", choices = [{ key = "a", label = "A" }, { key = "b", label = "B" }] },
    ]

    [[tasks]]
    key = "talk"
    title = "Gespräch führen"

    [[outcomes]]
    key = "well"
    question = "Geht Ihr Kind wieder gern zur Schule?"
    asked_of = "family"
    type = "rating"

A pathway with a flaw is no pathway: `Reading.pathway` is None then.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lueckenlos.kernels.pathways.checking import check
from lueckenlos.kernels.pathways.cursor import TABLE, TEXT, Cursor
from lueckenlos.kernels.pathways.flaws import Allowed, Flaw, FlawCode
from lueckenlos.kernels.pathways.types import (
    Choice,
    ClockRule,
    Event,
    Field,
    FieldType,
    FirstQuestion,
    Naming,
    Need,
    Next,
    Occasion,
    OutcomeQuestion,
    Pathway,
    RecordKind,
    Requirement,
    Stage,
    TaskKind,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A pathway, or everything that is wrong with its text."""

    pathway: Pathway | None
    flaws: tuple[Flaw, ...] = ()


def read_pathway(text: str, *, allowed: Allowed) -> Reading:
    """Read one pathway; whether `instead` names another that is there only `read_pathways` can tell."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (Flaw(FlawCode.NOT_TOML, "", str(error)),))
    flaws: list[Flaw] = []
    pathway = _pathway(Cursor(document, path="", flaws=flaws))
    flaws += check(pathway, allowed=allowed)
    return Reading(None, tuple(flaws)) if flaws else Reading(pathway)


def read_pathways(texts: Mapping[str, str], *, allowed: Allowed) -> dict[str, Reading]:
    """Read pathways by the name of their file, and check what they say of each other."""
    readings = {name: read_pathway(text, allowed=allowed) for name, text in texts.items()}
    keys = Counter(reading.pathway.key for reading in readings.values() if reading.pathway)
    for name, reading in readings.items():
        flaws = tuple(_between(reading.pathway, keys=keys)) if reading.pathway else ()
        if flaws:
            readings[name] = replace(reading, pathway=None, flaws=flaws)
    return readings


def _between(pathway: Pathway, *, keys: Counter[str]) -> Iterable[Flaw]:
    if keys[pathway.key] > 1:
        yield Flaw(FlawCode.DUPLICATE_PATHWAY, "key", pathway.key)
    instead = pathway.first_question.instead if pathway.first_question else None
    if instead is not None and instead not in keys:
        yield Flaw(FlawCode.UNKNOWN_PATHWAY, "first_question.instead", instead, tuple(sorted(keys)))


def _pathway(top: Cursor) -> Pathway:
    pathway = Pathway(
        key=top.key(),
        version=top.number("version"),
        title_de=top.text("title"),
        summary_de=top.text("summary"),
        purpose=top.text("purpose"),
        retention_class=top.text("retention_class"),
        naming=top.member("naming", Naming, default=Naming.NAME),
        is_seam_only=top.flag("seam_only", default=False),
        is_switched_on=top.flag("switched_on", default=True),
        roles=frozenset(top.words("roles")),
        first_question=_first_question(top.inner("first_question")),
        stages=tuple(_stage(cursor) for cursor in top.tables("stages")),
        clocks=tuple(_clock(cursor) for cursor in top.tables("clocks", is_optional=True)),
        record_kinds=tuple(_record_kind(cursor) for cursor in top.tables("record_kinds")),
        tasks=tuple(_task(cursor) for cursor in top.tables("tasks", is_optional=True)),
        outcomes=tuple(_outcome(cursor) for cursor in top.tables("outcomes", is_optional=True)),
    )
    top.close()
    return pathway


def _first_question(cursor: Cursor | None) -> FirstQuestion | None:
    if cursor is None:
        return None
    question = FirstQuestion(
        question=cursor.text("question"),
        if_yes=cursor.text("if_yes"),
        lines=cursor.words("lines", is_optional=True),
        instead=cursor.text("instead", default="") or None,
    )
    cursor.close()
    return question


def _stage(cursor: Cursor) -> Stage:
    stage = Stage(
        key=cursor.key(),
        title=cursor.text("title"),
        roles=frozenset(cursor.words("roles", is_optional=True)),
        requires=tuple(_requirement(cursor, item) for item in cursor.items("requires", is_optional=True)),
        next=tuple(_next(cursor, item) for item in cursor.items("next", is_optional=True)),
        is_final=cursor.flag("final", default=False),
    )
    cursor.close()
    return stage


def _requirement(cursor: Cursor, item: Any) -> Requirement:
    """`"record:report"`, or `{ needs = "record:view", persons = 2, anew = true }`."""
    persons, anew, word = 1, False, item
    if isinstance(item, Mapping):
        inner = Cursor(item, path=cursor.at("requires"), flaws=cursor.flaws)
        word, persons = inner.text("needs"), inner.number("persons", default=1)
        anew = inner.flag("anew", default=False)
        inner.close()
        if persons < 1:
            inner.note(FlawCode.BAD_PERSONS, "persons", persons)
    kind, key = _pair(cursor, "requires", word)
    return Requirement(cursor.member_of("requires", kind, Need), key, persons, anew)


def _next(cursor: Cursor, item: Any) -> Next:
    """`"closed"`, or `{ to = "visits", again = true }` for the way back."""
    if isinstance(item, Mapping):
        inner = Cursor(item, path=cursor.at("next"), flaws=cursor.flaws)
        step = Next(inner.text("to"), inner.flag("again", default=False))
        inner.close()
        return step
    if isinstance(item, str) and item:
        return Next(item)
    cursor.note(FlawCode.WRONG_TYPE, "next", item, [TEXT, TABLE])
    return Next("")


def _event(cursor: Cursor, name: str, word: Any) -> Event:
    kind, key = _pair(cursor, name, word)
    return Event(cursor.member_of(name, kind, Occasion), key)


def _pair(cursor: Cursor, name: str, word: Any) -> tuple[str, str]:
    """The two halves of `"record:report"`; two empty ones where there is no such thing."""
    if not isinstance(word, str):
        cursor.note(FlawCode.WRONG_TYPE, name, word, [TEXT])
        return "", ""
    kind, colon, key = word.partition(":")
    if word and not (kind and colon and key):
        cursor.note(FlawCode.UNKNOWN_WORD, name, word, ["art:schluessel"])
        return "", ""
    return kind, key


def _clock(cursor: Cursor) -> ClockRule:
    ends = cursor.table.get("to")
    several = cursor.items("to") if isinstance(ends, list) else [cursor.text("to")]
    clock = ClockRule(
        key=cursor.key(),
        title=cursor.text("title"),
        begins=_event(cursor, "from", cursor.text("from")),
        ends=tuple(_event(cursor, "to", word) for word in several),
        deadline=cursor.text("deadline"),
        told_to_caller=cursor.text("told_to_caller", default=""),
    )
    cursor.close()
    return clock


def _record_kind(cursor: Cursor) -> RecordKind:
    kind = RecordKind(
        key=cursor.key(),
        title=cursor.text("title"),
        category=cursor.text("category"),
        is_confidable=cursor.flag("confidable", default=False),
        is_shown_to_family=cursor.flag("shown_to_family", default=False),
        fields=tuple(_field(inner) for inner in cursor.tables("fields")),
    )
    cursor.close()
    return kind


def _field(cursor: Cursor) -> Field:
    field = Field(
        key=cursor.key(),
        label=cursor.text("label"),
        type=cursor.member("type", FieldType),
        is_required=cursor.flag("required", default=False),
        choices=_choices(cursor),
    )
    cursor.close()
    return field


def _choices(cursor: Cursor) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for inner in cursor.tables("choices", is_optional=True):
        found.append(Choice(inner.key(), inner.text("label")))
        inner.close()
    return tuple(found)


def _task(cursor: Cursor) -> TaskKind:
    task = TaskKind(cursor.key(), cursor.text("title"))
    cursor.close()
    return task


def _outcome(cursor: Cursor) -> OutcomeQuestion:
    outcome = OutcomeQuestion(
        key=cursor.key(),
        question=cursor.text("question"),
        asked_of=cursor.text("asked_of"),
        type=cursor.member("type", FieldType),
        choices=_choices(cursor),
    )
    cursor.close()
    return outcome
