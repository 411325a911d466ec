"""What goes out comes back the same."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lueckenlos.commons.directory.exchange import deliver, export_folder, import_delivery
from lueckenlos.kernels.openreferral import Profile
from tests.commons.directory.exchange.snapshots import SENDER, clear, snapshot

NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["", "csv"])
def test_the_demo_county_comes_back_as_it_went_out(tmp_path: Path, form: str) -> None:
    before = snapshot()
    export_folder(tmp_path, profile=Profile.DE)
    clear()
    report = import_delivery(deliver(str(tmp_path / form)), actor=SENDER, now=NOW)
    assert [note.sentence for note in report.notes.kept] == []
    assert report.written.services.added == len([name for name in before if name.startswith("service")])
    after = snapshot()
    assert after.keys() == before.keys()
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}


@pytest.mark.django_db
def test_importing_what_is_there_already_changes_nothing(tmp_path: Path) -> None:
    export_folder(tmp_path, profile=Profile.DE)
    written = import_delivery(deliver(str(tmp_path)), actor=SENDER, now=NOW).written
    for counts in (written.services, written.organizations, written.locations):
        assert (counts.added, counts.changed, counts.gone) == (0, 0, 0)
        assert counts.unchanged > 100
