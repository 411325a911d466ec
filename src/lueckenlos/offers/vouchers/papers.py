"""A voucher on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse

from lueckenlos.core import letters, printing
from lueckenlos.offers.vouchers.types import SchemeView, VoucherView
from lueckenlos.offers.vouchers.wording import day_words, worth

TEMPLATE: Final = Path(__file__).parent / "printed" / "voucher.typ"


def slip(view: VoucherView, scheme: SchemeView, *, code: str, giver: str, now: datetime) -> bytes:
    """What it is worth and until when, as a tagged PDF without a name; the club scans the code or types it."""
    address = settings.BASE_URL + reverse("vouchers:own", args=[code])
    data = {
        "title": scheme.title,
        "worth": worth(scheme),
        "from": day_words(view.valid_from),
        "until": day_words(view.valid_until),
        "code": code,
        "giver": giver,
        "payer": scheme.organization_name,
        "address": address,
        "page": settings.BASE_URL + reverse("vouchers:public"),
    }
    return printing.pdf(TEMPLATE, data, now=now, files={"qr.svg": letters.qr_svg(address)})
