"""Koordination reads indicators in; what does not fit is said by line, and planning remembers what was known."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.places import selectors as places
from lueckenlos.steering.chain import models

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
START = "/kette/sozialraum/daten/einlesen/"


def sheet(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def text_table(*rows: list[str], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode(encoding)


def towns(value: Callable[[int], Any]) -> list[list[Any]]:
    return [[place.name, value(at)] for at, place in enumerate(places.municipalities())]


def uploaded(client: Client, content: bytes, name: str = "armut.xlsx") -> str:
    """The address of the second step."""
    answer = client.post(START, {"table": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def defaults(client: Client, url: str, **changed: str) -> dict[str, str]:
    """What a step's form holds before anybody touches it, and what is changed."""
    form = client.get(url).context["form"]
    given = {bound.html_name: bound.value() for bound in form}
    return {name: str(value) for name, value in given.items() if value is not None} | changed


def to_preview(client: Client, content: bytes, *, name: str = "armut.xlsx", **named: str) -> str:
    columns = uploaded(client, content, name)
    answer = client.post(columns, defaults(client, columns, year="2025", source="Jobcenter, Dezember 2025"))
    assert answer.status_code == 302, answer.content.decode()
    names = answer.headers["Location"]
    answer = client.post(names, defaults(client, names, **named))
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


NEW = {"t0": "new", "d0": "lower_is_better", "a0": "need"}


def test_a_wide_sheet_becomes_a_new_indicator_and_the_basis_remembers_it(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    before = models.Basis.objects.count()
    content = sheet(["Gemeinde", "Kinderarmut"], *towns(lambda at: 0.1 + at / 100))
    preview = to_preview(client, content, **NEW)
    page = client.get(preview).content.decode()
    assert "15 Werte passen." in page
    assert "Alle übernehmen" in page
    answer = client.post(preview, {"which": "all"}, follow=True)
    assert "15 Werte sind übernommen." in answer.content.decode()
    (info,) = [each for each in places.indicators() if each.label == "Kinderarmut"]
    assert info.sources == {2025: ("Jobcenter, Dezember 2025",)}
    assert min(info.values[2025].values()) == 10.0, "cells in the form of percent are read as such"
    latest = models.Basis.objects.order_by("-id").first()
    assert latest is not None
    assert (models.Basis.objects.count() - before >= 1, latest.cause) == (True, "indicators")


def test_old_years_stay_and_a_value_that_changes_is_shown_before(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    old = places.indicator_values("sgb2_minors", year=2024)
    content = text_table(["Gemeinde", "Kinder in SGB-II-Haushalten"], ["Titz", "33,3"])
    preview = to_preview(client, content, name="sgb2.csv")
    page = client.get(preview).content.decode()
    assert "33,3 %" in page
    assert f"{places.indicator_values('sgb2_minors', year=2025)['05358056']:g}".replace(".", ",") in page
    client.post(preview, {"which": "all"})
    assert places.indicator_values("sgb2_minors", year=2025)["05358056"] == 33.3
    assert places.indicator_values("sgb2_minors", year=2024) == old


def test_the_good_values_or_nothing_as_the_user_chooses(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    rows = [["Gemeinde", "Armut"], ["Titz", "12,5"], ["Aldenhofen", "3"], ["Inden", "viel"]]
    preview = to_preview(client, text_table(*rows, encoding="cp1252"), name="armut.csv", **NEW)
    page = client.get(preview).content.decode()
    assert "Meinten Sie „Aldenhoven“?" in page
    assert "„viel“ ist keine Zahl." in page
    answer = client.post(preview, {"which": "all"})
    assert "Nichts übernommen" in answer.content.decode()
    assert "Armut" not in {each.label for each in places.indicators()}
    client.post(preview, {"which": "good"})
    (info,) = [each for each in places.indicators() if each.label == "Armut"]
    assert info.values == {2025: {"05358056": 12.5}}


def test_a_table_is_taken_over_once(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    preview = to_preview(client, text_table(["Gemeinde", "Armut"], ["Titz", "12"]), name="a.csv", **NEW)
    client.post(preview, {"which": "all"})
    assert client.post(preview, {"which": "all"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (b"PK\x03\x04 kaputt", "keine Tabelle, die sich lesen"),
        (b"Tabelle 3: Kinderarmut\nTitz;3\n", "Überschriften über der Kopfzeile"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    content: bytes, sentence: str, signed_in: SignIn
) -> None:
    answer = signed_in("koordination").post(START, {"table": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_columns_that_make_no_table_are_said(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    columns = uploaded(client, text_table(["Gemeinde", "Armut"], ["Titz", "12"]), "a.csv")
    answer = client.post(columns, {"c0": "", "c1": "value"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Es fehlt eine Spalte, die die Gemeinde nennt." in page
    assert "woher die Zahlen kommen" in page


def test_a_new_indicator_must_say_need_or_use_and_which_way_is_good(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    columns = uploaded(client, text_table(["Gemeinde", "Hilfen zur Erziehung"], ["Titz", "12"]), "a.csv")
    names = client.post(columns, defaults(client, columns, year="2025", source="JA")).headers["Location"]
    answer = client.post(names, {"t0": "new", "l0": "Hilfen zur Erziehung"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ob hoch oder niedrig gut ist" in page
    assert "ob Bedarf oder Nutzung gezählt wird" in page


def test_a_column_of_formulas_that_nobody_calculated_is_named(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    content = sheet(["Gemeinde", "Armut"], ["Titz", "=1/3"], ["Inden", "=1/4"])
    preview = to_preview(client, content, **NEW)
    page = client.get(preview).content.decode()
    assert "Stehen dort Formeln?" in page
    assert "Es gibt nichts zu übernehmen." in page


def test_the_register_says_what_is_weak_and_keeps_need_and_use_apart(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    client.post(
        to_preview(client, text_table(["Gemeinde", "Armut"], ["Titz", "12"]), name="a.csv", **NEW),
        {"which": "all"},
    )
    page = client.get("/kette/sozialraum/daten/").content.decode()
    assert (
        page.index(">Bedarf</h2>") < page.index("Kinder in SGB-II-Haushalten") < page.index(">Nutzung</h2>")
    )
    assert page.index(">Nutzung</h2>") < page.index("Betreuungsquote unter 3")
    for words in ("überall gleich: zählt nicht mit", "Gemeinden fehlen", "ohne Zähler und Nenner"):
        assert words in page


def test_a_year_that_was_read_in_can_be_taken_back_and_the_folder_stays(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    content = text_table(["Gemeinde", "Armut"], ["Titz", "12"], ["Inden", "13"])
    client.post(to_preview(client, content, name="a.csv", **NEW), {"which": "all"})
    (info,) = [each for each in places.indicators() if each.label == "Armut"]
    client.post(reverse("chain:indicator-forget", args=[info.key]), {"jahr": "2025"})
    assert "Armut" not in {each.label for each in places.indicators()}
    answer = client.post(reverse("chain:indicator-forget", args=["sgb2_minors"]), {"jahr": "2025"})
    assert answer.status_code == 404


def test_what_an_indicator_means_can_be_mended(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    url = reverse("chain:indicator", args=["kita_under_3"])
    assert client.get(url).status_code == 200
    given = {"label": "Betreuung U3", "direction": "neutral", "about": "use", "phase": "u3", "field": "", "need": "sgb2_minors"}  # fmt: skip
    client.post(url, given)
    (info,) = [each for each in places.indicators() if each.key == "kita_under_3"]
    assert (info.label, info.direction, info.need) == ("Betreuung U3", "neutral", "sgb2_minors")


def test_a_municipality_reads_the_data_and_changes_nothing(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    assert client.get("/kette/sozialraum/daten/").status_code == 200
    url = reverse("chain:indicator", args=["sgb2_minors"])
    assert client.get(url).status_code == 200
    assert client.post(url, {"label": "Anders"}).status_code == 404
    assert client.get(START).status_code == 404


def test_others_find_nothing_here(signed_in: SignIn) -> None:
    coordination = signed_in("koordination")
    columns = uploaded(coordination, text_table(["Gemeinde", "Armut"], ["Titz", "12"]), "a.csv")
    for name in ("anbieter", "familie"):
        client = signed_in(name)
        for url in ("/kette/sozialraum/daten/", START, columns, "/kette/sozialraum/daten/sgb2_minors/"):
            assert client.get(url).status_code == 404, (name, url)
    assert Client().get("/kette/sozialraum/daten/").status_code == 302
