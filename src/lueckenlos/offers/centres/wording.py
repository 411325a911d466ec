"""The German words of centres."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.offers.centres.types import MemberState

MEMBERS: Final[dict[MemberState, Promise]] = {
    MemberState.INVITED: gettext_lazy("gefragt"),
    MemberState.JOINED: gettext_lazy("gehört dazu"),
    MemberState.LEFT: gettext_lazy("nicht dabei"),
}


def subject(template: str, name: str) -> str:
    """The subject of a mail."""
    words = {
        "asked": _("Möchten Sie dazugehören? %(name)s"),
        "parted": _("Nicht mehr dabei: %(name)s"),
        "joined": _("Neu dabei: %(name)s"),
        "left": _("Nicht dabei: %(name)s"),
        "lead_offered": _("Möchten Sie leiten? %(name)s"),
        "lead_taken": _("Neue Leitung: %(name)s"),
        "lead_refused": _("Die Leitung bleibt bei Ihnen: %(name)s"),
    }
    return words[template] % {"name": name}
