"""One's own data to take along: as JSON for programs, as PDF for people (Art. 15 and 20 GDPR)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy.picture import day
from lueckenlos.commons.privacy.types import ConsentView, DisclosureView
from lueckenlos.commons.privacy.wording import RIGHTS
from lueckenlos.core import clock, printing
from lueckenlos.core.letters import FROM_THE_RIGHT, PLAIN
from lueckenlos.portal.own_data.page import ConsentRow, OwnPage

TEMPLATE: Final = Path(__file__).parent / "printed" / "own.typ"
FORMAT: Final = "lueckenlos-own-data/1"


def held_back() -> list[str]:
    """What is not shown, in general words: the same for everybody, so that nobody learns from it whether there is any."""
    return [
        _("Was eine andere Person jemandem anvertraut hat."),
        _("Wer einem Amt etwas gemeldet hat."),
        _("Was ein junger Mensch sich ohne Wissen der Eltern hat raten lassen."),
        _("Adressen mit Auskunftssperre."),
        _("Schritte zum Schutz eines Kindes, solange es das Kind gefährden könnte, davon zu wissen."),
    ]


def as_json(page: OwnPage, *, seen: Sequence[DisclosureView], now: datetime) -> str:
    """The page as one JSON document, with all disclosures."""
    offices = directory.organization_names(
        {each.organization for each in seen}
        | {scope.value.organization for row in page.consents for scope in row.consent.scopes}
    )
    document = {
        "format": FORMAT,
        "made_at": now,
        "controller": places.county().name,
        "person": page.person,
        "sections": {
            section.key: {
                "title": section.title,
                "why": section.why,
                "items": [{"office": item.office, "at": item.at, **item.data} for item in section.items],
            }
            for section in page.sections
        },
        "consents": [_consent(row, offices=offices) for row in page.consents],
        "secrecy": [
            {
                "released": row.release.released,
                "towards": row.towards,
                "given_at": row.release.given_at,
                "valid_until": row.release.valid_until,
                "ended_at": row.release.ended_at,
            }
            for row in page.secrecy
        ],
        "disclosures": [
            {
                "seen_at": each.seen_at,
                "office": offices.get(each.organization, ""),
                "category": each.category.value,
                "ground": each.ground.value,
                "purpose": each.purpose,
            }
            for each in seen
        ],
        "requests": [
            {
                "kind": each.kind.value,
                "text": each.text,
                "asked_at": each.asked_at,
                "due_at": each.due_at,
                "outcome": each.outcome.value if each.outcome else None,
                "answer": each.answer,
                "answered_at": each.answered_at,
            }
            for each in page.rights
        ],
        "held_back": held_back(),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain)


def as_pdf(page: OwnPage, *, now: datetime) -> bytes:
    """The page as a tagged PDF in the language of the reader."""
    language = get_language() or "de"
    legal = places.county().settings.get("legal", {}).get("data_protection", {})
    data = {
        "language": "de" if language == PLAIN else language,
        "from_the_right": language in FROM_THE_RIGHT,
        "title": _("Meine Daten"),
        "subtitle": f"{page.name}, {day(now)}" if page.name else day(now),
        "foot": places.county().name,
        "sections": [
            {
                "title": section.title,
                "why": section.why,
                "items": [
                    {
                        "title": item.title,
                        "note": ", ".join(filter(None, (day(item.at) if item.at else "", item.office))),
                        "facts": [list(fact) for fact in item.facts],
                    }
                    for item in section.items
                ],
            }
            for section in page.sections
        ],
        "nothing": _("Nichts gespeichert."),
        "consents_title": _("Was Sie erlaubt haben"),
        "consents": [_consent_words(row) for row in page.consents],
        "seen_title": _("Wer etwas gesehen hat"),
        "seen_head": [_("Wann"), _("Wer"), _("Was"), _("Warum")],
        "seen": [
            [
                _day(row.day),
                row.office,
                ", ".join(row.categories),
                f"{row.ground}, {row.purpose}" if row.purpose else row.ground,
            ]
            for row in page.seen
        ],
        "rights_title": _("Worum Sie gebeten haben"),
        "rights": [f"{day(each.asked_at)}: {RIGHTS[each.kind]}" for each in page.rights],
        "held_title": _("Was hier nicht steht"),
        "held_lead": _(
            "Manches zeigen wir erst, wenn eine Fachkraft darauf geschaut hat. Das gilt für alle Menschen:"
        ),
        "held": held_back(),
        "complain": _("Beschweren können Sie sich bei: %(office)s, %(authority)s.")
        % {"office": legal.get("office", ""), "authority": legal.get("authority", "")},
    }
    return printing.pdf(TEMPLATE, data, now=now)


def _consent(row: ConsentRow, *, offices: dict[UUID, str]) -> dict[str, Any]:
    consent: ConsentView = row.consent
    return {
        "title": row.title,
        "about": row.about,
        "form": consent.form.value,
        "given_at": consent.given_at,
        "valid_until": consent.valid_until,
        "state": consent.state.value,
        "ended_at": consent.ended_at,
        "scopes": [
            {
                "office": offices.get(scope.value.organization, ""),
                "category": scope.value.category.value,
                "purpose": scope.value.purpose.value,
                "mode": scope.value.mode.value,
                "ended_at": scope.ended_at,
            }
            for scope in consent.scopes
        ],
    }


def _consent_words(row: ConsentRow) -> dict[str, Any]:
    state = _("gilt bis %(day)s") % {"day": row.until} if row.is_open else _("gilt nicht mehr")
    return {
        "title": row.title,
        "note": ", ".join(filter(None, (row.about, state))),
        "rows": [f"{each.office}: {each.label} ({each.purpose})" for each in row.rows],
    }


def _day(value: date) -> str:
    return day(datetime.combine(value, time.min, tzinfo=clock.zone()))


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
