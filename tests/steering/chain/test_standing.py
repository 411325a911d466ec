"""Internal, shared, public: those concerned see first what is said about them, and say what they think of it."""

import html
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lueckenlos.commons.directory.models import Organization
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Grant, Role, ScopeKind
from lueckenlos.kernels.chain.types import Cell, Verdict
from lueckenlos.steering.chain.models import Note, StandingChange
from lueckenlos.steering.chain.selectors import drawn
from lueckenlos.steering.chain.selectors.standing import cell_key
from lueckenlos.steering.chain.selectors.talk import key_of, notes_of, standing_of
from lueckenlos.steering.chain.services import talk
from lueckenlos.steering.chain.types import CellKey, Standing
from tests.steering.chain.conftest import KREUZAU, TITZ, municipality

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PUBLIC = "/kette/oeffentlich/"


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    with override("de"):
        yield


def gap_in(area: str) -> Cell:
    return next(cell for cell in drawn().chain.cells if cell.area == area and cell.verdict is Verdict.GAP)


def address(cell: Cell) -> str:
    return reverse("chain:cell", args=[cell.area, cell.phase, cell.field])


def text_of(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def keep_internal(cell: Cell) -> None:
    StandingChange.objects.create(
        subject=cell_key(cell).subject, area=cell.area, state=Standing.INTERNAL, at=clock.now()
    )


def change(
    client: Client, cell: Cell, *, to: Standing, reason: str = "geprüft", could_not_wait: str = ""
) -> int:
    return client.post(
        address(cell),
        {
            "deed": "standing",
            "standing-state": to.value,
            "standing-reason": reason,
            "standing-could_not_wait": could_not_wait,
        },
    ).status_code


def test_a_subject_names_its_cell_or_seam_again() -> None:
    for key in (CellKey(TITZ, "kita", "kultur"), CellKey(TITZ, "kita", to="grundschule")):
        assert key_of(key.subject) == key
    assert key_of("figure:continuity") is key_of("note:7") is None


# Comments and notes


def test_the_municipality_comments_and_coordination_reads_and_answers(signed_in: SignIn) -> None:
    cell = gap_in(TITZ)
    kommune, coordination = signed_in("kommune"), signed_in("koordination")
    kommune.post(address(cell), {"deed": "comment", "comment-text": "Der Verein hat zwei Gruppen mehr."})

    waiting = text_of(coordination, reverse("chain:standing"))
    assert "Der Verein hat zwei Gruppen mehr." in waiting
    assert "Kommune Titz" in text_of(coordination, address(cell))

    answer = {"deed": "note", "note-text": "Danke, wir fragen nach.", "note-state": "shared"}
    coordination.post(address(cell), answer)
    coordination.post(address(cell), {"deed": "note", "note-text": "Nur für uns.", "note-state": "internal"})
    seen = text_of(kommune, address(cell))
    assert "Danke, wir fragen nach." in seen
    assert "Nur für uns." not in seen
    assert "Kommentare, die auf Antwort warten" in waiting
    assert "Der Verein hat zwei Gruppen mehr." not in text_of(coordination, reverse("chain:standing"))


def test_nobody_comments_on_what_is_not_about_them(signed_in: SignIn, titz: Actor) -> None:
    other = gap_in(KREUZAU)
    given = {"deed": "comment", "comment-text": "?"}
    assert signed_in("kommune").post(address(other), given).status_code == 404
    assert signed_in("familie").post(address(other), given).status_code == 404
    with pytest.raises(talk.NotYours):
        talk.comment(cell_key(other).subject, text="?", actor=titz, now=clock.now())
    assert not Note.objects.exists()


def test_a_public_cell_of_another_municipality_is_read_and_not_commented(
    titz: Actor, signed_in: SignIn
) -> None:
    other = gap_in(KREUZAU)
    assert change(signed_in("koordination"), other, to=Standing.PUBLIC) == 302
    client = signed_in("kommune")
    assert "Ihr Kommentar" not in text_of(client, address(other))
    assert client.post(address(other), {"deed": "comment", "comment-text": "?"}).status_code == 404


def test_a_comment_stays_between_its_office_and_coordination() -> None:
    organization = Organization.objects.get(name="Stadtteilzentrum Nord")
    own = set(organization.services.values_list("key", flat=True))
    cell = next(each for each in drawn().chain.cells if own & {share.service for share in each.services})
    place, other = municipality(cell.area), municipality(TITZ)
    talk.comment(cell_key(cell).subject, text="Unter uns.", actor=place, now=clock.now())
    assert [note.by_label for note in notes_of(cell, actor=place)] == [
        f"Kommune {drawn().labels.areas[cell.area]}"
    ]
    assert notes_of(cell, actor=other) == []
    provider = provider_of(organization)
    assert notes_of(cell, actor=provider) == []
    talk.comment(cell_key(cell).subject, text="Wir haben mehr.", actor=provider, now=clock.now())
    assert [note.by_label for note in notes_of(cell, actor=provider)] == ["Stadtteilzentrum Nord"]


def provider_of(organization: Organization) -> Actor:
    grant = Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(organization.id))
    return replace(municipality(TITZ), grants=(grant,))


def test_what_was_taken_back_is_left_to_coordination_struck_through(signed_in: SignIn) -> None:
    cell = gap_in(TITZ)
    kommune, coordination = signed_in("kommune"), signed_in("koordination")
    kommune.post(address(cell), {"deed": "comment", "comment-text": "Das war falsch."})
    note = Note.objects.get()
    assert coordination.post(address(cell), {"deed": "take-back", "note": note.pk}).status_code == 404
    assert kommune.post(address(cell), {"deed": "take-back", "note": note.pk}).status_code == 302
    assert "Das war falsch." not in text_of(kommune, address(cell))
    assert "<s>Das war falsch.</s>" in text_of(coordination, address(cell))
    assert Note.objects.count() == 1


def test_an_empty_comment_comes_back_with_what_to_do(signed_in: SignIn) -> None:
    answer = signed_in("kommune").post(address(gap_in(TITZ)), {"deed": "comment", "comment-text": " "})
    assert answer.status_code == 422
    assert "Bitte schreiben Sie, was Sie dazu sagen möchten." in answer.content.decode()


# States


def test_nothing_internal_becomes_public_without_a_word_on_why_it_cannot_wait(signed_in: SignIn) -> None:
    cell, client = gap_in(TITZ), signed_in("koordination")
    keep_internal(cell)
    assert change(client, cell, to=Standing.PUBLIC) == 422
    assert standing_of(cell_key(cell).subject) is Standing.INTERNAL
    assert change(client, cell, to=Standing.PUBLIC, could_not_wait="Der Rat tagt morgen") == 302
    assert standing_of(cell_key(cell).subject) is Standing.PUBLIC
    assert "Der Rat tagt morgen" in text_of(client, address(cell))


def test_a_step_needs_a_reason_and_is_never_overwritten(signed_in: SignIn) -> None:
    cell, client = gap_in(TITZ), signed_in("koordination")
    assert change(client, cell, to=Standing.PUBLIC, reason="") == 422
    for state in (Standing.PUBLIC, Standing.INTERNAL, Standing.SHARED):
        assert change(client, cell, to=state, could_not_wait="x") == 302
    rows = StandingChange.objects.filter(subject=cell_key(cell).subject).order_by("id")
    assert [row.state for row in rows] == ["public", "internal", "shared"]


def test_only_coordination_changes_how_far_something_goes(signed_in: SignIn, titz: Actor) -> None:
    cell = gap_in(TITZ)
    assert change(signed_in("kommune"), cell, to=Standing.PUBLIC) == 404
    with pytest.raises(talk.NotYours):
        talk.change_standing(
            cell_key(cell).subject, to=Standing.PUBLIC, reason="?", actor=titz, now=clock.now()
        )
    assert signed_in("kommune").get(reverse("chain:standing")).status_code == 404
    assert signed_in("familie").get(reverse("chain:standing")).status_code == 404


def test_everything_internal_about_a_municipality_is_shared_at_once(
    signed_in: SignIn, coordination: Actor
) -> None:
    cell = gap_in(TITZ)
    keep_internal(cell)
    assert signed_in("kommune").get(address(cell)).status_code == 404
    client = signed_in("koordination")
    given = {"deed": "share", "share-area": TITZ, "share-reason": "vor der Regionalkonferenz"}
    assert client.post(reverse("chain:standing"), given).status_code == 302
    assert signed_in("kommune").get(address(cell)).status_code == 200
    again = talk.share_municipality(TITZ, reason="noch einmal", actor=coordination, now=clock.now())
    assert again == 0


# The public page


def test_the_public_page_says_that_nothing_is_released_yet() -> None:
    assert "Noch ist nichts veröffentlicht" in text_of(Client(), PUBLIC)


def test_the_public_page_shows_what_is_public_and_nothing_else(signed_in: SignIn) -> None:
    public, shared = gap_in(TITZ), gap_in(KREUZAU)
    client = signed_in("koordination")
    assert change(client, public, to=Standing.PUBLIC) == 302
    for text, state in (
        ("Wir arbeiten daran.", "shared"),
        ("Nur geteilt.", "shared"),
        ("Intern.", "internal"),
    ):
        client.post(address(public), {"deed": "note", "note-text": text, "note-state": state})
    first = Note.objects.order_by("id").first()
    assert first is not None
    on = {"deed": "note-on", "note": first.pk}
    client.post(address(public), on)
    assert Note.objects.get(pk=first.pk).state == Standing.SHARED
    client.post(address(public), on | {"reason": "für alle " + "ä" * 10_000})
    said = text_of(Client(), PUBLIC)
    assert '<h2 id="ort-1">Titz</h2>' in said
    assert "Es fehl" in said
    assert "Wir arbeiten daran." in said
    assert "Nur geteilt." not in said
    assert "Intern." not in said
    assert f">{drawn().labels.areas[shared.area]}<" not in said
    assert "Lücken im ganzen Kreis" not in said


def test_a_figure_is_released_like_a_cell(signed_in: SignIn) -> None:
    client, subject = signed_in("koordination"), "figure:gaps"
    given = {
        "deed": subject,
        "figure-gaps-state": "public",
        "figure-gaps-reason": "Jahresbericht",
        "figure-gaps-could_not_wait": "",
    }
    assert client.post(reverse("chain:standing"), given).status_code == 422
    for state in ("shared", "public"):
        assert client.post(reverse("chain:standing"), given | {"figure-gaps-state": state}).status_code == 302
    gaps = sum(cell.verdict is Verdict.GAP for cell in drawn().chain.cells)
    assert f"Lücken im ganzen Kreis: {gaps}" in text_of(Client(), PUBLIC)
