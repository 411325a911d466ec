"""Every public page speaks every language of the house, Einfache Sprache among them."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import check_for_language, gettext, override, to_locale
from tools import messages

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory import services as directory_services
from lueckenlos.commons.directory.types import DateView
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.offers.finder import wording
from tests.house import languages
from tests.house.pages import PUBLIC, SERVICE

CODES = {"de_X-plain": "de-x-plain", "en": "en", "tr": "tr", "ar": "ar", "uk": "uk"}
FOREIGN = ["en", "tr", "ar", "uk"]
# Said alike in German and in another language: names, borrowed words, signs.
ALIKE = {
    "April",
    "August",
    "September",
    "November",
    "Dari",
    "Liste",
    "Menü",
    "Tigrinya",
    "Somali",
    "Telefon:",
    "QR",
    ",",
    "%(hour)s",
    "D, j. F Y",
    "online",
    "Person %(number)s",
    "Kurs",
    "Text",
}
LONGEST, AIM = 15, 12
HARD = re.compile(
    r"\b(wird|werden|wurde|wurden|zuständig\w*|beziehungsweise|gegebenenfalls|Leistung\w*|Maßnahme\w*|Antragsteller\w*"
    r"|mittels|aufgrund|bezüglich|hinsichtlich|z\. B\.|u\. a\.|bzw\.|ggf\.)",
)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """No test leaves its language to the next."""
    with override("de"):
        yield


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    messages.compile_catalogues()


def entries(folder: str) -> Iterator[tuple[str, list[str]]]:
    for entry in messages.catalogue(folder):
        yield entry.msgid_plural or entry.msgid, messages.said(entry)


# The catalogues


def test_no_public_message_is_missing_in_any_language() -> None:
    assert messages.faults() == []


def test_a_message_that_one_language_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(messages.LOCALE, tmp_path / "locale")
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    file = messages.catalogue("uk")
    entry = next(each for each in file if each.msgid == "Hilfe finden")
    entry.msgstr = ""
    changed = next(each for each in file if each.msgid == "Eintrag von %(name)s")
    changed.msgstr = "Запис від %(nane)s"
    file.save()

    found = messages.faults()

    assert [re.sub(r" \(\S+\)\.$", "", each) for each in found] == [
        "„Hilfe finden“ fehlt in uk",
        "uk: Platzhalter passen nicht: „Запис від %(nane)s“.",
    ]


@pytest.mark.parametrize("folder", FOREIGN)
def test_nothing_is_left_in_german(folder: str) -> None:
    assert [
        said for message, texts in entries(folder) for said in texts if said == message and said not in ALIKE
    ] == []


@pytest.mark.parametrize("folder", FOREIGN)
def test_no_translation_carries_another_script(folder: str) -> None:
    """A Latin letter within a Cyrillic word looks right and is read aloud wrongly."""
    own = {"ar": "\u0621-\u064a", "uk": "\u0400-\u04ff"}.get(folder)
    mixed = re.compile(f"[{own}]+[A-Za-z]+|[A-Za-z]+[{own}]+") if own else re.compile("[\u0400-\u06ff]")
    texts = [said for _message, translations in entries(folder) for said in translations]
    assert [text for text in texts if mixed.search(messages.PLACEHOLDER.sub(" ", text))] == []


def test_each_language_counts_as_its_speakers_do() -> None:
    counted = {"ar": (0, 1, 2, 5, 11, 100), "uk": (1, 3, 5, 21), "tr": (1, 5), "en": (1, 5)}
    for code, numbers in counted.items():
        with override(code):
            for number in numbers:
                text = translation.ngettext("bis %(high)s Jahr", "bis %(high)s Jahre", number)
                assert "Jahr" not in text
    with override("uk"):
        forms = [
            translation.ngettext("%(total)s Angebot", "%(total)s Angebote", number)
            for number in (1, 3, 5, 21)
        ]
    assert forms[0] == forms[3] != forms[1] != forms[2]


# Einfache Sprache


def test_einfache_sprache_keeps_its_sentences_short() -> None:
    sentences = [
        sentence
        for _message, texts in entries("de_X-plain")
        for text in texts
        for sentence in re.split(r"[.!?:\n]+(?:\s|$)", text)
    ]
    counts = {sentence: len(sentence.split()) for sentence in sentences}
    assert [sentence for sentence, words in counts.items() if words > LONGEST] == []
    assert sum(words > AIM for words in counts.values()) <= len(counts) / 50


def test_einfache_sprache_has_no_passive_and_no_words_of_offices() -> None:
    assert [text for _message, texts in entries("de_X-plain") for text in texts if HARD.search(text)] == []


def test_einfache_sprache_falls_back_to_german_where_django_speaks() -> None:
    assert to_locale("de-x-plain") == "de_X-plain"
    assert check_for_language("de-x-plain")
    with override("de"), pytest.raises(ValidationError) as in_german:
        validate_email("nein")
    with override("de-x-plain"), pytest.raises(ValidationError) as in_plain:
        validate_email("nein")
    assert str(in_plain.value) == str(in_german.value) != "['Enter a valid email address.']"


# Dates, numbers, names


@pytest.mark.parametrize(
    ("code", "when", "far"),
    [
        ("de", "Di, 2. März 2027, 15–17:30 Uhr", "2,4 km, etwa 30 Minuten zu Fuß"),
        ("de-x-plain", "Dienstag, 2. März 2027, von 15 bis 17:30 Uhr", "2,4 km. Zu Fuß etwa 30 Minuten"),
        ("en", "Tue, 2 March 2027, 15:00–17:30", "2.4 km, about 30 minutes on foot"),
        ("tr", "2 Mart 2027, Sal, saat 15:00–17:30", "2,4 km, yürüyerek yaklaşık 30 dakika"),
        ("ar", "الثلاثاء، 2 مارس 2027، من الساعة 15:00 إلى 17:30", "2,4 كم، حوالي 30 دقيقة سيرًا"),
        ("uk", "Вт, 2 березня 2027, 15:00–17:30", "2,4 км, приблизно 30 хвилин пішки"),
    ],
)
def test_days_hours_and_distances_are_said_as_one_says_them(code: str, when: str, far: str) -> None:
    with override(code):
        assert wording.at_time(DateView(date(2027, 3, 2), time(15), time(17, 30))) == when
        assert wording.how_far(2.4) == far


def test_languages_are_named_in_the_readers_language() -> None:
    names = {}
    for code in ["de", *CODES.values()]:
        with override(code):
            names[code] = language_name("tr")
    assert names == {
        "de": "Türkisch",
        "de-x-plain": "Türkisch",
        "en": "Turkish",
        "tr": "Türkçe",
        "ar": "التركية",
        "uk": "турецька",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES.values())
def test_families_read_life_phases_and_topics_in_their_language(code: str) -> None:
    german = directory.catalog()
    theirs = german.in_language(code)
    pairs: list[tuple[Any, Any]] = [
        *zip(german.phases, theirs.phases, strict=True),
        *zip(german.fields, theirs.fields, strict=True),
    ]
    same = [one.label for one, other in pairs if one.label == other.label]
    assert [one.key for one, _other in pairs] == [other.key for _one, other in pairs]
    assert same == [] or code == "de-x-plain"
    assert german.in_language("xx") == german


# The pages


def public_templates() -> list[Path]:
    rule = tomllib.loads(messages.RULE.read_text(encoding="utf-8"))
    paths = [path for path in messages.SOURCES.rglob("templates/**/*.*") if path.suffix in {".html", ".txt"}]
    return [
        path for path in paths if messages.is_public(path.relative_to(messages.SOURCES).as_posix(), rule=rule)
    ]


def test_no_public_template_says_a_word_past_the_translators() -> None:
    found = {
        path.relative_to(messages.SOURCES).as_posix(): words
        for path in public_templates()
        if (words := languages.unmarked_in_template(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Guten Tag</p>",
        '{% load kern %}{% button "Anmelden" kind="primary" %}',
        '<a aria-label="Weiter" href="/">{{ name }}</a>',
        '{% load kern %}{% empty_state title="Noch nichts da" %}{% endempty_state %}',
    ],
)
def test_a_word_past_the_translators_is_found(source: str) -> None:
    assert languages.unmarked_in_template(source) != []


def addresses() -> list[str]:
    return [page.url for page in PUBLIC]


@pytest.fixture
def care_address(db: None) -> str:
    """The page behind a reminder's link."""
    mail.outbox.clear()
    directory_services.remind(actor=job("reminders"), now=clock.now())
    token = re.search(r"/pflege/([^/\s]+)/", str(mail.outbox[0].body))
    assert token is not None
    with override("de"):
        return reverse("directory:care_link", args=[token[1]])


@pytest.mark.django_db
def test_everything_a_public_page_says_is_a_message_or_the_countys_data(care_address: str) -> None:
    client = Client()
    found = {}
    for address in [*addresses(), care_address, "/gibt-es-nicht/"]:
        with languages.every_message_marked():
            page = client.get(address).content.decode()
        if words := languages.untranslatable(page):
            found[address] = words
    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("code", FOREIGN)
def test_a_public_page_says_nothing_in_german_but_the_countys_data(code: str, care_address: str) -> None:
    client = Client(headers={"accept-language": code})
    with languages.heard() as notes:
        for address in [*addresses(), care_address, "/gibt-es-nicht/"]:
            client.get(f"/{code}{address}")
        for name in ("not-true", "alert"):
            with override("de"):
                address = reverse(f"finder:{name}", args=[SERVICE] if name == "not-true" else [])
            assert client.post(f"/{code}{address}", {"email": "nein"}).status_code == 422
        client.post(f"/{code}/anmelden/", {"login": "nein"})
        for status in (400, 403, 500):
            get_template(f"{status}.html").render({})
    with override("de"):
        german = [
            message for message, said in notes.items() if said == gettext(message) and said not in ALIKE
        ]
    assert [message for message in german if languages.WORD.search(message)] == []
