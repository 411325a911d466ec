"""German words for cases: what is missing, how it came in, what cannot be."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from lueckenlos.care.cases.types import Channel, ReferralMode, ReferralState
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.privacy.wording import CATEGORIES
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.kernels.pathways import Need, Pathway, Requirement

Words = StrOrPromise

CHANNELS: Final[dict[Channel, Words]] = {
    Channel.PHONE: _("am Telefon"),
    Channel.COUNTER: _("im Büro"),
    Channel.PAGE: _("über die Website"),
    Channel.MAIL: _("mit Brief oder E-Mail"),
    Channel.OFFICE: _("von einer anderen Stelle"),
}

MODES: Final[dict[ReferralMode, Words]] = {
    ReferralMode.VIEW: _("ansehen"),
    ReferralMode.EDIT: _("mitarbeiten"),
    ReferralMode.HAND_OVER: _("ganz übergeben"),
}

STATES: Final[dict[ReferralState, Words]] = {
    ReferralState.PROPOSED: _("angefragt"),
    ReferralState.ACCEPTED: _("angenommen"),
    ReferralState.REFUSED: _("abgelehnt"),
    ReferralState.RETURNED: _("zurückgegeben"),
    ReferralState.ARRIVED: _("angekommen"),
    ReferralState.NOT_ARRIVED: _("nicht angekommen"),
    ReferralState.WITHDRAWN: _("zurückgezogen"),
}

UNFIT_LETTERS: Final[dict[str, Words]] = {
    "not_wished": _("%(value)s möchte keine Briefe bekommen. Bitte nehmen Sie einen der gewünschten Wege."),
    "no_address": _(
        "Von %(value)s ist keine Adresse bekannt. Bitte fragen Sie nach, oder nehmen Sie einen anderen Weg."
    ),
}

REASONS: Final[dict[SignalReason, Words]] = {
    SignalReason.NO_PLACE: _("kein Platz frei"),
    SignalReason.WAITING: _("zu lange Wartezeit"),
    SignalReason.TOO_FAR: _("zu weit weg"),
    SignalReason.LANGUAGE: _("Sprache"),
    SignalReason.TIME: _("Zeiten passen nicht"),
    SignalReason.COST: _("zu teuer"),
    SignalReason.BARRIER: _("nicht barrierefrei"),
    SignalReason.AGE: _("Alter passt nicht"),
    SignalReason.NO_OFFER: _("dieses Angebot gibt es so nicht"),
    SignalReason.NOT_WANTED: _("die Familie möchte nicht"),
    SignalReason.NOT_KNOWN: _("gar nicht erst versucht, oder nicht bekannt"),
}


def needed(requirement: Requirement, *, pathway: Pathway) -> str:
    """What must still be there, as one tells a colleague."""
    if requirement.need is Need.RECORD:
        title = pathway.record_kind_of[requirement.key].title
        if requirement.persons > 1:
            return str(_("%(title)s von %(persons)s Fachkräften")) % {
                "title": title,
                "persons": requirement.persons,
            }
        return title
    if requirement.need is Need.CONSENT:
        return str(_("Einwilligung: %(category)s")) % {"category": CATEGORIES[Category(requirement.key)]}
    if requirement.need is Need.TASK:
        return next(
            (
                str(_("Erledigt: %(title)s")) % {"title": task.title}
                for task in pathway.tasks
                if task.key == requirement.key
            ),
            requirement.key,
        )
    return next((each.question for each in pathway.outcomes if each.key == requirement.key), requirement.key)


def unfit_letter(why: str, *, value: str) -> str:
    """Why no letter goes to somebody, and what to do."""
    return str(UNFIT_LETTERS[why]) % {"value": value}
