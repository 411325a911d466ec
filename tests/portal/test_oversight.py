"""Data protection's desk: what happened, how often, on which ground; never whose it is, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.accounts.services import FITTING
from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.rights import RightKind
from lueckenlos.commons.privacy.types import Category, CoverKind, Ground, LegalBasis, WithdrawalWay
from lueckenlos.config.retention import RULES
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Grant, Role, ScopeKind, job
from tests.commons.privacy.conftest import Family, said
from tests.core.pdf_reading import pages
from tests.house.fences import bad_skeleton
from tests.wall.world import now

WISH, WHY, TOLD = "Mein Sohn heißt Lio mit o", "blaue Flecken am Arm", "Die Mutter sagt, er schlägt."
NAMES = ("Frau Muster", "Herr Muster", "Lio", WHY, TOLD)
OTHERS = [role for role in Role if role is not Role.DATA_PROTECTION]
NOWHERE = "/datenschutz/gibt-es-nicht/"
PUBLISHED = ("verzeichnis", "folgenabschaetzung")


@dataclass
class Watched:
    """The family, what was done with its data, and the officer's browser."""

    family: Family
    officer: Client
    right: UUID

    def page(self, name: str, *arguments: object) -> str:
        """What a page of the desk says; whole, and naming nobody."""
        answer = self.officer.get(reverse(f"oversight:{name}", args=arguments))
        assert answer.status_code == 200, name
        assert bad_skeleton(answer.content.decode()) == []
        self.names_nobody(answer)
        return said(answer)

    def names_nobody(self, answer: Any) -> None:
        """Neither people nor files, in no spelling."""
        html = answer.content.decode()
        family = self.family
        keys = [str(key) for key in (family.mother, family.father, family.child, family.file)]
        assert [word for word in (*NAMES, *keys) if word in html] == []


def signed_in(person: UUID, *grants: Grant) -> Client:
    for grant in grants:
        accounts.grant_role(person, grant=grant, by=job("tests"))
    client = Client()
    client.force_login(User.objects.get(id=person))
    return client


def somebody(family: Family, role: Role, kind: ScopeKind, key: str) -> Client:
    person = family.world.worker(family.worker.organization)
    return signed_in(person.person, Grant(role, kind, key))


@pytest.fixture
def watched(family: Family, settings: Any) -> Iterator[Watched]:
    """A consent given and one taken back, a look, a step of protection, a cover for support, a wish."""
    settings.SECOND_FACTOR = "offered"
    worker = family.worker.acting()
    for who in (family.mother, family.father):
        services.answer_draft(
            family.ask(who).id,
            answer=services.Answer(chosen=frozenset({0, 1, 2, 3})),
            actor=family.own(who),
        )
    (his,) = [each for each in selectors.consents_of(worker, family.file) if each.given_by == family.father]
    services.withdraw(his.id, way=WithdrawalWay.WORD, actor=worker, now=now())
    services.disclose(
        family.file,
        seen=[(family.mother, Category.HEALTH)],
        ground=Ground.CONSENT,
        actor=family.health.acting("case_talk"),
        now=now(),
    )
    services.record_protection_step(
        family.file,
        new=services.NewStep(
            organization=family.school.organization,
            subject=family.child,
            legal_basis=LegalBasis.KKG_4,
            reason=WHY,
            categories=frozenset({Category.SITUATION}),
            until=now() + timedelta(days=9),
            second_person=family.colleague.person,
        ),
        actor=worker,
        now=now(),
    )
    head = family.world.worker(family.worker.organization, unit=family.worker.unit, is_head=True)
    services.cover(
        family.file,
        new=services.NewCover(
            family.colleague.person,
            family.worker.organization,
            CoverKind.SUPPORT,
            "Störung 4711",
            now() + timedelta(days=2),
        ),
        actor=head.acting(),
    )
    right = services.ask_right(
        services.NewRight(person=family.mother, kind=RightKind.CORRECTION, text=WISH),
        actor=family.own(family.mother),
        now=now(),
    )
    yield Watched(family, somebody(family, Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358"), right)


def test_the_overview_counts_consents_and_tells_what_happened_without_a_name(watched: Watched) -> None:
    text = watched.page("overview")
    for words in (
        "2 Einwilligungen",
        "gilt 1",
        "Mehrere Ämter sprechen",
        "1 Freigabe für technische Hilfe läuft (§ 203 StGB).",
        "Störung 4711",
        "Jugendamt → Schulamt",
        "§ 4 KKG",
        "Von hier noch nicht geprüft.",
        "etwas berichtigen",
    ):
        assert words in text, words


def test_looks_are_listed_by_office_kind_and_ground_and_by_day(watched: Watched) -> None:
    text = watched.page("disclosures")
    for words in ("Gesundheitsamt", "Gesundheit", "Einwilligung"):
        assert words in text, words
    address = reverse("oversight:disclosures")
    assert "Gesundheitsamt" in said(watched.officer.get(address, {"day": clock.day_of(now()).isoformat()}))
    assert "An diesem Tag hat niemand etwas gesehen." in said(
        watched.officer.get(address, {"day": "2020-01-01"})
    )
    assert "Nichts gefunden" in said(watched.officer.get(address, {"page": "2"}))
    assert watched.officer.get(address, {"day": "gestern"}).status_code == 422
    assert watched.officer.get(address, {"page": "0"}).status_code == 422


def test_a_wish_is_answered_once_and_without_knowing_the_case(watched: Watched) -> None:
    assert "etwas berichtigen" in watched.page("rights")
    address = reverse("oversight:right", args=[watched.right])
    # The person's own words are the wish itself; nothing of a case stands beside them.
    page = watched.officer.get(address)
    assert WISH in said(page)
    assert str(watched.family.mother) not in page.content.decode()
    empty = watched.officer.post(address, {"outcome": "refused", "text": " "})
    assert empty.status_code == 422 and "was die Person lesen soll" in said(empty)
    done = watched.officer.post(address, {"outcome": "done", "text": "Geändert."}, follow=True)
    assert "Beantwortet." in said(done)
    again = watched.officer.post(address, {"outcome": "refused", "text": "Doch nicht."}, follow=True)
    assert "Da war jemand schneller." in said(again)
    assert "Geändert." in said(watched.officer.get(address))
    assert watched.officer.get(reverse("oversight:right", args=[uuid4()])).status_code == 404


def test_the_log_is_verified_from_the_desk_and_a_break_is_told_with_its_place(watched: Watched) -> None:
    verify = reverse("oversight:verify")
    assert "Das Protokoll hält" in said(watched.officer.post(verify, follow=True))
    assert "Hält:" in watched.page("overview")
    chain = audit.chain_of(watched.family.worker.organization)
    touched = watched.family.world.connection.execute(
        "UPDATE core_auditentry SET body = replace(body, 'privacy.', 'privat.') WHERE chain = %s AND sequence = 2",
        [chain],
    ).rowcount
    assert touched == 1
    assert "Das Protokoll ist gebrochen." in said(watched.officer.post(verify, follow=True))
    assert f"{chain} 2" in watched.page("overview")
    assert watched.officer.get(verify).status_code == 405


def test_erasing_is_shown_then_done_then_proved(watched: Watched) -> None:
    shown = watched.page("retention")
    for rule in RULES:
        assert " ".join(rule.records.split()) in shown.replace("&#x27;", "'").replace("&amp;", "&"), (
            rule.records
        )
    assert "Nichts ist fällig." in shown
    watched.family.link(watched.family.ask(watched.family.child))
    watched.family.world.connection.execute(
        "UPDATE core_onetimecode SET created_at = now() - interval '99 days', expires_at = now() - interval '90 days'"
    )
    assert "1 Eintrag ist fällig." in watched.page("retention")
    assert watched.family.world.connection.execute("SELECT count(*) FROM core_onetimecode").fetchone() == (1,)
    done = watched.officer.post(reverse("oversight:retention"), follow=True)
    assert "Gelöscht und nachgesehen" in said(done)
    assert watched.family.world.connection.execute("SELECT count(*) FROM core_onetimecode").fetchone() == (0,)
    assert "Nichts ist fällig." in watched.page("retention")


@pytest.mark.usefixtures("county")
def test_the_documents_of_the_running_house_are_read_and_printed(watched: Watched) -> None:
    assert "Verzeichnis von Verarbeitungstätigkeiten" in watched.page("documents")
    for key in PUBLISHED:
        title = watched.page("document", key)
        printed = watched.officer.get(reverse("oversight:document_pdf", args=[key]))
        assert printed["Content-Type"] == "application/pdf"
        assert "Stand" in " ".join(pages(printed.content)) and "Stand" in title
    for name in ("document", "document_pdf"):
        assert watched.officer.get(reverse(f"oversight:{name}", args=["anderes"])).status_code == 404


@pytest.fixture
def county(family: Family) -> None:
    """The county whose documents they are."""
    family.world.connection.execute(
        "INSERT INTO places_county (key, name, settings, loaded_at) VALUES ('05358', 'Kreis Muster', '{}', now())"
    )


def addresses(right: UUID) -> list[str]:
    """Every address of the desk, from the resolver."""
    given = {"right": right, "key": PUBLISHED[0]}
    (desk,) = [each for each in _resolvers(get_resolver()) if each.namespace == "oversight"]
    return [
        reverse(
            f"oversight:{each.name}",
            kwargs={name: given[name] for name in each.pattern.converters},
        )
        for each in desk.url_patterns
        if isinstance(each, URLPattern)
    ]


def _resolvers(resolver: URLResolver) -> Iterator[URLResolver]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield each
            yield from _resolvers(each)


def test_no_other_role_is_told_that_the_desk_exists(watched: Watched) -> None:
    found = addresses(watched.right)
    assert len(found) == 9
    for role in OTHERS:
        kind = min(FITTING.get(role, {ScopeKind.COUNTY}))
        key = str(watched.family.worker.organization) if kind is ScopeKind.ORGANIZATION else "05358"
        outsider = somebody(watched.family, role, kind, key)
        nowhere = said(outsider.get(NOWHERE)).replace(NOWHERE, "")
        for address in found:
            for answer in (outsider.get(address), outsider.post(address, {"outcome": "done", "text": "x"})):
                assert answer.status_code == 404, (role, address)
                assert said(answer).replace(address, "") == nowhere, (role, address)
    for address in found:
        assert Client().get(address)["Location"].startswith("/anmelden/")


def test_the_worker_of_the_case_and_an_officer_of_one_office_see_nothing_of_the_county(
    watched: Watched,
) -> None:
    family = watched.family
    professional = Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(family.worker.organization))
    worker = signed_in(family.worker.person, professional)
    for address in addresses(watched.right):
        assert worker.get(address).status_code == 404
    office = somebody(family, Role.DATA_PROTECTION, ScopeKind.ORGANIZATION, str(family.health.organization))
    text = said(office.get(reverse("oversight:overview")))
    assert "0 Einwilligungen" in text and "Gerade niemand." in text and "Bisher keine." in text
    assert "Nichts gefunden" in said(office.get(reverse("oversight:disclosures")))
    assert office.get(reverse("oversight:right", args=[watched.right])).status_code == 404
