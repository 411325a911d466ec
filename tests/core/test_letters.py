"""A letter reaches one addressee, in their language, as a PDF that programs can read out."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import segno
from tools import messages

from lueckenlos.core import letters
from lueckenlos.core.letters import Arrangement, Code, Letter, Sender, UnfitLetter, Wording
from tests.core import pdf_reading

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SENDER = Sender("Familienbüro", "Beispielstraße 1", "52349 Düren", "02421 5550100", "familie@example.org")
ADDRESS = ("Frau", "Anna Beispiel", "Musterweg 3", "52349 Düren")
CODE = Code("2345-CDFH-JKMX", "/brief/2345CDFHJKMX/", date(2027, 1, 31), typed_at="/brief/")
GERMAN = Wording("de", "Ihre Seite", ("Guten Tag,", "hier sehen Sie, wer was wissen darf."))
SAID = {
    "de": GERMAN,
    "de-x-plain": Wording("de-x-plain", "Ihre Seite", ("Guten Tag.", "Das ist Ihre Seite.")),
    "en": Wording("en", "Your page", ("Good afternoon,", "here you can see who may know what.")),
    "tr": Wording("tr", "Sayfanız", ("İyi günler,", "kimin neyi bilebileceğini burada görürsünüz.")),
    "ar": Wording("ar", "صفحتكم", ("مرحبا،", "هنا ترون من يحق له أن يعرف ماذا.")),
    "uk": Wording("uk", "Ваша сторінка", ("Доброго дня,", "тут видно, хто що може знати.")),
}


def letter(wording: Wording = GERMAN, **more: Any) -> Letter:
    values: dict[str, Any] = {
        "recipient_lines": ADDRESS, "subject": wording.subject, "paragraphs": wording.paragraphs,
        "language": wording.language, "code": CODE, "sender": SENDER, "date": date(2026, 11, 30),
    }  # fmt: skip
    return Letter(**{**values, **more})


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = "https://familie.example.org"


def test_a_letter_is_a_tagged_pdf_with_its_text() -> None:
    made = letters.pdf(letter(), now=NOW)
    assert made.startswith(b"%PDF-1.7") and b"pdfuaid" in made
    assert b"/MarkInfo" in made and b"/S/H1" in made and b"/S/Figure" in made
    (page,) = pdf_reading.pages(made)
    lines = page.splitlines()
    for expected in (*ADDRESS, *GERMAN.paragraphs, "Ihre Seite", "30. November 2026", CODE.text):
        assert expected in lines
    assert "familie.example.org/brief" in lines
    assert "Familienbüro · Beispielstraße 1 · 52349 Düren" in lines


def test_what_is_read_out_comes_in_the_order_of_the_letter() -> None:
    lines = pdf_reading.pages(letters.pdf(letter(), now=NOW))[0].splitlines()
    order = ["Anna Beispiel", "30. November 2026", "Ihre Seite", "Guten Tag,", "Ihr Code", CODE.text]
    assert [line for line in lines if line in order] == order


@pytest.mark.parametrize("language", SAID)
def test_a_letter_speaks_the_language_of_the_family(language: str) -> None:
    made = letters.pdf(letter(SAID[language]), now=NOW)
    spoken = {"de-x-plain": "de"}.get(language, language)
    assert f"/Lang({spoken})".encode() in made
    text = pdf_reading.pages(made)[0]
    assert "�" not in text
    if (
        language not in letters.FROM_THE_RIGHT
    ):  # Arabic letters join, so that their glyphs are not in one line
        assert SAID[language].paragraphs[0] in text.splitlines()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de-x-plain", ("30. November 2026", "Der Code gilt bis 31. Januar 2027.")),
        ("en", ("30 November 2026", "The code is valid until 31 January 2027.")),
        ("tr", ("30 Kasım 2026", "Kod 31 Ocak 2027 tarihine kadar geçerlidir.")),
        ("uk", ("30 листопада 2026", "Код дійсний до 31 січня 2027.")),
    ],
)
def test_what_the_house_adds_is_said_in_the_same_language(language: str, said: tuple[str, ...]) -> None:
    messages.compile_catalogues()
    lines = pdf_reading.pages(letters.pdf(letter(SAID[language]), now=NOW))[0].splitlines()
    assert set(said) <= set(lines)
    assert "Ihr Code" not in lines or language == "de-x-plain"


def test_arabic_text_begins_on_the_right_and_the_address_stays_in_its_window() -> None:
    def left_of(text: str, made: bytes) -> float:
        return pdf_reading.places(made)[text][0]

    german, arabic = letters.pdf(letter(), now=NOW), letters.pdf(letter(SAID["ar"]), now=NOW)
    assert left_of("Anna Beispiel", german) == left_of("Anna Beispiel", arabic)
    assert left_of(CODE.text, arabic) > left_of(CODE.text, german)


def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    """DIN 5008, form B: 20 to 105 mm from the left, the address 62.7 to 90 mm from above."""
    millimeter = 72 / 25.4
    found = pdf_reading.places(
        letters.pdf(letter(recipient_lines=(*ADDRESS, "DEUTSCHLAND", "EUROPA")), now=NOW)
    )
    for line in (*ADDRESS, "DEUTSCHLAND", "EUROPA"):
        left, below = found[line]
        assert 24.9 < left / millimeter < 25.1
        assert 62.7 < below / millimeter < 90
    assert 45 < found[SENDER.line][1] / millimeter < 62.7


@pytest.mark.parametrize("arrangement", Arrangement)
def test_a_letter_in_two_languages_says_both_to_one_address(arrangement: Arrangement) -> None:
    both = letter(SAID["uk"], also=(GERMAN,), arrangement=arrangement)
    lines = "\n".join(pdf_reading.pages(letters.pdf(both, now=NOW))).splitlines()
    assert {"Ваша сторінка", "Ihre Seite"} <= set(lines)
    assert lines.count("Anna Beispiel") == 1


def test_the_qr_code_is_that_of_the_address() -> None:
    expected = segno.make("https://familie.example.org/brief/2345CDFHJKMX/", error="m", micro=False)
    assert matrix_of(letters.qr_svg(CODE.address)) == [list(row) for row in expected.matrix]


def test_a_letter_without_a_code_shows_none() -> None:
    made = letters.pdf(letter(code=None), now=NOW)
    assert b"/S/Figure" not in made
    assert "Code" not in pdf_reading.pages(made)[0]


def test_a_long_letter_goes_on_with_numbered_pages() -> None:
    long = letter(paragraphs=tuple(f"Absatz {number}. " + "Noch ein Satz. " * 30 for number in range(9)))
    found = pdf_reading.pages(letters.pdf(long, now=NOW))
    assert len(found) > 1
    assert [f"{number} / {len(found)}" in page for number, page in enumerate(found, start=1)] == [True] * len(
        found
    )
    assert sum("Anna Beispiel" in page for page in found) == 1


def test_a_letter_can_be_looked_at_before_it_is_printed() -> None:
    assert letters.png(letter()).startswith(b"\x89PNG")


def test_there_is_no_room_for_a_second_addressee() -> None:
    fields = {field.name for field in dataclasses.fields(Letter)}
    assert {name for name in fields if "recipient" in name or name in {"to", "cc", "copies"}} == {
        "recipient_lines"
    }


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("recipient_lines", {"recipient_lines": ("Anna Beispiel",)}),
        ("recipient_lines", {"recipient_lines": ADDRESS * 2}),
        ("recipient_lines", {"recipient_lines": ("Anna Beispiel\nBernd Beispiel", "Musterweg 3")}),
        ("recipient_lines", {"recipient_lines": ("A" * 43, "Musterweg 3")}),
        ("recipient_lines", {"recipient_lines": ("Anna Beispiel", " ")}),
        ("also", {"also": (GERMAN,)}),
        ("language", {"language": "fr"}),
        ("text", {"paragraphs": (" ",)}),
        ("text", {"subject": ""}),
        ("arrangement", {"also": (SAID["en"], SAID["tr"]), "arrangement": Arrangement.SIDE_BY_SIDE}),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused(part: str, change: dict[str, Any]) -> None:
    with pytest.raises(UnfitLetter) as refused:
        letters.pdf(letter(**change), now=NOW)
    assert refused.value.part == part


def test_a_code_opens_only_pages_of_the_house() -> None:
    with pytest.raises(UnfitLetter):
        Code("2345-CDFH-JKMX", "https://elsewhere.example.org/", date(2027, 1, 31))


def matrix_of(svg: str) -> list[list[int]]:
    """The modules of a QR code from its picture: runs of dark modules, row by row, within a quiet zone of four."""
    box = re.search(r'viewBox="0 0 (\d+) \d+"', svg)
    drawn = re.search(r'class="qrline"[^>]* d="([^"]+)"', svg)
    assert box is not None and drawn is not None
    size = int(box[1])
    rows = [[0] * size for _ in range(size)]
    x = y = 0.0
    for command, text in re.findall(r"([Mmh])([^Mmh]+)", drawn[1]):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
        if command == "h":
            for place in range(int(x), int(x + values[0])):
                rows[int(y)][place] = 1
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return [row[4:-4] for row in rows[4:-4]]
