"""Files from outside: what they begin with and hold decides what they are, not their name; programs are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

MOST_BYTES: Final = 20 * 1024 * 1024
Scanner = Callable[[bytes], bool]


class FileKind(StrEnum):
    """What a file is, by its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return "jpg" if self is FileKind.JPEG else self.name.lower()


PAPERS: Final = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
EVERYTHING: Final = frozenset(FileKind)
_BEGINNINGS: Final[dict[bytes, FileKind]] = {
    b"%PDF-": FileKind.PDF,
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
}
_ZIP: Final = b"PK\x03\x04"
# What an Office file of the ISO standard (OOXML) must hold, by kind.
_PARTS: Final = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
# Where macros lie: in one file of Microsoft's formats, in these folders of OpenDocument.
_MACROS: Final = "vbaproject.bin"
_MACRO_FOLDERS: Final = ("basic/", "scripts/")


class UnfitFile(Exception):
    """A file is empty, too large, of a kind that is not taken, holds a program, or was refused by the scanner."""

    def __init__(self, why: str, *, value: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.value = value


def kind_of(content: bytes, *, name: str, among: frozenset[FileKind]) -> FileKind:
    """What the file is; raises UnfitFile where it is not taken."""
    demand_size(len(content))
    found = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)
    if found is None and content.startswith(_ZIP):
        found = _packed(content, name=name)
    if found is None or found not in among:
        raise UnfitFile("unknown_kind" if among <= PAPERS else "unknown_file", value=name)
    if found is FileKind.PDF and any(sign in content for sign in (b"/JavaScript", b"/Launch")):
        raise UnfitFile("program", value=name)
    if settings.DOCUMENT_SCANNER:
        scanner: Scanner = import_string(settings.DOCUMENT_SCANNER)
        if not scanner(content):
            raise UnfitFile("refused_by_scanner", value=name)
    return found


def demand_size(size: int) -> None:
    """Refuse by size alone, before anything is read; raises UnfitFile."""
    if not size:
        raise UnfitFile("empty")
    if size > MOST_BYTES:
        raise UnfitFile("too_large", value=f"{size / 1024 / 1024:.0f} MB")


def _packed(content: bytes, *, name: str) -> FileKind | None:
    """An Office file by what lies in it; nothing is unpacked but the few bytes in which OpenDocument says its kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            said = _said(packed) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    low = [each.lower() for each in names]
    if any(each.endswith(_MACROS) or each.startswith(_MACRO_FOLDERS) for each in low):
        raise UnfitFile("program", value=name)
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _PARTS.items() if part in names), None)
    return next((kind for kind in FileKind if kind.value == said), None)


def _said(packed: zipfile.ZipFile) -> str:
    with packed.open("mimetype") as told:
        return told.read(100).decode("ascii", errors="replace").strip()
