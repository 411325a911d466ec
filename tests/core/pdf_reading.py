"""Read the text of a PDF that typst wrote: enough to see that a reader's program could, too."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"\n(\d+) 0 obj\n?(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"^(.*?)stream\r?\n(.*)\r?\nendstream", re.DOTALL)
PLAIN = rb"(?:\\.|[^\\()])*"
TEXT = rb"\(" + PLAIN + rb"(?:\(" + PLAIN + rb"(?:\(" + PLAIN + rb"\)" + PLAIN + rb")*\)" + PLAIN + rb")*\)"
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(" + TEXT + rb")|(\b[BE]T\b)|(1 0 0 -1 [\d.]+ [\d.]+) cm", re.DOTALL)
HEIGHT = 841.8898  # A4, in points
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
Piece = tuple[str, tuple[float, float]]
SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def objects(pdf: bytes) -> dict[int, bytes]:
    """Every object by its number."""
    return {int(match[1]): match[2] for match in OBJECT.finditer(pdf)}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, line by line."""
    return ["\n".join(text for text, _place in _joined(pieces)) for pieces in _pages(pdf)]


def places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Where each piece of the first page begins: points from the left and its baseline's from above."""
    return {text: (left, HEIGHT - up) for text, (left, up) in _joined(next(_pages(pdf)))}


def _pages(pdf: bytes) -> Iterator[list[Piece]]:
    found = objects(pdf)
    for body in found.values():
        if re.search(rb"/Type/Page\b", body):
            fonts = _fonts(found, resources=found[_reference(body, b"Resources")])
            yield list(_pieces(_stream(found, _reference(body, b"Contents")), fonts=fonts))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Lines: pieces that follow each other on one baseline, since each font makes a piece of its own."""
    lines: list[Piece] = []
    for text, place in pieces:
        if lines and lines[-1][1][1] == place[1]:
            lines[-1] = (lines[-1][0] + text, lines[-1][1])
        else:
            lines.append((text, place))
    return lines


def _fonts(found: dict[int, bytes], *, resources: bytes) -> dict[bytes, dict[int, str]]:
    """What each glyph of each font of a page stands for."""
    return {
        name: _glyphs(_stream(found, _reference(found[int(number)], b"ToUnicode")))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }


def _glyphs(table: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _pieces(content: bytes, *, fonts: dict[bytes, dict[int, str]]) -> Iterator[Piece]:
    font: dict[int, str] = {}
    text, place = "", (0.0, 0.0)
    for name, shown, border, moved in SHOWN.findall(content):
        if name:
            font = fonts[name]
        elif moved:
            left, up = moved.split()[-2:]
            place = (float(left), float(up))
        elif border:
            if border == b"ET":
                yield text, place
            text = ""  # what stood before BT is the name of a language
        else:
            raw = ESCAPE.sub(_unescaped, shown[1:-1])
            codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
            text += "".join(font.get(code, "�") for code in codes)


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else SHORT.get(sign, sign)


def _reference(body: bytes, key: bytes) -> int:
    match = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert match is not None, body[:200]
    return int(match[1])


def _stream(found: dict[int, bytes], number: int) -> bytes:
    match = STREAM.match(found[number])
    assert match is not None
    return zlib.decompress(match[2]) if b"FlateDecode" in match[1] else match[2]
