"""Consent texts are data: what ships is whole in every language, and a county's mistakes are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from lueckenlos.commons.privacy import loading, selectors
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.core import clock
from lueckenlos.core.table_wording import sentence
from lueckenlos.core.tables import Mistakes

OWN = """
code = "schwimmkurs"
version = 1
purposes = ["handover"]
categories = ["identity", "contact"]
recipient_kinds = ["verein"]

[de]
title = "Ihr Kind im Schwimmkurs"
text = \"\"\"
Worum geht es?
Der Verein meldet sich bei Ihnen.
{freiwillig}\"\"\"
"""
HARD = re.compile(
    r"\b(wird|werden|wurde|wurden|zuständig\w*|beziehungsweise|Leistung\w*|Maßnahme\w*|Antragsteller\w*|mittels|aufgrund|bzw\.|ggf\.)"
)
LONGEST = 15


def load(folder: Path) -> tuple[Mistakes, int]:
    mistakes = Mistakes()
    report = loading.load_consent_texts(folder, mistakes=mistakes, now=clock.real_now())
    return mistakes, report.added


def county(tmp_path: Path, text: str, *, name: str = "schwimmkurs.toml") -> Path:
    folder = tmp_path / loading.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def said(mistakes: Mistakes) -> list[str]:
    return [f"{each.file} {each.field}: {sentence(each)}" for each in mistakes.kept]


def test_the_shipped_texts_stand_in_every_language_and_a_second_load_changes_nothing(
    empty_database: str, tmp_path: Path
) -> None:
    mistakes, added = load(tmp_path)
    assert said(mistakes) == []
    codes = {path.stem for path in loading.SHIPPED.glob("*.toml")} - {"bausteine"}
    assert added == len(codes) * len(settings.LANGUAGES)
    assert load(tmp_path)[1] == 0
    for language, _name in settings.LANGUAGES:
        texts = selectors.texts(language=language)
        assert {text.code for text in texts} == codes
        assert {text.language for text in texts} == {language}
        assert len({text.text for text in texts}) == len(texts)


def test_each_text_of_a_consent_says_all_that_the_law_asks(empty_database: str, tmp_path: Path) -> None:
    load(tmp_path)
    for text in selectors.texts(language="de"):
        if not text.purposes:
            continue
        for word in (
            "Nachteile",
            "jederzeit",
            "Art. 7",
            "Art. 9",
            "§ 67b SGB X",
            "§ 65 SGB VIII",
            "§ 203 StGB",
            "beschweren",
        ):
            assert word in text.text, (text.code, word)
        assert "{" not in text.text
        headings = [heading for heading, _words in loading.paragraphs(text.text)]
        assert headings[:2] == ["Worum geht es?", "Wer darf was wissen?"]
        assert all(headings)


def test_the_text_of_secrecy_is_no_consent(empty_database: str, tmp_path: Path) -> None:
    load(tmp_path)
    (text,) = [each for each in selectors.texts(language="de") if each.code == "schweigepflicht"]
    assert (text.purposes, text.categories, text.recipient_kinds) == (frozenset(), frozenset(), frozenset())


def test_einfache_sprache_keeps_its_rules_in_consent_texts(empty_database: str, tmp_path: Path) -> None:
    load(tmp_path)
    for text in selectors.texts(language="de-x-plain"):
        sentences = re.split(r"[.!?:\n]+(?:\s|$)", re.sub(r"\([^)]*\)", "", text.text))
        assert [each for each in sentences if len(each.split()) > LONGEST] == [], text.code
        assert HARD.findall(text.text) == [], text.code


def test_a_county_adds_a_text_of_its_own_with_the_shared_paragraphs(
    empty_database: str, tmp_path: Path
) -> None:
    mistakes, _added = load(county(tmp_path, OWN))
    assert said(mistakes) == []
    (text,) = [each for each in selectors.texts(language="tr") if each.code == "schwimmkurs"]
    assert text.language == "de"
    assert "Muss ich zustimmen?" in text.text
    assert text.purposes == {Purpose.HANDOVER}
    assert text.categories == {Category.IDENTITY, Category.CONTACT}


def test_a_text_that_was_changed_without_a_new_version_is_refused(
    empty_database: str, tmp_path: Path
) -> None:
    load(county(tmp_path, OWN))
    mistakes, added = load(county(tmp_path, OWN.replace("meldet sich", "ruft an")))
    assert added == 0
    assert "trägt aber noch die Version 1" in said(mistakes)[0]
    mistakes, added = load(
        county(tmp_path, OWN.replace("meldet sich", "ruft an").replace("version = 1", "version = 2"))
    )
    assert (said(mistakes), added) == ([], 1)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            'code = "schwimmkurs"',
            'code = "Schwimm Kurs"',
            "Feld|code: „Schwimm Kurs“ hat nicht die erwartete Form",
        ),
        ("version = 1", "version = 0", "version: „0“ liegt außerhalb"),
        ('purposes = ["handover"]', 'purposes = ["werbung"]', "purposes: „werbung“ ist nicht bekannt"),
        (
            'recipient_kinds = ["verein"]',
            'recipient_kinds = ["alle"]',
            "recipient_kinds: „alle“ ist nicht bekannt",
        ),
        ("{freiwillig}", "{freiwllig}", "Den Baustein „freiwllig“ gibt es in der Sprache „de“ nicht"),
        ("[de]", "[fr]", "„fr“ ist hier nicht möglich"),
        ('title = "Ihr Kind im Schwimmkurs"', 'title = ""', "title: Diese Angabe fehlt"),
        ("[de]", "[de", "Das ist kein gültiges TOML"),
        ('code = "schwimmkurs"', 'code = "uebergabe"', "gibt es in der Version 1 schon"),
        ("version = 1", 'version = 1\nvalid_from = "morgen"', "valid_from: „morgen“ ist kein Datum"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_installed(
    empty_database: str, tmp_path: Path, before: str, after: str, told: str
) -> None:
    mistakes, added = load(county(tmp_path, OWN.replace(before, after)))
    assert added == 0
    assert any(told.removeprefix("Feld|") in each for each in said(mistakes)), said(mistakes)
    assert selectors.texts(language="de") == []
