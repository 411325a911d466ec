"""The same documents as PDF and as HTML that stands by itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils.html import format_html, format_html_join

from lueckenlos.core import printing
from lueckenlos.portal.oversight.parts import Document, Section

TEMPLATE: Final = Path(__file__).parent / "printed" / "processing.typ"
PAGE: Final = (
    '<!doctype html>\n<html lang="de">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
    "<body>\n<h1>{}</h1>\n<p>{}</p>\n{}\n</body>\n</html>\n"
)


def as_pdf(document: Document, now: datetime) -> bytes:
    """A tagged PDF."""
    return printing.pdf(TEMPLATE, asdict(document), now=now)


def as_html(document: Document) -> str:
    """One page without style, to be put wherever the county keeps it."""
    body = format_html_join("\n", "{}", ((_section(section),) for section in document.sections))
    return str(format_html(PAGE, document.title, document.title, document.subtitle, body))


def _section(section: Section) -> str:
    paragraphs = format_html_join("", "<p>{}</p>", ((each,) for each in section.paragraphs))
    points = format_html_join("", "<li>{}</li>", ((each,) for each in section.points))
    listed = format_html("<ul>{}</ul>", points) if section.points else ""
    table = ""
    if section.table is not None:
        head = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in section.table.head))
        rows = format_html_join(
            "",
            "<tr>{}</tr>",
            ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in section.table.rows),
        )
        table = format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, rows)
    return format_html("<h2>{}</h2>{}{}{}", section.title, paragraphs, listed, table)
