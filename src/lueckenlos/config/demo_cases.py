"""Example families of the demo, laid by the demo's own people through the same deeds as anybody's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases import services
from lueckenlos.care.cases.forms import of_age_at
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    NewPerson,
)
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy.types import Category, NewParty, PartyRole
from lueckenlos.config.demo_actors import demo_actor
from lueckenlos.config.demo_advisers import lay_demo_advisers
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor
from lueckenlos.core.failure import StatedFailure

WORKER: Final = "fachkraft@example.org"
FAMILY_OFFICE: Final = "familienbuero@example.org"
CRISIS_TEAM: Final = "akut@example.org"


def lay_cases(*, now: datetime) -> int:
    """Lay the example families once; gives how many cases were laid, none where there are some already."""
    lay_demo_advisers(now)
    worker = _at_work(WORKER)
    if cases.cases(worker) or cases.cases(_at_work(FAMILY_OFFICE)):
        return 0
    _accompanied(worker, now=now)
    _crisis(_at_work(CRISIS_TEAM), now=now)
    _requests(_at_work(FAMILY_OFFICE), now=now)
    return 4


def _accompanied(worker: Actor, *, now: datetime) -> UUID:
    """A family with two parents who live apart, a child, a goal and some notes."""
    opened = services.open_case(
        services.NewCase(
            pathway="rueckkehr_in_die_schule", channel=Channel.OFFICE, unit=_unit(worker, now=now)
        ),
        actor=worker,
        now=now,
    )
    mother, father, child = uuid4(), uuid4(), uuid4()
    born_on = date(now.year - 9, 5, 17)
    told = (
        (
            NewParty(mother, PartyRole.MOTHER),
            NewPerson(
                "Samira",
                "Beispiel",
                languages=("ar", "de"),
                wishes=(ContactWish.SMS, ContactWish.CALL),
                contacts=(ContactValue(ContactKind.MOBILE, "0176 04069012", is_safe=False),),
                address=AddressValue("Musterweg 4", "52428", "Jülich", is_blocked=True),
            ),
        ),
        (
            NewParty(father, PartyRole.FATHER),
            NewPerson(
                "Jan",
                "Beispiel",
                contacts=(ContactValue(ContactKind.EMAIL, "jan.beispiel@example.org"),),
                address=AddressValue("Beispielstraße 12", "52441", "Linnich"),
            ),
        ),
        (
            NewParty(child, PartyRole.CHILD, of_age_at=of_age_at(born_on), guardians=(mother, father)),
            NewPerson("Noah", "Beispiel", born_on=born_on, languages=("de", "ar")),
        ),
    )
    for party, person in told:
        families.add_person(opened.file, new=person, party=party, actor=worker, now=now)
    services.agree_goal(
        opened.file,
        text="Ich will wieder mit meiner Klasse Fußball spielen.",
        about=child,
        actor=worker,
        now=now,
    )
    for days, kind, about, words, confided in (
        (9, "wish", child, "Morgens tut mir der Bauch weh, wenn ich an die Schule denke.", None),
        (6, "look_in", mother, "Ich schaffe das mit der Arbeit und den Terminen allein nicht mehr.", None),
        (2, "look_in", child, "Papa und Mama streiten am Telefon immer wegen mir.", child),
    ):
        services.write_record(
            opened.file,
            new=services.NewRecord(
                kind=kind,
                category=Category.SITUATION,
                about=about,
                happened_at=now - timedelta(days=days),
                words=words,
                data=(
                    {"child": words}
                    if kind == "wish"
                    else {
                        "day": clock.day_of(now - timedelta(days=days)).isoformat(),
                        "went": words,
                        "change": "no",
                    }
                ),
                is_confided=confided is not None,
                confided_by=confided,
            ),
            actor=worker,
            now=now,
        )
    return opened.file


def _crisis(team: Actor, *, now: datetime) -> UUID:
    opened = services.open_case(
        services.NewCase(pathway="akut", channel=Channel.PHONE, unit=_unit(team, now=now)),
        actor=team,
        now=now,
    )
    mother = uuid4()
    families.add_person(
        opened.file,
        new=NewPerson("Olena", "Musterfrau", languages=("uk",), needs_interpreter=True),
        party=NewParty(mother, PartyRole.MOTHER),
        actor=team,
        now=now,
    )
    services.write_record(
        opened.file,
        new=services.NewRecord(
            kind="report",
            category=Category.SITUATION,
            about=mother,
            happened_at=now,
            data={
                "what": "Seit dem Umzug schläft die Familie kaum. Die Tochter will nicht mehr aus dem Haus.",
                "wish": "Jemand soll vorbeikommen und zuhören.",
                "agreed_on": clock.day_of(now).isoformat(),
                "reporter": "Schulsozialarbeit",
            },
        ),
        actor=team,
        now=now,
    )
    return opened.file


def _requests(office: Actor, *, now: datetime) -> None:
    if office.organization is None:
        raise StatedFailure("Das Familienbüro der Demo arbeitet für keine Organisation.")
    unit = _unit(office, now=now)
    titz = next((town.ags for town in places.municipalities() if town.name == "Titz"), None)
    for words, who, role, language, is_own in (
        (
            "Mein Sohn rastet nur noch aus, ich weiß nicht mehr weiter. Gibt es hier im Ort jemanden, der mit ihm spricht?",
            "parent",
            PartyRole.MOTHER,
            "de",
            False,
        ),
        ("Ich bin zwölf. Zu Hause ist es gerade schlimm, ich will mit jemandem reden.", "young_person", PartyRole.YOUNG_PERSON, "de", True),
    ):  # fmt: skip
        services.receive(
            services.NewRequest(
                pathway="anliegen",
                organization=office.organization,
                unit=unit,
                words=words,
                who=who,
                person=NewPerson("", languages=(language,)),
                role=role,
                language=language,
                ags=titz,
                is_own=is_own,
            ),
            actor=NOBODY,
            now=now,
        )


def _at_work(email: str) -> Actor:
    actor = demo_actor(email, now=clock.now())
    if actor is None:
        raise StatedFailure(f"In people.toml fehlt {email}.")
    return actor


def _unit(actor: Actor, *, now: datetime) -> UUID:
    units = work.my_units(actor, now=now)
    if not units:
        raise StatedFailure(f"{actor.name} ist in people.toml in keinem Team.")
    return units[0].id
