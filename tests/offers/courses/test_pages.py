"""Every door of the desk stays shut for others, a code stands on one answer alone, and a file goes in as it was seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings as house
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lueckenlos.offers.courses import services
from lueckenlos.offers.courses.forms.desk import CourseForm
from lueckenlos.offers.courses.types import EnrollmentState
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.courses.house import STOP, Centre, born, code_in, letters, mine, show
from tests.wall.world import now

OF_DESK = ("manage", "upload")
OF_RUNNER = ("change", "publish", "close")
SECRETS = ("Emre", "emre@", "CODE-", "kurs.example.org/zugang")


def doors(course: UUID) -> list[str]:
    """All addresses of the desk that hold a key."""
    return [
        *(reverse(f"courses:{name}", args=[course]) for name in (*OF_DESK, *OF_RUNNER)),
        reverse("courses:preview", args=[course, "x" * 24]),
    ]


def answer(browser: Client, url: str, *, post: bool) -> tuple[int, str]:
    """Status and where it leads, without the key."""
    found = browser.post(url) if post else browser.get(url)
    return found.status_code, found.get("Location", "").partition("?")[0]


def own_url(address: str = "emre@example.org") -> str:
    """The page to which the last mail leads."""
    return reverse("courses:own", args=[code_in(letters(address)[-1])])


def send(browser: Client, centre: Centre, content: bytes) -> str:
    """Upload a file; gives the address of its preview."""
    url = reverse("courses:upload", args=[centre.key])
    found = browser.post(url, {"table": SimpleUploadedFile("codes.csv", content)})
    assert found.status_code == 302, found.content.decode()
    return str(found["Location"])


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
def test_for_others_the_desk_is_as_if_it_were_not_there(centre: Centre, *, post: bool) -> None:
    for outsider in (None, centre.stranger):
        browser = client(outsider)
        for there, nowhere in zip(doors(centre.key), doors(uuid4()), strict=True):
            assert answer(browser, there, post=post) == answer(browser, nowhere, post=post), there
    assert client(centre.stranger).get(reverse("courses:desk")).content.decode().count("Gelassen") == 0


def test_a_centre_does_not_change_what_another_runs(centre: Centre) -> None:
    browser = client(centre.worker)
    for name in OF_RUNNER:
        assert browser.post(reverse(f"courses:{name}", args=[centre.key])).status_code == 404


def test_the_desks_come_in_and_read_numbers_and_no_household(centre: Centre) -> None:
    emre = centre.enroll()
    show(emre)
    for worker in (centre.office, centre.worker, centre.second):
        browser = client(worker)
        for url in (
            reverse("courses:desk"),
            *(reverse(f"courses:{name}", args=[centre.key]) for name in OF_DESK),
        ):
            found = browser.get(url)
            page = found.content.decode()
            assert found.status_code == 200
            assert bad_skeleton(page) == []
            assert [word for word in SECRETS if word in page] == []
        assert (
            "2 im Vorrat, 1 in Gebrauch"
            in browser.get(reverse("courses:manage", args=[centre.key])).content.decode()
        )
    for name in ("change", "new"):
        arguments = [centre.key] if name == "change" else []
        found = client(centre.office).get(reverse(f"courses:{name}", args=arguments))
        assert found.status_code == 200
        assert bad_skeleton(found.content.decode()) == []


def test_the_code_stands_on_the_answer_to_a_button_and_on_no_other_page(centre: Centre) -> None:
    emre = centre.enroll()
    url, browser = own_url(), Client()
    for _visit in range(2):
        assert "CODE-" not in browser.get(url).content.decode()
    assert mine(emre).shown == ()
    first = browser.post(url, {"tun": "zeigen"})
    assert "CODE-000" in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert "CODE-" not in browser.get(url).content.decode()
    second = browser.post(url, {"tun": "zeigen"}).content.decode()
    assert "Sie sehen den Code zum 2. Mal. Das ist aufgeschrieben." in second
    assert len(mine(emre).shown) == 2


def test_everything_on_the_own_page_works_without_a_script(centre: Centre) -> None:
    emre = centre.enroll()
    url, browser = own_url(), Client()
    browser.post(url, {"tun": "zeigen"})
    for given, says in (
        ({"tun": "drin"}, "Ihr Zugang gilt bis"),
        ({"tun": "haken", "modul": ["1", "2", "x", "99999"]}, "2 von 8 geschafft"),
        ({"tun": "still"}, "Sie bekommen keine Erinnerungen."),
        ({"tun": "erinnern"}, "Höchstens dreimal."),
        ({"tun": "haken", "modul": [str(number) for number in range(1, 9)]}, "Wie war es?"),
        (
            {"tun": "rueckmeldung", "helped": "4", "again": "ja", "words": "Gut."},
            "Danke für Ihre Rückmeldung.",
        ),
        ({"tun": "aufhoeren"}, "Ihr Zugang gilt noch. Möchten Sie weitermachen?"),
        ({"tun": "weiter"}, "Willkommen zurück."),
        ({"tun": "etwas"}, "Ihr Zugang"),
    ):
        found = browser.post(url, given, follow=True)
        page = found.content.decode()
        assert says in page, given
        assert bad_skeleton(page) == []
    assert mine(emre).has_fed_back


def test_feedback_without_an_answer_is_asked_again(centre: Centre) -> None:
    centre.enroll()
    url, browser = own_url(), Client()
    browser.post(url, {"tun": "zeigen"})
    browser.post(url, {"tun": "haken", "modul": [str(number) for number in range(1, 9)]})
    found = browser.post(url, {"tun": "rueckmeldung", "words": "Gut."})
    assert found.status_code == 422
    assert "Gut." in found.content.decode()


def test_the_link_of_a_reminder_stops_it_by_a_button_and_opens_nothing_else(centre: Centre) -> None:
    emre = centre.enroll()
    services.remind_everybody(now=now() + timedelta(days=15))
    found = STOP.search(str(outbox.outbox[-1].body))
    assert found is not None
    url, browser = reverse("courses:stop_reminders", args=[found.group(1)]), Client()
    page = browser.get(url).content.decode()
    assert bad_skeleton(page) == []
    assert [word for word in SECRETS if word in page] == []
    assert mine(emre).wants_reminders
    assert "Wir erinnern Sie nicht mehr" in browser.post(url).content.decode()
    assert not mine(emre).wants_reminders
    assert browser.get(reverse("courses:own", args=[found.group(1)])).status_code == 404


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(centre: Centre, code: str) -> None:
    for name in ("own", "stop_reminders"):
        found = Client().get(reverse(f"courses:{name}", args=[code]))
        assert found.status_code == 404
        assert bad_skeleton(found.content.decode()) == []
    del centre


def test_a_known_and_an_unknown_address_get_the_same_answer(centre: Centre) -> None:
    centre.change(residents_only=False)
    centre.enroll()
    url = reverse("courses:enroll", args=[centre.look().key])
    given = {"born_on": born(5).isoformat(), "name": "A", "consent": "on", "fertig": "1"}
    answers = []
    for address in ("emre@example.org", "olga@example.org"):
        found = Client().post(url, {**given, "email": address}, follow=True)
        answers.append((found.redirect_chain, found.content.decode().count("CODE-")))
        assert len(letters(address)) == (2 if address.startswith("emre") else 1)
    assert answers[0] == answers[1]
    assert answers[0][0] == [(reverse("courses:sent", args=[centre.look().key]), 302)]


def test_who_does_not_fit_gets_a_kind_sentence_and_another_way(centre: Centre) -> None:
    url = reverse("courses:enroll", args=[centre.look().key])
    centre.change(residents_only=False)
    found = Client().post(url, {"born_on": born(14).isoformat()})
    page = found.content.decode()
    assert found.status_code == 422
    assert "Dieser Kurs ist für Eltern mit Kindern bis 12 Jahre gemacht." in page
    assert reverse("frontdoor:write") in page
    assert bad_skeleton(page) == []
    assert outbox.outbox == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"born_on": "", "place": "Nirgendwo"}, "Bitte geben Sie den Geburtstag Ihres Kindes an."),
        ({"born_on": "1890-01-01", "place": ""}, "Das Jahr 1890 kann nicht stimmen."),
        ({"born_on": "2100-01-01", "place": ""}, "Dieser Geburtstag kann nicht stimmen."),
        ({"born_on": "2020-02-30", "place": ""}, "Bitte geben Sie einen Tag an"),
        ({"born_on": "2020-02-29", "place": "Nirgendwo"}, "„Nirgendwo“ kennen wir nicht."),
        ({"born_on": "2020-02-29", "place": ""}, "Bitte schreiben Sie Ihren Ort oder Ihre Postleitzahl."),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(centre: Centre, given: dict[str, str], says: str) -> None:
    found = Client().post(reverse("courses:enroll", args=[centre.look().key]), given)
    page = found.content.decode()
    assert found.status_code == 422
    assert says in page
    assert not given["place"] or given["place"] in page


def test_a_program_that_fills_in_everything_gets_nothing(centre: Centre) -> None:
    centre.change(residents_only=False)
    given = {
        "born_on": born(5).isoformat(),
        "name": "A",
        "email": "a@example.org",
        "consent": "on",
        "fertig": "1",
    }
    url = reverse("courses:enroll", args=[centre.look().key])
    assert Client().post(url, {**given, "website": "x"}).status_code == 302
    assert outbox.outbox == []
    assert centre.look().stock.in_use == 0


def test_a_good_file_goes_in_as_it_was_seen_and_lies_nowhere_in_the_clear(centre: Centre) -> None:
    browser = client(centre.worker)
    url = send(browser, centre, "Code;gültig bis\nNEU-0001;31.12.2099\nNEU-0002;\n".encode())
    kept = [
        path
        for path in (Path(house.HOME) / "uploads" / "imports").iterdir()
        if url.rstrip("/").endswith(path.name)
    ]
    assert len(kept) == 1
    assert b"NEU-0001" not in kept[0].read_bytes()
    page = browser.get(url).content.decode()
    assert bad_skeleton(page) == []
    assert "2 Codes passen." in page and "…0001" in page and "NEU-0001" not in page
    assert client(centre.second).get(url).status_code == 404
    assert "2 Codes sind neu im Vorrat." in browser.post(url, {"which": "all"}, follow=True).content.decode()
    assert centre.look().stock.in_stock == 5
    assert browser.post(url, {"which": "all"}).status_code == 404
    assert not kept[0].exists()


def test_a_file_with_duplicates_goes_in_whole_or_without_them_as_the_centre_chooses(centre: Centre) -> None:
    browser = client(centre.worker)
    url = send(browser, centre, b"Code\nNEU-0001\nNEU-0001\nCODE-0002\n\nNEU-0002\n")
    page = browser.get(url).content.decode()
    for says in (
        "2 Codes passen. 3 Zeilen passen nicht.",
        "Der Code „…0001“ steht schon in Zeile 2.",
        "Der Code „…0002“ wurde schon früher eingelesen.",
        "In dieser Zeile steht kein Code.",
    ):
        assert says in page
    assert "Erst müssen alle Zeilen stimmen" in browser.post(url, {"which": "all"}).content.decode()
    assert centre.look().stock.in_stock == 3
    taken = browser.post(url, {"which": "good"}, follow=True).content.decode()
    assert "2 Codes sind neu im Vorrat. 3 Zeilen blieben draußen." in taken
    assert centre.look().stock.in_stock == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Die Datei ist leer."),
        (b"AB12\nCD34\n", "nennt keine Spalte „Code“"),
        (b"PK\x03\x04", "Das ist eine Excel-Datei."),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(centre: Centre, content: bytes, says: str) -> None:
    url = reverse("courses:upload", args=[centre.key])
    found = client(centre.worker).post(url, {"table": SimpleUploadedFile("codes.csv", content)})
    assert found.status_code == 422
    assert says in found.content.decode()


def test_a_course_is_laid_out_published_changed_and_closed(centre: Centre) -> None:
    browser = client(centre.office)
    given = {
        "title": "Neuer Kurs", "platform": "https://neu.example.org", "modules": "Eins\nZwei", "age_max": "12",
        "months": "6", "stock_weeks": "4", "centres": f"Amt {centre.worker.organization}",
    }  # fmt: skip
    made = browser.post(reverse("courses:new"), given)
    assert made.status_code == 302
    manage = made["Location"]
    assert "Noch sieht es niemand." in browser.get(manage).content.decode()
    assert "Neuer Kurs" not in Client().get(reverse("courses:listing")).content.decode()
    browser.post(f"{manage}veroeffentlichen/")
    assert "Neuer Kurs" in Client().get(reverse("courses:listing")).content.decode()
    assert "Neuer Kurs" in client(centre.worker).get(reverse("courses:desk")).content.decode()
    assert browser.post(f"{manage}aendern/", {**given, "title": "Anders", "version": "1"}).status_code == 302
    stale = browser.post(f"{manage}aendern/", {**given, "title": "Nochmal", "version": "1"})
    assert stale.status_code == 422
    assert "Jemand anderes hat inzwischen" in stale.content.decode()
    browser.post(f"{manage}schliessen/")
    assert "Anders" not in Client().get(reverse("courses:listing")).content.decode()


def test_forms_tell_what_they_do_not_understand(centre: Centre) -> None:
    form = CourseForm(
        {
            "title": "",
            "platform": "kein link",
            "modules": "\n".join("x" * n for n in range(1, 23)),
            "centres": "Gibt es nicht",
        }
    )
    assert {"title", "platform", "modules", "centres", "age_max"} <= form.errors.keys()
    assert "„Gibt es nicht“ steht nicht im Verzeichnis" in str(form.errors["centres"])
    assert "zu lang" in str(CourseForm({"modules": "y" * 121}).errors["modules"])
    del centre


def test_a_household_that_waits_reads_its_place_in_line(centre: Centre) -> None:
    for number in range(3):
        centre.enroll(f"{number}@example.org")
    assert centre.enroll().state is EnrollmentState.WAITING
    page = Client().get(own_url()).content.decode()
    assert "Auf Platz 1." in page
    assert "Meinen Code zeigen" not in page
    course = Client().get(reverse("courses:course", args=[centre.look().key])).content.decode()
    assert "Auf die Warteliste" in course and "Zugang sofort" not in course
