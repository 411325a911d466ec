"""Consents on paper: a copy of what was asked and answered, and a blank form to sign, in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import picture, selectors
from lueckenlos.commons.privacy.asked import GERMAN, AskedPage
from lueckenlos.commons.privacy.loading import paragraphs
from lueckenlos.commons.privacy.types import DraftAnswer, DraftView, ScopeValue, TextView
from lueckenlos.commons.privacy.wording import CATEGORIES, MODES, PURPOSES
from lueckenlos.core import printing
from lueckenlos.core.letters import FROM_THE_RIGHT, PLAIN

TEMPLATE: Final = Path(__file__).parent / "printed" / "consent.typ"


@dataclass(frozen=True, slots=True)
class Mark:
    """One line on paper: what it allows, and how its box stands."""

    value: ScopeValue
    sign: str


def copy(page: AskedPage, *, now: datetime) -> bytes:
    """The question and its answer, to keep."""
    allowed = {each.value for each in page.given if each.is_open}
    ended = {each.value for each in page.given if not each.is_open}
    signs = {True: "yes", False: "no"}
    marks = [
        Mark(
            scope,
            "ended" if scope in ended else ("empty" if page.is_open else signs[scope in allowed]),
        )
        for scope in page.draft.scopes
    ]
    answered = page.draft.answer in {DraftAnswer.AGREED, DraftAnswer.DECLINED}
    return _pdf(
        page.draft,
        texts=[text for text in (page.text, page.second) if text is not None],
        marks=marks,
        office=page.office.name,
        signs="answered" if answered else "",
        now=now,
    )


def blank(draft: DraftView, *, language: str, office: str, now: datetime) -> bytes:
    """A form to fill in with a pen and to sign."""
    wanted = [language] if language == GERMAN else [language, GERMAN]
    texts = [selectors.text(draft.text.id, language=each) or draft.text for each in wanted]
    marks = [Mark(scope, "empty") for scope in draft.scopes]
    return _pdf(draft, texts=texts, marks=marks, office=office, signs="blank", now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyForm:
    """Who shall be released from secrecy (§ 203 StGB), towards whom, by whom, until when."""

    released: str
    towards: str
    given_by: str
    until: datetime


def secrecy(form: SecrecyForm, *, texts: Sequence[TextView], office: str, now: datetime) -> bytes:
    """The sheet of its own for a release from secrecy: not a consent, so never on the same page."""
    facts = []
    for text in texts:
        with override(text.language):
            facts.append(
                [
                    (_("Wer sprechen darf"), form.released),
                    (_("Mit wem"), form.towards),
                    (_("Wer das erlaubt"), form.given_by),
                    (_("Bis wann"), picture.day(form.until)),
                ]
            )
    data = {
        "office": office,
        "parts": [_part(text, facts=told) for text, told in zip(texts, facts, strict=True)],
        "rows": [],
        "signs": "blank",
    }
    return printing.pdf(TEMPLATE, data, now=now)


def _pdf(
    draft: DraftView,
    *,
    texts: Sequence[TextView],
    marks: Iterable[Mark],
    office: str,
    signs: str,
    now: datetime,
) -> bytes:
    once = list({text.language: text for text in texts}.values())
    data = {
        "office": office,
        "parts": [_part(text, facts=_facts(draft, text.language, office=office)) for text in once],
        "rows": _rows(marks, [text.language for text in once]),
        "signs": signs,
    }
    return printing.pdf(TEMPLATE, data, now=now)


def _part(text: TextView, *, facts: list[tuple[str, str]]) -> dict[str, Any]:
    """One language of the sheet with the house's own words in it."""
    with override(text.language):
        return {
            "language": GERMAN if text.language == PLAIN else text.language,
            "from_the_right": text.language in FROM_THE_RIGHT,
            "title": text.title,
            "paragraphs": [{"heading": heading, "words": words} for heading, words in paragraphs(text.text)],
            "facts": [list(each) for each in facts],
            "who": _("Wer"),
            "what": _("Was"),
            "until": _("Bis wann"),
            "lines": _("Was Sie erlauben"),
            "yes": _("erlaubt"),
            "no": _("nicht erlaubt"),
            "ended": _("zurückgenommen"),
            "place": _("Ort und Tag"),
            "signature": _("Unterschrift"),
            "tick": _("Kreuzen Sie an, was Sie erlauben. Was frei bleibt, erlauben Sie nicht."),
        }


def _facts(draft: DraftView, language: str, *, office: str) -> list[tuple[str, str]]:
    with override(language):
        answered = {
            DraftAnswer.OPEN: _("noch offen"),
            DraftAnswer.AGREED: _("Ja, wie unten angekreuzt"),
            DraftAnswer.DECLINED: _("Nein"),
            DraftAnswer.REVOKED: _("nicht mehr gefragt"),
        }[draft.answer]
        until = picture.day(draft.valid_until)
        return [
            (_("Wer fragt"), office),
            (_("Wen"), draft.asked_label),
            (_("Um wessen Daten geht es"), draft.subject_label),
            (_("Bis wann"), f"{until} ({draft.end_named})" if draft.end_named else until),
            *([] if draft.answer is DraftAnswer.OPEN else [(_("Antwort"), answered)]),
        ]


def _rows(marks: Iterable[Mark], languages: list[str]) -> list[dict[str, Any]]:
    """One row a line: office, then what it may know, in each language."""
    ordered = list(marks)
    names = directory.organization_names({mark.value.organization for mark in ordered})
    rows = []
    for mark in ordered:
        words = []
        for language in languages:
            with override(language):
                words.append(
                    f"{CATEGORIES[mark.value.category]} ({PURPOSES[mark.value.purpose]}, {MODES[mark.value.mode]})"
                )
        rows.append({"name": names.get(mark.value.organization, ""), "words": words, "sign": mark.sign})
    return sorted(rows, key=lambda row: row["name"])
