"""Style sheets and scripts: kept by the browser for good, packed, and never those of yesterday."""

import os
from pathlib import Path

import brotli
import pytest
from django.templatetags.static import static
from django.test import Client

from lueckenlos.config import static_files

SHEET = "core/house.css"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one style sheet and nothing else."""
    sheet = tmp_path / "core" / "static" / "core" / "house.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { color: red }")
    monkeypatch.setattr(static_files, "PACKAGE", tmp_path)
    monkeypatch.setattr(static_files, "VENDOR", tmp_path / "core" / "static" / "vendor")
    return tmp_path


def test_another_state_of_the_files_has_another_address(package: Path) -> None:
    sheet = package / "core" / "static" / "core" / "house.css"
    before = static_files.address()
    sheet.with_name("house.css.br").write_bytes(b"packed")
    assert static_files.address() == before
    sheet.write_text("p { color: blue }")
    changed = static_files.address()
    assert changed != before
    (package / "core" / "static" / "vendor").mkdir()
    (package / "core" / "static" / "vendor" / ".stamp").write_text("other libraries")
    assert static_files.address() not in {before, changed}


def test_a_browser_may_keep_a_file_and_gets_it_packed(client: Client) -> None:
    answer = client.get(static(SHEET), headers={"accept-encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert brotli.decompress(answer.getvalue()) == client.get(static(SHEET)).getvalue()


@pytest.mark.parametrize("path", static_files.own_files(), ids=lambda path: path.name)
def test_each_packed_copy_holds_what_its_file_holds(path: Path) -> None:
    copy = path.with_name(f"{path.name}.br")
    if copy.exists() or path.suffix in {".css", ".js"}:
        assert brotli.decompress(copy.read_bytes()) == path.read_bytes()


def test_a_copy_older_than_its_file_is_not_sent(tmp_path: Path) -> None:
    sheet, copy = tmp_path / "house.css", tmp_path / "house.css.br"
    sheet.write_text("p { color: blue }" * 50)
    copy.write_bytes(brotli.compress(b"p { color: red }"))
    os.utime(copy, (1, 1))
    middleware = static_files.StaticFilesMiddleware(lambda request: None)

    def copies() -> int:
        states = {str(path): path.stat() for path in (sheet, copy)}
        return len(middleware.get_static_file(str(sheet), "/house.css", states).alternatives)

    assert copies() == 1
    os.utime(copy)
    assert copies() == 2
