"""A voucher by mail or short message: sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.core import mail, sms
from lueckenlos.offers.vouchers import selectors
from lueckenlos.offers.vouchers.models import Voucher
from lueckenlos.offers.vouchers.wording import day_words, worth


def send(row: Voucher, *, code: str, to: str, language: str) -> None:
    """The link that the family shows to the club."""
    scheme = selectors.scheme(row.scheme_id)
    if scheme is None:
        return

    def write() -> mail.Letter:
        with translation.override(language):
            context: dict[str, Any] = {
                "title": scheme.title,
                "worth": worth(scheme),
                "until": day_words(row.valid_until),
                "code": code,
                "link": reverse("vouchers:own", args=[code]),
                "page": reverse("vouchers:public"),
            }
            subject = _("Ihr Gutschein: %(title)s") % {"title": scheme.title}
            return mail.letter(
                "vouchers/mail/voucher.txt", to=to, subject=subject, context=context, language=language
            )

    mail.send_when_done(write)


def text(*, code: str, to: str) -> None:
    """The link alone; what it is about stands behind it."""

    def write() -> sms.ShortMessage:
        link = settings.BASE_URL + reverse("vouchers:own", args=[code])
        return sms.ShortMessage(to, f"{_('Ihr Gutschein:')}\n{link}")

    sms.send_when_done(write)
