"""The chain leaves the house: on paper, as a picture, as figures, and as a link for the council."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import CouncilLink, StandingChange
from tests.steering.chain.conftest import TITZ

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
FILES = {
    "bericht.pdf": b"%PDF-",
    "poster-a0.pdf": b"%PDF-",
    "bild.svg": b"<svg",
    "bild.png": b"\x89PNG",
    "zahlen.xlsx": b"PK",
    "zellen.csv": "\ufeff".encode(),
}


def content_of(client: Client, path: str) -> bytes:
    answer = client.get(f"/kette/{path}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_what_its_name_says(signed_in: SignIn, name: str) -> None:
    assert FILES[name] in content_of(signed_in("koordination"), name)[:200]


@pytest.mark.parametrize("name", FILES)
def test_a_stranger_gets_no_file(client: Client, signed_in: SignIn, name: str) -> None:
    assert client.get(f"/kette/{name}").status_code == 302
    assert signed_in("familie").get(f"/kette/{name}").status_code == 404


def test_the_poster_has_the_size_of_its_sheet(signed_in: SignIn) -> None:
    made = content_of(signed_in("koordination"), "poster-a0.pdf")
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", made)
    assert box
    width, height = (float(part) * 25.4 / 72 for part in box.groups())
    assert (round(width), round(height)) == (841, 1189)
    assert signed_in("koordination").get("/kette/poster-a7.pdf").status_code == 404


def test_the_table_names_every_cell_with_its_figures_source_and_day(signed_in: SignIn) -> None:
    text = content_of(signed_in("koordination"), f"zellen.csv?gemeinde={TITZ}").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    cells = [cell for cell in selectors.drawn().chain.cells if cell.area == TITZ]
    assert len(rows) == len(cells)
    gap = next(cell for cell in cells if cell.verdict is Verdict.GAP)
    row = rows[cells.index(gap)]
    assert row["Befund"] == "Lücke" and float(row["Reichweite höchstens"]) == round(gap.reach_hi, 3)
    assert row["Grundlage des Ziels"] and row["Kinder: Quelle"] and row["Stand"] == "2026-11-03"


def test_the_workbook_says_where_every_figure_comes_from(signed_in: SignIn) -> None:
    book = load_workbook(io.BytesIO(content_of(signed_in("koordination"), "zahlen.xlsx")))
    assert book.sheetnames == ["Zellen", "Nahtstellen", "Anteile der Angebote", "Ziele", "Quellen"]
    sources = {row[0]: row[1] for row in book["Quellen"].iter_rows(values_only=True)}
    assert str(sources["Kinder"]).startswith("Bevölkerung am Ende von 2025")
    assert book["Zellen"].max_row == 15 * 7 * 9 + 1


def test_a_municipality_takes_along_only_what_it_may_see(signed_in: SignIn) -> None:
    text = content_of(signed_in("kommune"), "zellen.csv?gemeinde=kreis").decode("utf-8-sig")
    areas = {row["Gemeindeschlüssel"] for row in csv.DictReader(io.StringIO(text))}
    assert areas == {TITZ}


def new_link(client: Client) -> str:
    answer = client.post("/kette/rat/", {"title": "Jugendhilfeausschuss", "query": f"gemeinde={TITZ}"})
    found = re.search(r'href="(http://[^"]+/kette/rat/[^"]+)"', answer.content.decode())
    assert found
    return found[1].removeprefix("http://testserver")


def test_the_council_reads_one_view_without_an_account(signed_in: SignIn, client: Client) -> None:
    address = new_link(signed_in("koordination"))
    page = client.get(address)
    assert page.status_code == 200
    assert "Präventionskette Titz" in page.content.decode()
    assert client.get(f"{address}bild.svg")["Content-Type"] == "image/svg+xml"
    assert not CouncilLink.objects.filter(token_hash__in=address).exists()


def test_the_council_does_not_see_what_is_internal(signed_in: SignIn, client: Client) -> None:
    address = new_link(signed_in("koordination"))
    row = ">Schule und Bildung<"
    before = client.get(address).content.decode().count(row)
    for phase in ("kita", "grundschule", "sek1"):
        StandingChange.objects.create(
            subject=f"{TITZ}:{phase}:schule_bildung", area=TITZ, state="internal", at="2026-11-03T08:00+01:00"
        )
    assert before == 3 and client.get(address).content.decode().count(row) == 0


def test_an_ended_link_opens_nothing(signed_in: SignIn, client: Client) -> None:
    coordination = signed_in("koordination")
    address = new_link(coordination)
    link = CouncilLink.objects.get()
    coordination.post(f"/kette/rat/{link.id}/beenden/")
    assert client.get(address).status_code == 404
    assert client.get("/kette/rat/nie-gemacht/").status_code == 404


def test_only_koordination_makes_links(signed_in: SignIn) -> None:
    assert signed_in("kommune").get("/kette/rat/").status_code == 404
