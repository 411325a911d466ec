"""A case as one document for the office's specialist system: this is no second file.

What was confided to the actor alone stays here: the specialist system is read by more than one.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from lueckenlos.care.cases.page import CasePage, RecordLine
from lueckenlos.care.cases.wording import CHANNELS, STATES
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock, printing

PRINTED: Final = Path(__file__).resolve().parent.parent / "printed"
TEMPLATE: Final = PRINTED / "case.typ"
# The log of advice with a pseudonym: whoever asked keeps one page.
ONE_PAGE: Final = PRINTED / "one_page.typ"


def case_data(page: CasePage, *, now: datetime) -> dict[str, Any]:
    """Everything of a case that its worker may hand out, as words and as data."""
    called = directory.organization_names(
        {page.case.organization, *(referral.to_organization for referral in page.referrals)}
    )
    return {
        "title": page.case.pseudonym,
        "subtitle": page.case.pathway_title,
        "foot": f"{called.get(page.case.organization, '')} · Stand {_day(now)} · vertraulich",
        "facts": [
            ["Vorgang", str(page.case.file)],
            ["Weg", f"{page.case.pathway_title}, Fassung {page.case.pathway_version}"],
            ["Stand", page.case.stage_title],
            ["Eingang", f"{_day(page.case.opened_at)}, {CHANNELS[page.case.channel]}"],
            ["Abschluss", _day(page.case.closed_at) if page.case.closed_at else "läuft noch"],
            ["Zuständig", page.owner or "–"],
        ],
        "people": [
            [line.name, line.role, _day_of(line.person.born_on) if line.person else ""]
            for line in page.people
        ],
        "goals": [
            {"text": goal.text, "ratings": [f"{value} am {_day(at)}" for at, _by, value in goal.ratings]}
            for goal in page.goals
        ],
        "records": [_record(line) for line in reversed(page.records) if _leaves(line)],
        "offices": [
            [each.name, each.purpose, ", ".join(each.categories), _day(each.until)] for each in page.offices
        ],
        "referrals": [
            [called.get(each.to_organization, ""), str(STATES[each.state]), _day(each.proposed_at)]
            for each in page.referrals
        ],
    }


def case_pdf(page: CasePage, *, now: datetime) -> bytes:
    """The same as PDF/A with its data attached."""
    template = ONE_PAGE if page.is_nameless else TEMPLATE
    return printing.archive_pdf(template, case_data(page, now=now), now=now)


def seen_in(page: CasePage) -> set[tuple[UUID, Any]]:
    """What of whom the document holds, for the list of disclosures."""
    return {(line.record.about, line.record.category) for line in page.records if _leaves(line)}


def _leaves(line: RecordLine) -> bool:
    return not line.record.is_confided and not line.record.is_draft


def _record(line: RecordLine) -> dict[str, Any]:
    return {
        "title": line.title,
        "when": " · ".join(filter(None, [_moment(line.record.happened_at), line.about, line.author])),
        "words": line.record.words,
        "text": line.record.text,
        "entries": [list(entry) for entry in line.entries],
    }


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.zone()):%d.%m.%Y}"


def _day_of(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.zone()):%d.%m.%Y, %H:%M} Uhr"
