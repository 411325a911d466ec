"""Secrecy and letters: sheets of their own, each for one person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from lueckenlos.commons.privacy import selectors as privacy
from tests.care.cases.conftest import Office
from tests.care.cases.test_consents import TODAY, father, text_of, url
from tests.core.pdf_reading import pages


def test_secrecy_is_a_list_and_a_sheet_of_its_own(ready: Office) -> None:
    client = ready.client(ready.worker)
    given = {
        "released": "Dr. Beispiel, Kinderärztin",
        "towards": "Schulamt",
        "given_by": str(ready.mother),
        "subject": str(ready.child),
        "valid_until": (TODAY() + timedelta(days=90)).isoformat(),
        "form": "paper",
        "given_on": "",
        "oral_reason": "",
    }
    sheet = client.post(url("secrecy", ready), {**given, "drucken": "1"})
    text = " ".join(" ".join(pages(sheet.content)).split())
    assert "Von der Schweigepflicht entbinden" in text and "Dr. Beispiel" in text
    assert client.post(url("secrecy", ready), {**given, "eintragen": "1"}).status_code == 302
    page = text_of(client.get(url("consents", ready)))
    assert "darf mit Schulamt über Lio Muster sprechen" in page
    assert "Noch keine Einwilligung" in page
    (release,) = privacy.secrecy_of(ready.worker.acting(), ready.file)
    client.post(url("secrecy_end", ready, release.id))
    assert "gilt nicht mehr" in text_of(client.get(url("consents", ready)))
    oral = client.post(url("secrecy", ready), {**given, "form": "oral", "eintragen": "1"})
    assert "Grund" in text_of(oral) and oral.status_code == 422


def test_each_person_has_their_own_letter_for_their_own_page(ready: Office) -> None:
    client, other = ready.client(ready.worker), father(ready)
    hers = " ".join(pages(client.post(url("own_page_letter", ready, ready.mother)).content))
    his = " ".join(pages(client.post(url("own_page_letter", ready, other)).content))
    assert "Mara" in hers and "Ivo" not in hers
    assert "Ivo" in his and "Mara" not in his
    assert client.post(url("own_page_letter", ready, uuid4())).status_code == 404
