"""The demo's family class: a primary school with its mornings, a few families with small goals, two that are asked,
and an earlier class of which figures alone are left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.retention import RULES
from lueckenlos.offers.classes.types import (
    ClassView,
    Face,
    InvitationState,
    MemberView,
    MorningView,
    NewMember,
    NewSecond,
    Noted,
    Presence,
    Rater,
    Second,
)

SCHOOL: Final = "schule@example.org"
PURPOSE: Final = "family-class"
NEW: Final = services.NewClass(
    title="Familienklasse Aldenhoven",
    description="Eltern und Kinder lernen zusammen, mit anderen Familien.",
    place="Gemeinschaftsgrundschule, Schwanenstraße 12, 52457 Aldenhoven",
    ags="05358004",
    capacity=8,
)
EARLIER: Final = "Familienklasse Aldenhoven, früher"
# Whose other parent lives apart, and whether that parent decides too.
APART: Final = {"Bela": Second.ALONG, "Dilan": Second.ASKED}
SECOND: Final = "family-class-second"
WEEKS_BEFORE, WEEKS_AFTER, WEEKS_AGO = 12, 16, 40
WEDNESDAY: Final = 2
# As many as a family's goal has steps.
NOTED: Final = 4
SEEN_APART: Final = (Face.SO_SO, Face.SO_SO, Face.WELL, Face.WELL)


@dataclass(frozen=True, slots=True)
class Family:
    """One family: how it is called, its goals, and how far each goal has come."""

    child: str
    parent: str
    goals: tuple[str, ...]
    steps: tuple[int, ...]


FAMILIES: Final = (
    Family(
        "Ada", "Beispiel", ("Ich melde mich, bevor ich spreche.", "Ich packe meine Tasche."), (2, 3, 3, 4)
    ),
    Family("Bela", "Muster", ("Ich bleibe beim Vorlesen sitzen.",), (1, 2, 2, 3)),
    Family("Cem", "Vorlage", ("Ich frage, wenn ich etwas brauche.",), (3, 2, 3, 4)),
    Family("Dilan", "Probe", ("Ich fange gleich an.", "Ich räume meinen Platz auf."), (2, 2, 4, 4)),
    Family("Emil", "Entwurf", ("Ich lasse andere ausreden.",), (1, 1, 3, 3)),
)


def lay_demo_classes(now: datetime) -> int:
    """Lay the class once; how many."""
    actor = demo_actor(SCHOOL, now=now)
    if actor is None or actor.organization is None or selectors.of_organization(actor):
        return 0
    today = clock.day_of(now)
    monday = today - timedelta(days=today.weekday())
    weekly = services.Weekly(
        monday + timedelta(weeks=-WEEKS_BEFORE, days=WEDNESDAY),
        monday + timedelta(weeks=WEEKS_AFTER, days=WEDNESDAY),
        time(8),
        time(11, 30),
    )
    key = services.found_class(NEW, weekly, actor=actor, now=now)
    view = selectors.by_id(key)
    if view is not None:
        _lay_families(view, actor=actor, now=now)
        _let_both_see(view, actor=actor, now=now)
        _invite_two(view, actor=actor, now=now)
    _lay_earlier(monday, actor=actor, now=now)
    return 1


def _lay_earlier(monday: date, *, actor: Actor, now: datetime) -> None:
    """The class of an earlier year: its names are erased, its figures stay."""
    first = monday + timedelta(weeks=-WEEKS_AGO, days=WEDNESDAY)
    weekly = services.Weekly(first, first + timedelta(weeks=WEEKS_BEFORE), time(8), time(11, 30))
    founded = now - timedelta(weeks=WEEKS_AGO)
    key = services.found_class(replace(NEW, title=EARLIER), weekly, actor=actor, now=founded)
    view = selectors.by_id(key)
    if view is not None:
        _lay_families(view, actor=actor, now=now)
    for rule in RULES:
        rule.erase(now)


def _let_both_see(view: ClassView, *, actor: Actor, now: datetime) -> None:
    """Parents who live apart have said yes to a link of their own; where they decide too, they rate."""
    held = [each for each in view.mornings if each.ends_at <= now][-NOTED:]
    for mine in selectors.members(actor, view.id):
        if mine.child not in APART:
            continue
        services.ask_second(mine.id, second=APART[mine.child], language="de", actor=actor, now=now)
        asked = selectors.second_of(actor, mine.id)
        if asked is None:
            continue
        apart = link_to(asked.id, purpose=SECOND)
        new = NewSecond(f"Jo {mine.parent.removeprefix('Familie ')}", "", "", "de", "demo")
        services.agree(asked.id, new, actor=apart, now=now)
        if asked.decides:
            for morning, face in zip(held, SEEN_APART, strict=False):
                faces = [(goal.id, face) for goal in mine.open_goals]
                services.rate_apart(asked.id, faces, morning=morning.id, actor=apart, now=now)


def _lay_families(view: ClassView, *, actor: Actor, now: datetime) -> None:
    held = [each for each in view.mornings if each.ends_at <= now]
    if len(held) < 2:
        return
    for family in FAMILIES:
        _join(view, family, first=held[0], actor=actor)
    members = {each.child: each for each in selectors.members(actor, view.id)}
    for number, morning in enumerate(held[1:][-NOTED:]):
        _note(members, morning, number=number, actor=actor)


def _join(view: ClassView, family: Family, *, first: MorningView, actor: Actor) -> None:
    """As it went then: talked, looked, said yes, wrote the name."""
    before, after = first.starts_at - timedelta(days=2), first.ends_at + timedelta(hours=1)
    day = clock.day_of(before)
    key = services.invite(view.id, talked_on=day, language="de", actor=actor, now=before)
    parents = link_to(key, purpose=PURPOSE)
    services.choose_visit(key, morning=first.id, actor=parents, now=before)
    if services.say_yes(key, actor=parents, now=after) is InvitationState.YES:
        new = NewMember(family.child, f"Familie {family.parent}", "", "", "de", "demo")
        services.join(key, new, actor=parents, now=after)
        for words in family.goals:
            services.set_goal(key, words=words, today=_day(first), actor=actor)


def _note(members: dict[str, MemberView], morning: MorningView, *, number: int, actor: Actor) -> None:
    """One morning: all but one came, and each looked at the goals in their own way."""
    now = morning.ends_at
    presences, seen = [], []
    for place, family in enumerate(FAMILIES):
        mine = members.get(family.child)
        if mine is None:
            continue
        came = (place + number) % len(FAMILIES) != 0
        presences.append(Presence(mine.id, came, came and place != number))
        if not came:
            continue
        face = family.steps[number]
        seen += [(goal.id, Face(face)) for goal in mine.open_goals]
        _rate(mine, morning, Rater.PARENT, face=max(face - 1, 1), purpose=PURPOSE, now=now)
        _rate(mine, morning, Rater.CHILD, face=min(face + 1, 5), purpose="family-class-child", now=now)
    services.note_morning(morning.id, Noted(tuple(presences), tuple(seen)), actor=actor, now=now)


def _rate(
    mine: MemberView, morning: MorningView, rater: Rater, *, face: int, purpose: str, now: datetime
) -> None:
    faces = [(goal.id, Face(face)) for goal in mine.open_goals]
    actor = link_to(mine.id, purpose=purpose)
    services.rate(mine.id, faces, morning=morning.id, rater=rater, actor=actor, now=now)


def _invite_two(view: ClassView, *, actor: Actor, now: datetime) -> None:
    """One family has its sheet, another comes to look and decides with a parent who lives apart."""
    today = clock.day_of(now)
    ahead: list[UUID] = [each.id for each in view.mornings if each.ends_at > now]
    services.invite(view.id, talked_on=today, language="tr", actor=actor, now=now)
    key = services.invite(view.id, talked_on=today, language="de", actor=actor, now=now)
    services.ask_second(key, second=Second.ASKED, language="de", actor=actor, now=now)
    if ahead:
        services.choose_visit(key, morning=ahead[0], actor=link_to(key, purpose=PURPOSE), now=now)


def _day(morning: MorningView) -> date:
    return clock.day_of(morning.starts_at)
