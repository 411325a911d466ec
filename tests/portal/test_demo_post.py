"""The post of a demo reads as it was written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage, get_connection

from lueckenlos.portal.demo import letters_in


def test_umlauts_and_links_stand_in_the_post_and_nothing_of_a_letter_becomes_html(
    tmp_path: Path, settings: Any
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path))
    for text in ("Grüße aus Jülich: https://example.org/ä <b>fett</b>", "Zweite"):
        EmailMessage("Für Sie", text, to=["a@example.org"], connection=backend).send()
    letters = [letter for path in sorted(tmp_path.glob("*.log")) for letter in letters_in(path)]
    assert {letter.subject for letter in letters} == {"Für Sie"}
    first = next(letter for letter in letters if "Jülich" in letter.text)
    assert "Grüße" in first.text
    assert "<b>" not in first.text
    assert re.fullmatch(r"(Mo|Di|Mi|Do|Fr|Sa|So), \d+\. \w+ \d{4}, \d{2}:\d{2}", first.sent)
    assert 'href="https://example.org/' in first.text
