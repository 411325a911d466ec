"""A booking on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse

from lueckenlos.core import clock, letters, printing
from lueckenlos.core.times import time_words
from lueckenlos.offers.bookings.types import BookingView, ResourceView, Way

TEMPLATE: Final = Path(__file__).parent / "printed" / "slip.typ"


def slip(view: BookingView, resource: ResourceView, *, code: str) -> bytes:
    """When, where and with whom, as a tagged PDF; the code leads to where it can be moved or given back."""
    address = settings.BASE_URL + reverse("bookings:own", args=[code])
    by_phone = view.way is Way.PHONE
    data = {
        "title": resource.title,
        "name": view.name,
        "when": time_words(view.starts_at, view.ends_at),
        "place": "am Telefon" if by_phone else resource.place,
        "organization": resource.organization_name,
        "address": address,
    }
    return printing.pdf(TEMPLATE, data, now=clock.real_now(), files={"qr.svg": letters.qr_svg(address)})
