"""A mother and a father who live apart, and their child: a case of the demo's worker, for journeys about their data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from playwright.sync_api import Page

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, ContactKind, ContactValue, NewPerson
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, NewParty, PartyRole
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from tests.core.pdf_reading import pages

WORKER, SCHOOL = "fachkraft@example.org", "praevention-schule@example.org"
SCHOOL_ROLE, SCHOOL_OFFICE = "Präventionskraft Schule", "Kreis Düren, Amt für Schule und Bildung"
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")
PATHWAY, KIND = "akut", "report"


@dataclass(frozen=True)
class Household:
    """The people of one file; the parents know each other's names and nothing else."""

    worker: Actor
    file: UUID
    mother: UUID
    father: UUID
    child: UUID

    @property
    def fall(self) -> str:
        """The address of the case."""
        return f"/fall/{self.file}/"

    def write(self, words: str, *, about: UUID, file: UUID | None = None, **more: Any) -> UUID:
        """Something that the worker writes down about one of them."""
        return cases.write_record(
            file or self.file,
            new=cases.NewRecord(
                kind=KIND,
                category=Category.SITUATION,
                about=about,
                happened_at=clock.real_now(),
                words=words,
                **more,
            ),
            actor=self.worker,
            now=clock.real_now(),
        )


def acting(email: str, purpose: str | None = None) -> Actor:
    """Somebody of the demo at work."""
    person = accounts.demo_person(email)
    assert person is not None
    standing = accounts.standing_of(person, today=clock.real_today())
    return work.at_work(standing.actor, purpose=purpose)


def lay_household() -> Household:
    """Both parents have custody; each has an address of their own."""
    worker, now = acting(WORKER), clock.real_now()
    opened = cases.open_case(_new_case(worker), actor=worker, now=now)
    mother, father, child = uuid4(), uuid4(), uuid4()
    people = (
        (NewParty(mother, PartyRole.MOTHER), _adult("Mara", street="Am Wald 3", town="Düren")),
        (NewParty(father, PartyRole.FATHER), _adult("Ivo", street="Gartenweg 8", town="Jülich")),
        (
            NewParty(
                child,
                PartyRole.CHILD,
                of_age_at=now + timedelta(days=3000),
                guardians=(mother, father),
            ),
            NewPerson("Lio", "Muster", born_on=date(2018, 3, 4)),
        ),
    )
    for party, person in people:
        families.add_person(opened.file, new=person, party=party, actor=worker, now=now)
    return Household(worker, opened.file, mother, father, child)


def lay_own_advice(household: Household) -> tuple[UUID, UUID]:
    """Somebody of fifteen is advised without their parents (§ 8 (3) SGB VIII); their person and the file of it."""
    worker, now, young = household.worker, clock.real_now(), uuid4()
    opened = cases.open_case(_new_case(worker, own_of=young), actor=worker, now=now)
    party = NewParty(young, PartyRole.YOUNG_PERSON, of_age_at=now + timedelta(days=1000))
    families.add_person(opened.file, new=NewPerson("Ada", "Muster"), party=party, actor=worker, now=now)
    privacy.add_party(opened.file, party=NewParty(household.mother, PartyRole.MOTHER), actor=worker, now=now)
    return young, opened.file


def letter_code(page: Page, label: str, *, folder: Path) -> str:
    """Print a letter from the open page; the code that stands in it."""
    with page.expect_download() as leaving:
        page.get_by_role("button", name=label).click()
    sheet = folder / leaving.value.suggested_filename
    leaving.value.save_as(sheet)
    found = CODE.search(" ".join(pages(sheet.read_bytes())))
    assert found is not None, label
    return found[0]


def status_of(page: Page, address: str) -> int:
    """What the house answers to an address."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def _adult(name: str, *, street: str, town: str) -> NewPerson:
    mail = ContactValue(ContactKind.EMAIL, f"{name.lower()}.muster@example.org")
    return NewPerson(name, "Muster", contacts=(mail,), address=AddressValue(street, "52349", town))


def _new_case(worker: Actor, **more: Any) -> cases.NewCase:
    (team,) = work.my_units(worker, now=clock.real_now())
    return cases.NewCase(pathway=PATHWAY, channel=Channel.OFFICE, unit=team.id, **more)
