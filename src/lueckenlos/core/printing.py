"""Sets documents with typst: tagged PDF for print and screen readers, PNG for slides.

A room hands in its own template (`.typ`), which may import `house.typ`, and data as JSON. Templates read it with
`json("data.json")`; nothing is fetched, no font of the machine is used.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from lueckenlos.core.failure import StatedFailure

HOUSE: Final = Path(__file__).parent / "printed"
FONTS: Final = Path(__file__).parent / "static" / "vendor" / "print"


class NotPrintable(StatedFailure):
    """typst refused the document; the reason is a fault of ours, not of the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Das Dokument ließ sich nicht setzen. Bitte sagen Sie der Verwaltung des Hauses Bescheid."
        )
        self.reason = reason


def pdf(
    template: Path, data: Mapping[str, Any], *, now: datetime, files: Mapping[str, str] | None = None
) -> bytes:
    """A tagged PDF (PDF/UA-1); `files` are further texts by name, such as pictures as SVG."""
    with _laid_out(template, data, files=files or {}) as folder:
        return _compiled(
            folder, format="pdf", pdf_standards=["ua-1"], timestamp=now.astimezone(UTC).replace(microsecond=0)
        )


def archive_pdf(
    template: Path, data: Mapping[str, Any], *, now: datetime, files: Mapping[str, str] | None = None
) -> bytes:
    """A PDF for another system's file or the archive (PDF/A-3a, PDF/UA-1); the template attaches `data.json`."""
    with _laid_out(template, data, files=files or {}) as folder:
        return _compiled(
            folder,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=now.astimezone(UTC).replace(microsecond=0),
        )


def png(
    template: Path, data: Mapping[str, Any], *, files: Mapping[str, str] | None = None, ppi: float = 144
) -> bytes:
    """The first page as a picture, `ppi` dots an inch."""
    with _laid_out(template, data, files=files or {}) as folder:
        return _compiled(folder, format="png", ppi=ppi)


@contextmanager
def _laid_out(template: Path, data: Mapping[str, Any], *, files: Mapping[str, str]) -> Iterator[Path]:
    """The folder in which typst finds the template, the house's own, the data and the pictures."""
    with tempfile.TemporaryDirectory(prefix="lueckenlos-print-") as name:
        root = Path(name)
        texts = {
            source.name: source.read_text(encoding="utf-8") for source in (*HOUSE.glob("*.typ"), template)
        }
        texts["main.typ"] = f'#include "{template.name}"\n'
        texts["data.json"] = json.dumps(data, ensure_ascii=False)
        for file, text in {**texts, **files}.items():
            (root / file).write_text(text, encoding="utf-8")
        yield root


def _compiled(folder: Path, **how: Any) -> bytes:
    try:
        made = typst.compile(
            folder / "main.typ", root=folder, font_paths=[FONTS], ignore_system_fonts=True, **how
        )
    except typst.TypstError as error:
        raise NotPrintable(str(error)) from error
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[0])
