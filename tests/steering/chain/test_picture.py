"""Koordination opens the chain and sees what is the case; a municipality sees its own; a stranger sees nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lueckenlos.steering.chain import picture as drawing
from lueckenlos.steering.chain.models import StandingChange
from lueckenlos.steering.chain.types import Standing
from tests.steering.chain.conftest import TITZ

JULICH = "05358024"
URL = "/kette/"
VIEWS = ("bild", "liste", "tabelle", "kacheln", "karte")
SignIn = Callable[[str], Client]

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_koordination_reads_first_what_is_the_case(signed_in: SignIn) -> None:
    text = page(signed_in("koordination"))

    assert re.search(r"reißt die Kette zwischen „[^“]+“ und „[^“]+“", text)
    assert re.search(r"Von 945 Zellen sind \d+ zu prüfen und \d+ ohne Ziel", text)
    assert "Orte, nach Größe gewichtet" in text
    assert "Stand 3. November 2026" in text


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_the_verdicts_in_words(signed_in: SignIn, view: str) -> None:
    text = page(signed_in("koordination"), f"?gemeinde={TITZ}&ansicht={view}")

    for word in ("Lücke", "Prüfen"):
        assert word in text
    assert 'style="' not in text.split("<main")[1]


def test_the_picture_leads_to_each_cell_and_each_seam(signed_in: SignIn) -> None:
    text = page(signed_in("koordination"), f"?gemeinde={TITZ}")

    assert f"/kette/zelle/{TITZ}/sek1/sport_freizeit/" in text
    assert f"/kette/naht/{TITZ}/kita/grundschule/" in text


def test_from_the_county_a_cell_leads_to_its_map(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    assert "?ansicht=karte&amp;phase=sek1&amp;feld=sport_freizeit" in page(client)

    shown = page(client, "?ansicht=karte&phase=sek1&feld=sport_freizeit")
    assert "Weiterführende Schule, Sport und Freizeit" in shown
    assert "GeoBasis-DE" in shown
    assert f"/kette/zelle/{JULICH}/sek1/sport_freizeit/" in shown
    seam = page(client, "?ansicht=karte&naht=kita%3Egrundschule")
    assert f"/kette/naht/{JULICH}/kita/grundschule/" in seam


def test_narrowing_is_said_and_can_be_taken_away(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    text = page(client, f"?gemeinde={TITZ}&sprache=tr&kostenlos=1&fuer=V%C3%A4ter")

    assert "nur Angebote: auf Türkisch, kostenlos, auch für „Väter“" in text
    assert f'href="?gemeinde={TITZ}&amp;kostenlos=1&amp;fuer=V%C3%A4ter"' in text
    assert text != page(client, f"?gemeinde={TITZ}")


def test_one_field_is_one_lane(signed_in: SignIn) -> None:
    text = page(signed_in("koordination"), f"?gemeinde={TITZ}&feld=kultur&ansicht=tabelle")
    assert "/kultur/" in text
    assert f"/kette/zelle/{TITZ}/sek1/gesundheit/" not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?gemeinde=99999999", "Eine Kommune mit dem Schlüssel „99999999“ gibt es hier nicht."),
        ("?stand=gestern", "Das ist kein Tag."),
        ("?stand=2031-01-01", "Dieser Tag liegt noch vor uns."),
        ("?neben=1", "eine Kommune mit dem Schlüssel „1“ gibt es hier nicht."),
        ("?ansicht=film", "Die Ansicht „film“ gibt es nicht."),
        ("?feld=x&phase=y&naht=z&art=q&format=w", "Das Handlungsfeld „x“ gibt es hier nicht."),
        ("?sprache=%3Cscript%3E", "Diese Sprache kennt das Haus nicht."),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence_and_the_rest_is_shown(
    signed_in: SignIn, query: str, sentence: str
) -> None:
    text = page(signed_in("koordination"), query)
    assert sentence in text
    assert "Kreis Düren" in text


@pytest.mark.parametrize("query", ["?stand=0001-01-01", "?neben_stand=0001-01-01", "?stand=9999-12-31"])
def test_a_year_that_nobody_means_is_said_and_today_is_shown(signed_in: SignIn, query: str) -> None:
    assert "Stand 3. November 2026" in page(signed_in("koordination"), query)


def test_the_chain_of_a_day_before_anything_was_known_is_drawn(signed_in: SignIn) -> None:
    text = page(signed_in("koordination"), "?stand=01.01.2020")
    assert "1. Januar 2020" in text


def test_two_municipalities_stand_beside_each_other_with_their_differences(signed_in: SignIn) -> None:
    text = page(signed_in("koordination"), f"?gemeinde={TITZ}&neben={JULICH}")

    assert "Titz neben Jülich" in text
    assert text.count("cp--small") == 2
    assert "Was verschieden ist" in text


def test_two_days_that_are_the_same_say_so(signed_in: SignIn) -> None:
    assert "Die beiden Ketten sind gleich" in page(signed_in("koordination"), "?neben_stand=2026-11-03")


def test_titz_begins_with_itself_and_does_not_see_the_cells_of_julich(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    own = page(client)
    assert "Präventionskette Titz" in own
    assert f"/kette/zelle/{TITZ}/" in own

    for view in VIEWS:
        text = page(client, f"?gemeinde={JULICH}&ansicht={view}")
        assert f"/kette/zelle/{JULICH}/" not in text
    assert "Von Jülich ist noch nichts freigegeben" in page(client, f"?gemeinde={JULICH}")
    assert "aus 1 von 15 Kommunen" in page(client, "?gemeinde=kreis")


def test_titz_sees_of_julich_what_is_public_and_of_itself_only_what_is_shared(signed_in: SignIn) -> None:
    said = (f"{JULICH}:kita:gesundheit", Standing.PUBLIC), (f"{TITZ}:kita:gesundheit", Standing.INTERNAL)
    for subject, state in said:
        StandingChange.objects.create(
            subject=subject, area=subject[:8], state=state, at="2026-11-02T10:00:00Z"
        )
    client = signed_in("kommune")

    assert f"/kette/zelle/{JULICH}/kita/gesundheit/" in page(client, f"?gemeinde={JULICH}")
    own = page(client)
    assert f"/kette/zelle/{TITZ}/kita/gesundheit/" not in own
    assert "nicht freigegeben" in own


def test_a_provider_sees_the_cells_of_its_services(signed_in: SignIn) -> None:
    text = page(signed_in("anbieter"))
    assert "in denen Ihre Angebote vorkommen" in text
    assert "nicht freigegeben" in text


def test_a_stranger_is_not_told_that_the_chain_exists(db: None) -> None:
    assert Client().get(URL).status_code == 302
    stranger = get_user_model().objects.create_user("fremd@example.org", name="Fremd")
    client = Client()
    client.force_login(stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_asks_the_database_few_times_and_no_oftener_for_many_cells(
    signed_in: SignIn, view: str
) -> None:
    client = signed_in("koordination")
    client.get(f"{URL}?ansicht={view}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{URL}?ansicht={view}")
    assert len(queries) <= 60, "\n".join(query["sql"][:120] for query in queries)


def test_files_and_pages_are_drawn_by_the_same_rules() -> None:
    """The style inside files and the page's style sheet name the same classes."""
    room = Path(drawing.__file__).parent.parent
    inside = (room / "templates/chain/svg/style.css").read_text(encoding="utf-8")
    page_style = (room / "static/chain/chain.css").read_text(encoding="utf-8")
    named = set(re.findall(r"\.cp-[a-z_-]+", inside))
    assert named
    assert {name for name in named if not re.search(re.escape(name) + r"\b", page_style)} == set()
