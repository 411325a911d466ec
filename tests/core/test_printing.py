"""Documents are set as tagged PDF and as pictures, without any font or file of the machine."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lueckenlos.core import printing

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LETTER = """
#import "house.typ": *
#let data = json("data.json")
#show: document-page.with(title: data.title)
Gruß an alle: ğ ş İ, Привіт, مرحبا. #verdict("gap", "Lücke")
#image("picture.svg", alt: "Ein Kreis")
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    template = tmp_path / "letter.typ"
    template.write_text(LETTER, encoding="utf-8")
    return template


def test_a_document_is_a_tagged_pdf_in_german(letter: Path) -> None:
    made = printing.pdf(letter, {"title": "Präventionskette"}, now=NOW, files={"picture.svg": PICTURE})
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in made and b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_the_same_document_is_set_the_same_twice(letter: Path) -> None:
    both = [
        printing.pdf(letter, {"title": "Kette"}, now=NOW, files={"picture.svg": PICTURE}) for _ in range(2)
    ]
    assert both[0] == both[1]


def test_a_document_can_be_a_picture(letter: Path) -> None:
    made = printing.png(letter, {"title": "Kette"}, files={"picture.svg": PICTURE})
    assert made.startswith(b"\x89PNG")


def test_a_document_that_cannot_be_set_says_so_in_a_sentence(letter: Path) -> None:
    with pytest.raises(printing.NotPrintable, match="ließ sich nicht setzen"):
        printing.pdf(letter, {"title": "Kette"}, now=NOW)
