"""What a programme looks like on paper: certificate, leaflet, and the words for the press."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from lueckenlos.core import clock, letters, printing
from lueckenlos.core.ages import ages_words
from lueckenlos.core.times import hours_words
from lueckenlos.offers.programmes import certificates
from lueckenlos.offers.programmes.page import cost, shown
from lueckenlos.offers.programmes.types import Format, ProgrammeView, SeatView, SessionView
from lueckenlos.offers.programmes.wording import session_words

PRINTED: Final = Path(__file__).parent / "printed"
MOST_DATES: Final = 10


def certificate(view: ProgrammeView, seat: SeatView, attended: list[SessionView], *, now: datetime) -> bytes:
    """That somebody was there, as a tagged PDF with a code that anybody may check."""
    minutes = certificates.minutes_of(attended)
    code = certificates.code_of(view, seat.name, minutes=minutes)
    address = settings.BASE_URL + reverse("programmes:certificate", args=[code])
    data = {
        "name": seat.name,
        "title": view.title,
        "summary": view.summary,
        "organization": view.organization_name,
        "speakers": view.speakers,
        "dates": [session_words(each) for each in attended],
        "hours": hours_words(minutes),
        "code": code,
        "address": address,
        "day": _day(now),
    }
    return printing.pdf(PRINTED / "certificate.typ", data, now=now, files={"qr.svg": letters.qr_svg(address)})


def leaflet(view: ProgrammeView, *, now: datetime) -> bytes:
    """One page to hang up or to hand on, as a tagged PDF; its code leads to the registration."""
    address = settings.BASE_URL + reverse("programmes:programme", args=[view.key])
    told = shown(view, now=now)
    ahead = [date.words for date in told.dates if not date.is_over and not date.session.is_cancelled]
    data = {
        "title": view.title,
        "kind": told.kind,
        "summary": view.summary,
        "paragraphs": _paragraphs(view.description),
        "dates": ahead[:MOST_DATES],
        "more": max(len(ahead) - MOST_DATES, 0),
        "facts": told.facts,
        "address": address,
    }
    return printing.pdf(PRINTED / "leaflet.typ", data, now=now, files={"qr.svg": letters.qr_svg(address)})


def press_text(view: ProgrammeView, *, now: datetime) -> str:
    """A short report for newspapers and municipal bulletins, in whole sentences."""
    told = shown(view, now=now)
    ahead = [date.words for date in told.dates if not date.is_over and not date.session.is_cancelled]
    where = "online" if view.format is Format.ONLINE else view.place
    first = f"{view.organization_name} lädt ein: {told.kind} „{view.title}“."
    lines = [
        view.title,
        "",
        " ".join(filter(None, (first, view.summary))),
        *_paragraphs(view.description),
        "",
        *(("Termin: " if len(ahead) == 1 else "Termine: ") + "; ".join(ahead),) * bool(ahead),
        *(f"Ort: {where}",) * bool(where),
        *(f"Alter: {ages_words(view.age_min, view.age_max)}",) * bool(ages_words(view.age_min, view.age_max)),
        *(f"Es spricht: {view.speakers}",) * bool(view.speakers),
        *(f"Gemeinsam mit: {view.partners}",) * bool(view.partners),
        f"Kosten: {cost(view)}",
        f"Anmeldung ohne Konto: {settings.BASE_URL}{reverse('programmes:programme', args=[view.key])}",
    ]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _day(now: datetime) -> str:
    return date_format(clock.day_of(now), "j. F Y")
