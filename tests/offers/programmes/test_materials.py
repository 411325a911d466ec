"""Files for those who had a place: what is taken, who gets them and when, and that they go from the disk."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import NOBODY, Actor, link_to
from lueckenlos.core.incoming import FileKind, UnfitFile
from lueckenlos.offers.programmes import retention, selectors, services
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.models import Session
from lueckenlos.offers.programmes.types import MaterialView
from tests.offers.browsing import client
from tests.offers.programmes.house import Centre, wish
from tests.wall.world import now

PDF = b"%PDF-1.7 Folien"


def packed(*names: str, mimetype: str = "") -> bytes:
    """A zip file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
        if mimetype:
            file.writestr("mimetype", mimetype)
    return made.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")


def add(
    centre: Centre, content: bytes = PDF, *, name: str = "Folien.pdf", session: UUID | None = None
) -> UUID:
    """The centre lays a file down."""
    new = services.NewMaterial(name=name, content=content, session=session)
    return services.add_material(centre.programme.id, new, actor=centre.actor, now=now())


def look(centre: Centre, actor: Actor) -> list[MaterialView]:
    """The files that somebody sees."""
    return selectors.materials(actor, centre.programme.id)


def let_it_be_over(centre: Centre, *, days: int = 1) -> None:
    """The days pass."""
    ended = now() - timedelta(days=days)
    Session.objects.filter(programme=centre.programme.id).update(
        starts_at=ended - timedelta(hours=1), ends_at=ended
    )


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "Folien.pdf", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n.", "Bild.png", FileKind.PNG),
        (WORD, "Text.docx", FileKind.DOCX),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "Folien.pptx", FileKind.PPTX),
        (packed("content.xml", mimetype=FileKind.ODT.value), "Text.odt", FileKind.ODT),
        (PDF, "Folien.exe", FileKind.PDF),
    ],
)
def test_a_file_is_what_it_holds_and_is_named_so(
    centre: Centre, content: bytes, name: str, kind: FileKind
) -> None:
    add(centre, content, name=name)
    (found,) = look(centre, centre.actor)
    assert found.kind is kind
    assert found.name.endswith(f".{kind.suffix}")
    assert services.content_of(found) == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ program", "unknown_file"),
        (packed("setup.exe"), "unknown_file"),
        (b"PK\x03\x04 broken", "unknown_file"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "program"),
        (packed("Basic/Standard/Module1.xml", mimetype=FileKind.ODS.value), "program"),
        (b"%PDF-1.7 /JavaScript", "program"),
    ],
)
def test_what_is_no_paper_or_holds_a_program_is_refused_and_leaves_nothing(
    centre: Centre, content: bytes, why: str
) -> None:
    before = stored()
    with pytest.raises(UnfitFile) as refused:
        add(centre, content)
    assert refused.value.why == why
    assert look(centre, centre.actor) == []
    assert stored() == before


def stored() -> set[Path]:
    """All files on the disk."""
    return {each for each in (Path(settings.HOME) / "documents").rglob("*") if each.is_file()}


def test_families_get_a_file_once_its_date_is_over_and_others_never(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    link = link_to(made.id, purpose="registration")
    add(centre)
    add(centre, name="Handout.pdf", session=centre.programme.sessions[0].id)
    assert look(centre, link) == []
    let_it_be_over(centre)
    assert len(look(centre, link)) == 2
    for outsider in (NOBODY, centre.stranger.acting(), link_to(uuid4(), purpose="registration")):
        assert look(centre, outsider) == []


def test_who_only_waits_gets_nothing(centre: Centre) -> None:
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem"), now=now())
    waits = services.register(wish(centre.programme.id, "Dilan"), now=now())
    add(centre)
    let_it_be_over(centre)
    assert look(centre, link_to(waits.id, purpose="registration")) == []


def test_a_stranger_lays_nothing_down_and_takes_nothing_back(centre: Centre) -> None:
    add(centre)
    (found,) = look(centre, centre.actor)
    new = services.NewMaterial(name="x.pdf", content=PDF)
    before = stored()
    with pytest.raises(NoSuchProgramme):
        services.add_material(centre.programme.id, new, actor=centre.stranger.acting(), now=now())
    with pytest.raises(NoSuchProgramme):
        services.remove_material(found, actor=centre.stranger.acting())
    assert stored() == before
    assert services.content_of(found) == PDF


def test_the_page_gives_the_file_to_be_saved_and_never_run(centre: Centre) -> None:
    made = services.register(wish(centre.programme.id), now=now())
    key = add(centre, WORD, name="Rückblick.docx")
    url = reverse("programmes:own_material", args=[made.code, key])
    assert Client().get(url).status_code == 404
    let_it_be_over(centre)
    answer = Client().get(url)
    assert answer.content == WORD
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == FileKind.DOCX.value
    assert "Rückblick.docx" in Client().get(reverse("programmes:own", args=[made.code])).content.decode()
    assert Client().get(reverse("programmes:own_material", args=[made.code, uuid4()])).status_code == 404
    assert Client().get(reverse("programmes:own_material", args=["ABCD-EFGH-JKLM", key])).status_code == 404


def test_at_the_desk_what_is_refused_is_told_and_others_find_nothing(centre: Centre) -> None:
    url = reverse("programmes:add_material", args=[centre.programme.id])
    browser = client(centre.worker)
    told = browser.post(url, {"file": SimpleUploadedFile("Liste.exe", b"MZ")})
    assert told.status_code == 422
    assert "„Liste.exe“ nehmen wir so nicht" in told.content.decode()
    assert browser.post(url).status_code == 422
    assert browser.post(url, {"file": SimpleUploadedFile("Folien.pdf", PDF)}).status_code == 302
    (found,) = look(centre, centre.actor)
    for name in ("material", "remove_material"):
        stranger = client(centre.stranger)
        there, nowhere = (reverse(f"programmes:{name}", args=[key]) for key in (found.id, uuid4()))
        for deed in (stranger.get, stranger.post):
            assert deed(there).status_code == deed(nowhere).status_code in {404, 405}
    assert browser.get(reverse("programmes:material", args=[found.id])).content == PDF
    assert browser.post(reverse("programmes:remove_material", args=[found.id])).status_code == 302
    assert look(centre, centre.actor) == []


def test_three_months_later_the_files_are_gone_from_the_disk_too(centre: Centre) -> None:
    before = stored()
    add(centre)
    assert len(stored()) == len(before) + 1
    let_it_be_over(centre, days=93)
    (rule,) = [each for each in retention.RULES if each.table == "Material"]
    assert rule.due(now()) == 1
    assert rule.erase(now()) == 1
    assert stored() == before
    assert look(centre, centre.actor) == []
