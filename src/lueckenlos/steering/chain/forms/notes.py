"""What planners, municipalities and providers write about a cell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.steering.chain.services.talk import LONGEST_TEXT
from lueckenlos.steering.chain.types import Standing
from lueckenlos.steering.chain.wording import STANDINGS

LONGEST_GIVEN = 140


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NoteForm(forms.Form):
    """A note of Koordination, for itself or as an answer to those concerned."""

    text = forms.CharField(
        label=_("Notiz"),
        max_length=LONGEST_TEXT,
        widget=_long(4),
        help_text=_("Keine Namen von Familien oder Kindern."),
        error_messages={"required": _("Bitte schreiben Sie, was Sie festhalten möchten.")},
    )
    state = forms.ChoiceField(
        label=_("Wer liest sie?"),
        choices=[
            (Standing.INTERNAL, _("nur die Koordination")),
            (Standing.SHARED, _("auch Kommune und Anbieter, um die es geht")),
        ],
        initial=Standing.INTERNAL,
        widget=forms.RadioSelect,
    )

    def to_state(self) -> Standing:
        """The chosen readers."""
        return Standing(self.cleaned_data["state"])


class CommentForm(forms.Form):
    """What a municipality or provider says about what is shared with them."""

    text = forms.CharField(
        label=_("Ihr Kommentar"),
        max_length=LONGEST_TEXT,
        widget=_long(4),
        help_text=_("Die Koordination liest ihn und antwortet hier. Keine Namen von Familien oder Kindern."),
        error_messages={"required": _("Bitte schreiben Sie, was Sie dazu sagen möchten.")},
    )


class StandingForm(forms.Form):
    """How far something goes from now on, and why."""

    state = forms.ChoiceField(
        label=_("Stand"),
        choices=[(key, word) for key, word in STANDINGS.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=LONGEST_GIVEN,
        error_messages={"required": _("Bitte schreiben Sie in ein paar Worten, warum.")},
    )
    could_not_wait = forms.CharField(
        label=_("Warum es nicht erst geteilt werden konnte"),
        max_length=LONGEST_GIVEN,
        required=False,
        help_text=_("Nur nötig, wenn etwas Internes gleich öffentlich wird."),
    )

    def to_state(self) -> Standing:
        """The chosen standing."""
        return Standing(self.cleaned_data["state"])

    def say_not_shared_yet(self) -> None:
        """Those concerned should see first what is said about them."""
        self.add_error(
            "could_not_wait",
            _(
                "Das ist noch intern: Kommune und Anbieter haben es nicht gesehen. Teilen Sie es zuerst, "
                "oder schreiben Sie, warum das nicht warten kann."
            ),
        )


class ShareForm(forms.Form):
    """Everything internal about one municipality is shared at once."""

    area = forms.ChoiceField(label=_("Kommune"))
    reason = forms.CharField(
        label=_("Grund"),
        max_length=LONGEST_GIVEN,
        error_messages={"required": _("Bitte schreiben Sie in ein paar Worten, warum.")},
    )

    def __init__(self, *args: Any, areas: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(areas.items())
