"""The demo's series of talks: the five Präventionskräfte of the county, some cases without a name, one with a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Final
from uuid import UUID

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.types import AgeBand, Voice
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import Category, PartyView, Purpose
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.core.actor import Actor

NAME: Final = "Schnittstellengespräch Kreis Düren"
COORDINATION: Final = "koordination@example.org"
WORKER: Final = "fachkraft@example.org"
OFFICERS: Final = (
    "praeventionskraft@example.org",
    "praevention-gesundheit@example.org",
    "praevention-schule@example.org",
    "praevention-soziales@example.org",
    "praevention-integration@example.org",
)
# Who asks what, as coarse as a question without a name may be: invented, like everything in the demo county.
QUESTIONS: Final = (
    (
        "praevention-schule@example.org",
        "Ein Kind kommt seit den Herbstferien kaum noch zum Unterricht. Zu Hause ist jemand krank, das Kind hilft "
        "viel mit. Wer kann entlasten, ohne dass die Familie drei Anträge stellen muss?",
        AgeBand.FROM_6,
        "05358056",
        "schule_bildung",
    ),
    (
        "praevention-gesundheit@example.org",
        "Ein Säugling mit hohem Pflegebedarf, die Hebamme ist bald nicht mehr da. Was gibt es danach, auch auf "
        "Ukrainisch?",
        AgeBand.UNDER_3,
        None,
        "gesundheit",
    ),
    (
        "praevention-integration@example.org",
        "Zwei Jugendliche leben beim Onkel, die Post vom Amt versteht dort niemand. Welche Stelle hilft beim Ankommen "
        "und beim Übergang in die Ausbildung zugleich?",
        AgeBand.FROM_14,
        "05358024",
        "ankommen_integration",
    ),
)
FAMILY: Final = (
    "Wir möchten wissen, wer uns am Nachmittag helfen kann. Über das Geld soll nicht gesprochen werden."
)


def lay_demo_series(now: datetime) -> bool:
    """Lay the series once, after people and cases are there; False where it stands or somebody is missing."""
    coordination, officers = _actor(COORDINATION, now=now), [_actor(each, now=now) for each in OFFICERS]
    offices = [each.organization for each in officers if each is not None and each.organization]
    if coordination is None or len(offices) < len(OFFICERS):
        return False
    if any(each.name == NAME for each in selectors.all_series(coordination)):
        return False
    key = services.found_series(
        services.NewSeries(
            name=NAME,
            host=offices[0],
            offices=tuple(offices),
            week=2,
            weekday=1,
            begins=time(9),
            place="Kreishaus, Raum 114",
        ),
        actor=coordination,
        now=now,
    )
    talk = selectors.talks(coordination, key)[0].id
    _questions(talk, now=now)
    _case(talk, now=now)
    return True


def _questions(talk: UUID, *, now: datetime) -> None:
    for email, question, age_band, ags, field in QUESTIONS:
        actor = _actor(email, now=now)
        if actor is not None:
            new = services.NewQuestion(talk=talk, question=question, age_band=age_band, ags=ags, field=field)
            services.bring_pseudonymous(new, actor=actor, now=now)


def _case(talk: UUID, *, now: datetime) -> None:
    """The worker's newest case that has a family: what it wants spoken about, heard by nobody before a consent."""
    actor = _actor(WORKER, now=now)
    if actor is None:
        return
    plain = replace(actor, purpose=None)
    for case in cases.cases(plain):
        subject = _subject(privacy.parties(plain, case.file), now=now)
        if case.closed_at is not None or subject is None:
            continue
        item = services.bring_named(
            talk, file=case.file, about=subject.person, minutes=15, actor=actor, now=now
        )
        words = services.NewContribution(
            category=Category.SITUATION, about=subject.person, text=FAMILY, voice=Voice.FAMILY
        )
        services.contribute(item, new=words, actor=actor, now=now)
        return


def _subject(parties: list[PartyView], *, now: datetime) -> PartyView | None:
    """A child with somebody who has custody, else the first person of the case."""
    subjects = [each for each in parties if each.is_subject]
    children = [each for each in subjects if each.of_age_at is not None and each.of_age_at > now]
    return next((each for each in children if each.guardians), subjects[0] if subjects else None)


def _actor(email: str, *, now: datetime) -> Actor | None:
    """Somebody of the demo as they act in a talk."""
    return demo_actor(email, now=now, purpose=Purpose.CASE_TALK.value)
