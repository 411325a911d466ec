"""„Meine Daten“: each person sees what is theirs, takes it along, takes it back, and asks for changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.loading import load_pathways
from lueckenlos.care.cases.types import Channel
from lueckenlos.commons.accounts import services as accounts
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, ContactKind, ContactValue, NewPerson
from lueckenlos.commons.privacy import asking, loading, services
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    Ground,
    NewParty,
    PartyRole,
    Purpose,
    ScopeValue,
)
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core.actor import Grant, Role, ScopeKind, job
from lueckenlos.core.tables import Mistakes
from tests.core.databases import past_the_wall
from tests.core.pdf_reading import pages
from tests.house.fences import bad_skeleton
from tests.wall.world import Worker, World, now


@dataclass
class House:
    """A youth office, a school office, a mother and a father who live apart, and their child."""

    world: World
    worker: Worker
    school: Worker
    mother: UUID
    father: UUID
    child: UUID
    file: UUID

    def consent(
        self, who: UUID, *, subject: UUID | None = None, categories: tuple[Category, ...] = ()
    ) -> UUID:
        text = next(each.id for each in privacy.texts(language="de") if each.code == "krise")
        return services.record_consent(
            self.file,
            new=services.NewConsent(
                text=text,
                given_by=who,
                subject=subject or who,
                scopes=tuple(
                    ScopeValue(Purpose.CRISIS, category, self.school.organization)
                    for category in categories or (Category.SITUATION, Category.CONTACT)
                ),
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=100),
            ),
            actor=self.worker.acting(),
        )

    def write(self, words: str, *, about: UUID, file: UUID | None = None, **more: Any) -> UUID:
        return cases.write_record(
            file or self.file,
            new=cases.NewRecord(
                kind="household",
                category=Category.FAMILY,
                about=about,
                happened_at=now(),
                words=words,
                **more,
            ),
            actor=self.worker.acting(),
            now=now(),
        )

    def link(self, person: UUID, *, language: str = "de") -> str:
        return asking.own_data_link(
            person, language=language, actor=self.worker.acting(), now=now(), until=now() + timedelta(days=30)
        ).path

    def at_home(self, person: UUID, *, language: str = "de") -> Client:
        """A browser in which this person has opened their own page by code."""
        client = Client()
        path = self.link(person, language=language)
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 302
        return client

    def releases(self) -> set[str]:
        found = privacy.releases_to_me(self.school.acting("crisis"), self.file, now=now())
        return {each.category.value for each in found}


@pytest.fixture
def house(empty_database: str, tmp_path: Any, settings: Any) -> Iterator[House]:
    settings.HOME = tmp_path
    settings.SECOND_FACTOR = "offered"
    mistakes = Mistakes()
    load_pathways(tmp_path, mistakes=mistakes, now=now())
    loading.load_consent_texts(tmp_path, mistakes=mistakes, now=now())
    assert mistakes.kept == []
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        youth, school = world.organization(), world.organization()
        for key, name in ((youth, "Jugendamt"), (school, "Schulamt")):
            connection.execute("UPDATE directory_organization SET name = %s WHERE id = %s", [name, key])
        worker = world.worker(youth, unit=world.units[youth][0])
        teacher = world.worker(school, unit=world.units[school][0])
        actor = worker.acting()
        opened = cases.open_case(
            cases.NewCase(pathway="akut", channel=Channel.PHONE, unit=worker.unit), actor=actor, now=now()
        )
        people = {}
        for role, first, town in (
            (PartyRole.MOTHER, "Mara", "Düren"),
            (PartyRole.FATHER, "Ivo", "Jülich"),
        ):
            people[role] = uuid4()
            families.add_person(
                opened.file,
                new=NewPerson(
                    first,
                    "Muster",
                    contacts=(ContactValue(ContactKind.EMAIL, f"{first.lower()}@example.org"),),
                    address=AddressValue(f"{first}weg 1", "52349", town),
                ),
                party=NewParty(people[role], role),
                actor=actor,
                now=now(),
            )
        child = uuid4()
        families.add_person(
            opened.file,
            new=NewPerson("Lio", "Muster", born_on=date(2018, 3, 4)),
            party=NewParty(
                child,
                PartyRole.CHILD,
                of_age_at=now() + timedelta(days=3000),
                guardians=(people[PartyRole.MOTHER], people[PartyRole.FATHER]),
            ),
            actor=actor,
            now=now(),
        )
        yield House(
            world, worker, teacher, people[PartyRole.MOTHER], people[PartyRole.FATHER], child, opened.file
        )


def said(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def everything(client: Client) -> str:
    """What the page, the list, the JSON and the PDF say together."""
    page = said(client.get(reverse("own:page")))
    seen = said(client.get(reverse("own:seen")))
    taken = client.get(reverse("own:json")).content.decode()
    printed = " ".join(pages(client.get(reverse("own:pdf")).content))
    return " ".join((page, seen, taken, printed))


def test_a_mother_sees_what_is_hers_and_nothing_of_her_former_partner(house: House) -> None:
    house.write("Ich kann nicht mehr schlafen", about=house.mother)
    house.write("Er ist ausgezogen", about=house.father)
    house.consent(house.father)
    client = house.at_home(house.mother)
    assert bad_skeleton(client.get(reverse("own:page")).content.decode()) == []
    text = everything(client)
    for word in ("Mara Muster", "Maraweg 1", "mara@example.org", "Ich kann nicht mehr schlafen", "Jugendamt"):
        assert word in text, word
    for word in ("Ivo", "Jülich", "ausgezogen", str(house.father), str(house.child)):
        assert word not in text, word


def test_what_was_confided_held_back_or_about_a_childs_own_advice_is_not_there_and_no_word_tells_so(
    house: House,
) -> None:
    before = said(house.at_home(house.mother).get(reverse("own:page")))
    house.write(
        "anvertraut von jemand anderem", about=house.mother, is_confided=True, confided_by=house.father
    )
    house.write("zurückgehalten", about=house.mother, is_held_back=True)
    own = cases.open_case(
        cases.NewCase(pathway="akut", channel=Channel.OFFICE, unit=house.worker.unit, own_of=house.child),
        actor=house.worker.acting(),
        now=now(),
    )
    services.add_party(
        own.file, party=NewParty(house.mother, PartyRole.MOTHER), actor=house.worker.acting(), now=now()
    )
    services.add_party(
        own.file,
        party=NewParty(house.child, PartyRole.YOUNG_PERSON, of_age_at=now() + timedelta(days=900)),
        actor=house.worker.acting(),
        now=now(),
    )
    house.write("was das Kind allein erzählt", about=house.child, file=own.file)
    house.write("was das Kind über die Mutter erzählt", about=house.mother, file=own.file)
    client = house.at_home(house.mother)
    after = said(client.get(reverse("own:page")))
    strip = re.compile(r"(csrf|value=)\S*")
    assert strip.sub("", after) == strip.sub("", before)
    assert "das Kind allein" in everything(house.at_home(house.child))


def test_a_step_of_protection_stays_silent_on_ones_own_page(house: House) -> None:
    services.disclose(
        house.file,
        seen=[(house.mother, Category.HEALTH)],
        ground=Ground.PROTECTION,
        actor=house.worker.acting(),
        now=now(),
    )
    services.disclose(
        house.file,
        seen=[(house.mother, Category.FAMILY)],
        ground=Ground.OWN_TASK,
        actor=house.worker.acting(),
        now=now(),
    )
    text = " ".join(everything(house.at_home(house.mother)).split())
    assert "wer zur Familie gehört" in text
    assert '"ground": "protection"' not in text
    # Only the words that stand there for everybody.
    assert "Schutz eines Kindes" not in text.replace("Schritte zum Schutz eines Kindes", "")


def test_who_saw_what_names_office_day_and_ground_and_no_worker(house: House) -> None:
    house.consent(house.mother)
    services.disclose(
        house.file,
        seen=[(house.mother, Category.SITUATION)],
        ground=Ground.CONSENT,
        actor=house.school.acting("crisis"),
        now=now(),
    )
    text = everything(house.at_home(house.mother))
    assert "Schulamt" in text and "Einwilligung" in text and "schnelle Hilfe in der Krise" in text
    assert str(house.school.person) not in text


def test_a_consent_is_taken_back_in_two_clicks_all_of_it_or_a_part(house: House) -> None:
    house.consent(house.mother)
    client = house.at_home(house.mother)
    page = client.get(reverse("own:page")).content.decode()
    address = re.search(r'href="([^"]+/widerruf/)"', page)
    assert address is not None
    confirm = client.get(address[1]).content.decode()
    part = re.findall(r'name="teil" value="([0-9a-f-]+)"', confirm)
    assert len(part) == 2
    assert client.post(address[1], {"nur": "1"}).status_code == 422
    client.post(address[1], {"nur": "1", "teil": part[0]})
    assert len(house.releases()) == 1
    answer = client.post(address[1], {"ganz": "1"}, follow=True)
    assert house.releases() == set()
    assert "Das gilt ab sofort" in said(answer)
    assert client.get(address[1]).status_code == 404


def test_taking_a_line_back_ends_it_on_every_paper_on_which_it_stands(house: House) -> None:
    house.consent(house.mother, categories=(Category.SITUATION, Category.HEALTH))
    newer = house.consent(house.mother, categories=(Category.SITUATION, Category.CONTACT))
    client = house.at_home(house.mother)
    client.post(reverse("own:withdraw", args=[newer]), {"ganz": "1"})
    assert house.releases() == {"health"}


def test_nobody_takes_back_what_another_gave(house: House) -> None:
    his = house.consent(house.father)
    hers = house.at_home(house.mother)
    assert hers.get(reverse("own:withdraw", args=[his])).status_code == 404
    assert hers.post(reverse("own:withdraw", args=[his]), {"ganz": "1"}).status_code == 404
    assert (
        house.at_home(house.child).post(reverse("own:withdraw", args=[his]), {"ganz": "1"}).status_code == 404
    )


def test_the_picture_says_what_waits_for_the_other_parent_and_names_nobody(house: House) -> None:
    house.consent(house.mother, subject=house.child)
    page = house.at_home(house.mother).get(reverse("own:page"))
    assert "p-house--waiting" in page.content.decode()
    assert "sobald alle zugestimmt haben" in said(page)
    house.consent(house.father, subject=house.child)
    page = house.at_home(house.mother).get(reverse("own:page"))
    assert "p-house--open" in page.content.decode()
    assert "Ivo" not in said(page)


def test_a_wish_has_an_owner_in_the_office_and_at_data_protection_and_a_day(house: House) -> None:
    officer = house.world.worker(house.worker.organization)
    county = Grant(Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358")
    accounts.grant_role(officer.person, grant=county, by=job("tests"))
    client = house.at_home(house.mother)
    assert client.post(reverse("own:ask"), {"text": "falsch"}).status_code == 422
    client.post(reverse("own:ask"), {"kind": "correction", "text": "Mein Sohn heißt Lio mit o"})
    page = said(client.get(reverse("own:page")))
    assert "etwas berichtigen" in page and "Antwort bis" in page
    found = tasks.of_file(house.worker.acting(), house.file, now=now())
    (office,) = [each for each in found if each.record_kind == "right"]
    assert "Berichtigung prüfen (Art. 16 DSGVO)" in office.what and "Lio" not in office.what
    assert timedelta(days=27) < office.due_at - now() < timedelta(days=32)
    view = privacy.rights(house.worker.acting())[0]
    assert view.text == "Mein Sohn heißt Lio mit o"
    assert privacy.rights(house.school.acting("crisis")) == []
    assert "Mein Sohn" not in everything(house.at_home(house.father))


def test_the_export_names_its_sections_purposes_and_what_is_held_back(house: House) -> None:
    house.consent(house.mother)
    taken = json.loads(house.at_home(house.mother).get(reverse("own:json")).content)
    assert set(taken["sections"]) == {"person", "cases", "records", "talks", "goals", "documents"}
    assert all(section["why"] for section in taken["sections"].values())
    assert taken["consents"][0]["scopes"][0]["office"] == "Schulamt"
    assert len(taken["held_back"]) == 5


def test_a_document_opens_for_whom_it_is_about_and_for_nobody_else(house: House) -> None:
    document = cases.add_document(
        house.file,
        new=cases.NewDocument(
            name="Bescheid.pdf", content=b"%PDF-1.7 hers", category=Category.DOCUMENTS, about=house.mother
        ),
        actor=house.worker.acting(),
        now=now(),
    )
    address = reverse("own:document", args=[document])
    assert house.at_home(house.mother).get(address).content == b"%PDF-1.7 hers"
    assert house.at_home(house.father).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_code_opens_one_page_again_and_closes_after_rest_and_when_told(house: House, settings: Any) -> None:
    path = house.link(house.mother)
    for _ in range(2):
        client = Client()
        client.post(path)
        assert client.get(reverse("own:page")).status_code == 200
    client.post(reverse("own:leave"))
    assert client.get(reverse("own:page"))["Location"].endswith(reverse("own:enter"))
    client.post(path)
    session = client.session
    session["own_page"] = {**session["own_page"], "at": now().timestamp() - 3600}
    session.save()
    assert client.get(reverse("own:page")).status_code == 302


def test_a_code_for_a_consent_opens_no_page_and_an_invented_one_gets_the_kind_answer(house: House) -> None:
    invented = Client().get(reverse("own:by_code", args=["AAAABBBBCCCC"]))
    assert invented.status_code == 404
    assert "nichts falsch gemacht" in said(invented)
    own = house.link(house.mother).rstrip("/").rpartition("/")[2]
    assert Client().get(reverse("privacy:by_code", args=[own])).status_code == 404
    typed = Client().post(reverse("own:enter"), {"code": "zu kurz"})
    assert typed.status_code == 422


def test_somebody_with_an_account_sees_themselves_and_workers_see_the_door(house: House) -> None:
    person = uuid4()
    house.world.connection.execute(
        "INSERT INTO accounts_user (id, email, name, password, is_active, created_at) "
        "VALUES (%s, 'sie@example.org', 'Familie', '!', true, now())",
        [person],
    )
    house.world.connection.execute(
        "UPDATE families_person SET account = %s WHERE id = %s", [person, house.mother]
    )
    client = Client()
    client.force_login(User.objects.get(id=person))
    assert "Mara Muster" in said(client.get(reverse("own:page")))
    worker = Client()
    worker.force_login(User.objects.get(id=house.worker.person))
    assert worker.get(reverse("own:page")).status_code == 302
    assert "Zu Ihrem Konto ist noch nichts gespeichert" in said(worker.get(reverse("own:enter")))


def test_the_page_speaks_the_language_of_the_letter(house: House) -> None:
    client = house.at_home(house.mother, language="ar")
    page = client.get("/ar/meine-daten/").content.decode()
    assert 'dir="rtl"' in page
