"""What an address says, read before anybody reckons with it: people type in addresses, and so do their scripts."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

# Nobody plans or looks back further; weeks and years around such a day can still be reckoned.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def day_in(text: str | None) -> date | None:
    """The day that an address names; none where it is none, or too far off to reckon around it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def month_in(text: str | None) -> date | None:
    """The first day of the month that an address names, such as 2027-03."""
    return day_in(f"{text}-01")


def words_in(given: QueryDict, name: str, *, longest: int) -> str:
    """Words as somebody typed them, cut to what there is room for, without the one sign that no database keeps."""
    return given.get(name, "").replace("\0", "").strip()[:longest]


def back_in(request: HttpRequest, name: str, *, otherwise: str) -> str:
    """The page of this house that a form names to go back to; the other where it names none."""
    target = request.POST.get(name, "")
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else otherwise
