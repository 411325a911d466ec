"""Telling why something does not suit: one reason, and nothing of whoever tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.commons.signals.wording import WHY_NOT
from lueckenlos.core.forms import offer


class WhyNotForm(forms.Form):
    """One of the reasons for which a room asks; forms of rooms add what they ask beside it."""

    reason = forms.ChoiceField(
        label=_("Was passt nicht?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, was nicht passt.")},
    )

    def __init__(self, *args: Any, among: Iterable[SignalReason], **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "reason", [(each.value, WHY_NOT[each]) for each in among])

    def to_reason(self) -> SignalReason:
        """The reason that was chosen."""
        return SignalReason(self.cleaned_data["reason"])
