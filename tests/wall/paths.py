"""One family's trail through the house: a row behind every kind of key that stands in an address, and who comes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.types import Channel, NewTally, ReferralMode, TallyOutcome
from lueckenlos.care.talks import selectors as talks
from lueckenlos.care.talks import services as talking
from lueckenlos.care.talks.types import Voice
from lueckenlos.commons.certificates import services as certificates
from lueckenlos.commons.certificates.types import Look, NewCertificate
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import asking
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as consents
from lueckenlos.commons.privacy.rights import RightKind
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    CoverKind,
    Ground,
    LegalBasis,
    OpeningGround,
    Purpose,
    ScopeValue,
)
from lueckenlos.config.demo_cases import lay_cases
from lueckenlos.config.demo_talks import COORDINATION, lay_demo_series
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind
from tests.core.databases import past_the_wall
from tests.journeys.households import SCHOOL, WORKER, Household, acting, lay_household

# Rooms whose rows everybody with the role may know: no family stands in them.
OPEN_ROOMS: Final = frozenset({"accounts", "advisers", "chain", "directory"})
LISTS: Final = frozenset(
    {"cases", "certificates", "frontdoor", "oversight", "own", "privacy", "talks", "tasks"}
)
# Rooms whose rows are laid and whose addresses are walked by tests of their own.
WALKED_ELSEWHERE: Final = frozenset(
    {"bookings", "centres", "classes", "courses", "holidays", "programmes", "vouchers"}
)
OTHER_OFFICE, FAMILY_OFFICE, KITA = "akut@example.org", "familienbuero@example.org", "kita@example.org"
HEAD = "teamleitung@example.org"
SOCIAL, HEALTH = "Kreis Düren, Sozialamt", "praevention-gesundheit@example.org"
HER_WORDS, HIS_WORDS, TALKED = (
    "Ich schaffe es nicht mehr.",
    "Sie lässt mich nicht hinein.",
    "Was man hören darf.",
)
KIND: Final = {"cases:released": {"purpose": "crisis"}, "cases:answer": {"purpose": "handover"},
               "cases:write": {"kind": "report"}, "cases:outcome": {"key": "satisfied"}}  # fmt: skip


@dataclass(frozen=True)
class Trail:
    """The family, the keys by room and parameter, and every word that gives it away."""

    household: Household
    keys: dict[tuple[str, str], UUID]
    names: tuple[str, ...]
    other_family: UUID
    other_file: UUID
    other_item: UUID


@dataclass(frozen=True)
class Address:
    """An address that takes a key."""

    name: str
    parameters: tuple[str, ...]
    pattern: URLPattern

    @property
    def room(self) -> str:
        """Its namespace."""
        return self.name.partition(":")[0]

    def url(self, keys: dict[str, UUID]) -> str:
        """With these keys in it."""
        return reverse(self.name, kwargs={**KIND.get(self.name, {}), **keys})

    def keys(self, trail: Trail) -> dict[str, UUID]:
        """The family's own; a parameter that nobody has laid a row for stops the test."""
        return {each: trail.keys[self.room, each] for each in self.parameters}


def addresses(resolver: URLResolver | None = None, *, room: str = "") -> Iterator[Address]:
    """Every address with a key, outside the open rooms, as the resolver knows them."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, room=f"{each.namespace}:" if each.namespace else room)
        elif isinstance(each, URLPattern) and room.rstrip(":") not in OPEN_ROOMS | WALKED_ELSEWHERE:
            keys = [name for name, kind in each.pattern.converters.items() if isinstance(kind, UUIDConverter)]
            if keys:
                yield Address(f"{room}{each.name}", tuple(keys), each)


def without_keys(resolver: URLResolver | None = None, *, room: str = "") -> Iterator[str]:
    """Every address of the closed rooms that takes nothing: lists, desks, counts."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from without_keys(each, room=f"{each.namespace}:" if each.namespace else room)
        elif each.name and not each.pattern.converters and room.rstrip(":") in LISTS:
            yield f"{room}{each.name}"


def entered(email: str) -> Client:
    """A browser in which somebody of the demo is signed in."""
    client = Client()
    assert client.post(reverse("portal:demo-enter"), {"email": email}).status_code == 302
    return client


def at_home(person: UUID, *, by: Actor, client: Client | None = None) -> Client:
    """A browser in which a family's person has opened their own page by a code."""
    now = clock.real_now()
    link = asking.own_data_link(person, language="de", actor=by, now=now, until=now + timedelta(days=9))
    device = client or Client()
    assert device.post(link.path).status_code == 302
    return device


def lay_trail(url: str) -> Trail:
    """Everything that can happen to a family here, once."""
    lay_cases(now=clock.real_now())
    lay_demo_series(clock.real_now())
    household = lay_household()
    with past_the_wall(url) as superuser:
        keys = {
            **_in_the_case(household),
            **_agreed(household),
            **_at_the_table(household),
            **_reported(household),
            **_beside_it(superuser),
        }
        other_case = _one(superuser, "SELECT file_id FROM cases_case WHERE organization_id = %s AND pathway_id IN "
            "(SELECT id FROM cases_pathway WHERE key = 'akut') AND file_id <> %s", acting(OTHER_OFFICE).organization,
            household.file)  # fmt: skip
        return Trail(
            household=household,
            keys={**keys, **_found(superuser, household)},
            names=(
                "Mara Muster", "Ivo Muster", "Lio Muster", "Am Wald 3", "Gartenweg 8", HER_WORDS, HIS_WORDS, TALKED,
                _one(superuser, "SELECT pseudonym FROM cases_case WHERE file_id = %s", household.file),
            ),
            other_family=_one(superuser, "SELECT person FROM privacy_party WHERE file_id = %s", other_case),
            other_file=other_case,
            other_item=_one(superuser, "SELECT id FROM talks_item WHERE organization_id = %s", acting(SCHOOL).organization),
        )  # fmt: skip


def _in_the_case(household: Household) -> dict[tuple[str, str], UUID]:
    """Records, goal, document and a part that goes elsewhere."""
    file, worker, now = household.file, household.worker, clock.real_now()
    record = household.write(HER_WORDS, about=household.mother)
    confided = household.write(
        HIS_WORDS, about=household.mother, is_confided=True, confided_by=household.father
    )
    _known_to_the_head(household, confided)
    goal = cases.agree_goal(file, text="Wieder schlafen.", about=household.mother, actor=worker, now=now)
    cases.rate_goal(goal, value=4, rated_by="Mara Muster", actor=worker, now=now)
    new = cases.NewDocument(
        name="Muster.pdf", content=b"%PDF-1.7 Mara", category=Category.DOCUMENTS, about=household.mother
    )
    document = cases.add_document(file, new=new, actor=worker, now=now)
    referral = cases.propose(
        file,
        new=cases.NewReferral(
            to_organization=_office(SOCIAL),
            mode=ReferralMode.VIEW,
            purpose=Purpose.HANDOVER,
            about=household.mother,
            due_at=now + timedelta(days=14),
            message=f"{HER_WORDS} Mara Muster",
        ),
        actor=worker,
        now=now,
    )
    return {
        ("cases", "file"): file,
        ("talks", "file"): file,
        ("cases", "record"): record,
        ("cases", "goal_id"): goal,
        ("cases", "document_id"): document,
        ("own", "key"): document,
        ("cases", "referral"): referral,
        ("cases", "person"): household.mother,
    }


def _known_to_the_head(household: Household, confided: UUID) -> None:
    """The head steps in for technical support, and reads one thing that was confided to the worker."""
    head, now = acting(HEAD), clock.real_now()
    assert head.person_id is not None and head.organization is not None
    consents.cover(
        household.file,
        new=consents.NewCover(
            head.person_id,
            head.organization,
            CoverKind.SUPPORT,
            "Mara Muster ruft an.",
            now + timedelta(days=9),
        ),
        actor=head,
    )
    new = cases.NewOpening(
        person=head.person_id, organization=head.organization, ground=OpeningGround.AGREED, reason=HIS_WORDS
    )
    cases.open_confided(confided, new=new, actor=household.worker)


def _agreed(household: Household) -> dict[tuple[str, str], UUID]:
    """A consent, a question that waits, a release from secrecy, a wish."""
    worker, now, mother = household.worker, clock.real_now(), household.mother
    text = next(each.id for each in privacy.texts(language="de") if each.code == "krise")
    office = acting(SCHOOL).organization
    assert office is not None
    until, scope = now + timedelta(days=90), ScopeValue(Purpose.CRISIS, Category.SITUATION, office)
    consent = consents.record_consent(
        household.file,
        new=consents.NewConsent(
            text=text, given_by=mother, subject=mother, scopes=(scope,), form=ConsentForm.PAPER,
            given_at=now, valid_until=until,
        ),
        actor=worker,
    )  # fmt: skip
    draft = consents.ask_for_consent(
        household.file,
        new=consents.NewDraft(
            text=text, asked=mother, asked_label="Mara Muster", subject=household.child,
            subject_label="Lio Muster", scopes=(scope,), valid_until=until, expires_at=until,
        ),
        actor=worker,
        now=now,
    )  # fmt: skip
    secrecy = consents.release_from_secrecy(
        household.file,
        new=consents.NewSecrecyRelease(
            released="Dr. Muster", towards=office, given_by=mother, subject=mother,
            form=ConsentForm.PAPER, given_at=now, valid_until=until,
        ),
        actor=worker,
    )  # fmt: skip
    right = consents.ask_right(
        consents.NewRight(person=mother, kind=RightKind.ACCESS, text="Mara Muster fragt."),
        actor=Actor(kind=ActorKind.FAMILY, person_id=mother),
        now=now,
    )
    consents.disclose(
        household.file,
        seen=[(mother, Category.SITUATION)],
        ground=Ground.CONSENT,
        actor=acting(SCHOOL, Purpose.CRISIS.value),
        now=now,
    )
    return {
        **{(room, "draft"): draft for room in ("cases", "own", "privacy")},
        **{(room, "consent"): consent for room in ("cases", "own")},
        **{(room, "release"): secrecy for room in ("cases", "own")},
        ("talks", "draft_id"): draft,
        ("oversight", "right"): right,
    }


def _at_the_table(household: Household) -> dict[tuple[str, str], UUID]:
    """The case at a talk, with one thing said."""
    coordination, now = acting(COORDINATION), clock.real_now()
    worker = acting(WORKER, Purpose.CASE_TALK.value)
    series = talks.all_series(coordination)[0].id
    talk = talks.talks(coordination, series)[0].id
    item = talking.bring_named(
        talk, file=household.file, about=household.child, minutes=10, actor=worker, now=now
    )
    said = talking.NewContribution(
        category=Category.SITUATION, about=household.child, text=TALKED, voice=Voice.FAMILY
    )
    health = acting(HEALTH)
    assert health.organization is not None and health.person_id is not None
    delegate = talking.NewDelegate(health.organization, health.person_id, is_substitute=False)
    talking.name_delegate(series, new=delegate, actor=coordination, now=now)
    return {
        ("talks", "key"): series,
        ("talks", "talk_id"): talk,
        ("talks", "item_id"): item,
        ("own", "item"): item,
        ("talks", "contribution_id"): talking.contribute(item, new=said, actor=worker, now=now),
    }


def _reported(household: Household) -> dict[tuple[str, str], UUID]:
    """A step of protection towards the youth office of the county."""
    now, office = clock.real_now(), _office("Kreisjugendamt Düren, Beratungsstelle Nord")
    step = consents.NewStep(
        organization=office,
        subject=household.child,
        legal_basis=LegalBasis.SGB8_8A,
        reason="Lio Muster hat blaue Flecken.",
        categories=frozenset({Category.SITUATION}),
        until=now + timedelta(days=30),
        late_reason="Freitag, 16 Uhr.",
    )
    key = consents.record_protection_step(household.file, new=step, actor=household.worker, now=now)
    return {("cases", "key"): key}


def _beside_it(superuser: psycopg.Connection[Any]) -> dict[tuple[str, str], UUID]:
    """What other rooms keep: a certificate, a line of the tally, a request, a counsellor's list."""
    now, worker = clock.real_now(), acting(WORKER)
    today = clock.day_of(now)
    look = Look(today, today, today + timedelta(days=700))
    new = NewCertificate(
        organization=worker.organization, person_name="Mara Muster", activity="Patin", look=look
    )
    tally = NewTally(channel=Channel.PHONE, outcome=TallyOutcome.ANSWERED)
    request = _one(superuser, "SELECT c.file_id FROM cases_case c JOIN cases_pathway p ON p.id = c.pathway_id "
        "JOIN privacy_file f ON f.id = c.file_id WHERE p.key = 'anliegen' AND f.own_of IS NULL")  # fmt: skip
    superuser.execute(
        "INSERT INTO finder_alert (id, email, terms, kinds, ags, spoken, language, asked_at, expires_at, told_keys) "
        "VALUES (gen_random_uuid(), 'mara@example.org', '{}', '{}', '', '', 'de', now(), now() + interval '9 days', '{}')"
    )
    client = entered(WORKER)
    client.post(reverse("finder:new-list"), {"name": "Für Mara Muster"})
    return {
        ("certificates", "certificate_id"): certificates.record_seen(new, by=worker, now=now),
        ("frontdoor", "tally"): cases.count_line(tally, actor=acting(FAMILY_OFFICE), now=now),
        ("frontdoor", "file"): request,
        ("finder", "id_"): _one(superuser, "SELECT id FROM finder_counsellorlist"),
    }


def _found(superuser: psycopg.Connection[Any], household: Household) -> dict[tuple[str, str], UUID]:
    """What the house made of it by itself."""
    return {
        ("tasks", "task_id"): _one(
            superuser, "SELECT id FROM tasks_task WHERE file_id = %s AND done_at IS NULL", household.file
        ),
        ("talks", "delegate_id"): _one(
            superuser, "SELECT id FROM talks_delegate WHERE organization_id = %s", acting(HEALTH).organization
        ),
    }


def _one(superuser: psycopg.Connection[Any], statement: str, *given: Any) -> Any:
    row = superuser.execute(statement.encode(), given).fetchone()
    assert row is not None, statement
    return row[0]


def _office(name: str) -> UUID:
    found = directory.organization_by_name(name)
    assert found is not None, name
    return found
