"""The German words of vouchers."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lueckenlos.offers.programmes.wording import money
from lueckenlos.offers.vouchers.types import Refusal, SchemeView, VoucherState

STATES: Final[dict[VoucherState, Promise]] = {
    VoucherState.ISSUED: gettext_lazy("ausgegeben"),
    VoucherState.REDEEMED: gettext_lazy("eingelöst"),
    VoucherState.SETTLED: gettext_lazy("eingelöst"),
    VoucherState.EXPIRED: gettext_lazy("abgelaufen"),
    VoucherState.WITHDRAWN: gettext_lazy("zurückgenommen"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.USED: gettext_lazy("Dieser Gutschein ist schon eingelöst."),
    Refusal.WITHDRAWN: gettext_lazy(
        "Diesen Gutschein hat die Stelle zurückgenommen, die ihn ausgegeben hat."
    ),
    Refusal.EXPIRED: gettext_lazy("Dieser Gutschein gilt nicht mehr."),
    Refusal.NOT_YET: gettext_lazy("Dieser Gutschein gilt noch nicht."),
    Refusal.KIND: gettext_lazy("Für diese Art von Programm gilt der Gutschein nicht."),
    Refusal.AGE: gettext_lazy(
        "Das Alter passt nicht zu diesem Programm. Haben Sie ein anderes? Dann wählen Sie das."
    ),
    Refusal.FREE: gettext_lazy(
        "Dieses Programm kostet so nichts. Die Familie kann den Gutschein für ein anderes behalten."
    ),
    Refusal.NO_PRICE: gettext_lazy(
        "Der Gutschein bezahlt den Preis des Kurses, aber beim Programm steht keiner. Tragen Sie ihn dort unter „Preise“ ein."
    ),
}


def worth(view: SchemeView) -> str:
    """What a voucher is worth, as families read it."""
    if view.pays_course:
        return _("der ganze Kurs, bis %(amount)s") % {"amount": money(view.cents)}
    return money(view.cents)


def day_words(day: date) -> str:
    """A day as it is said: “31. Juli 2027”."""
    return date_format(day, pgettext("Datumsformat", "j. F Y"))
