"""What parents fill in by their link: a morning to look, who comes after the yes, how goals went."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy

from lueckenlos.core.contact_form import ContactForm
from lueckenlos.core.forms import offer
from lueckenlos.core.times import time_words
from lueckenlos.offers.classes.types import (
    Face,
    GoalView,
    MemberView,
    MorningView,
    NewMember,
    NewSecond,
    Second,
    SecondView,
)
from lueckenlos.offers.classes.wording import FACES

CONSENT: Final = "familienklasse-2026-3"
MAIL_HELP: Final = gettext_lazy(
    "Dorthin schicken wir Ihren Link und einen Tag vorher eine Erinnerung. Sie können das Feld leer lassen."
)
GOAL: Final = "ziel-"


class VisitForm(forms.Form):
    """The morning on which parents come to look."""

    morning = forms.TypedChoiceField(
        label=gettext_lazy("Wann möchten Sie kommen und schauen?"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie einen Vormittag."),
            "invalid_choice": gettext_lazy(
                "Diesen Vormittag gibt es nicht mehr. Bitte wählen Sie einen anderen."
            ),
        },
    )

    def __init__(self, *args: Any, mornings: list[MorningView], **given: Any) -> None:
        super().__init__(*args, **given)
        offer(
            self, "morning", [(str(each.id), time_words(each.starts_at, each.ends_at)) for each in mornings]
        )


class JoinForm(ContactForm):
    """Who comes; it is shown after the yes, and never before."""

    field_order = ("child", "name", "email", "phone", "decides", "consent")

    child = forms.CharField(
        label=gettext_lazy("Vorname des Kindes"),
        help_text=gettext_lazy("Der Vorname genügt."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie den Vornamen Ihres Kindes.")},
    )
    decides = forms.BooleanField(
        label=gettext_lazy("Ich entscheide das für mein Kind. Wer mitentscheidet, ist auch einverstanden."),
        help_text=gettext_lazy(
            "Leben Sie getrennt und entscheiden zu zweit? Dann bekommt der andere Elternteil ein eigenes Blatt. Sagen Sie es der Lehrkraft."
        ),
        error_messages={
            "required": gettext_lazy(
                "Ohne das Ja von allen, die entscheiden, geht es nicht. Sprechen Sie bitte mit der Lehrkraft."
            )
        },
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ich bin einverstanden: Die Stelle, die die Familienklasse leitet, darf diese Angaben, die Ziele und wer da war speichern. Drei Monate nach dem letzten Vormittag wird alles gelöscht. Hören wir früher auf, nach einem Monat."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir nichts speichern.")},
    )

    def __init__(self, *args: Any, second: Second = Second.NONE, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["email"].required = False
        self.fields["email"].help_text = MAIL_HELP
        if second.decides:
            # The other parent says yes or no themselves.
            del self.fields["decides"]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self[name] for name in self.fields if name != "website"]

    def to_member(self) -> NewMember:
        """The family as it was said."""
        given = self.cleaned_data
        return NewMember(
            child=given["child"].strip(),
            parent=given["name"].strip(),
            email=given["email"],
            phone=given["phone"].strip(),
            language=get_language() or "de",
            consent_version=CONSENT,
        )


class AgreeForm(ContactForm):
    """The yes of a parent who lives apart, and how to reach them; the other parent does not see it."""

    field_order = ("name", "email", "phone", "consent")

    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ich bin einverstanden: Mein Kind macht in der Familienklasse mit. Die Stelle, die sie leitet, darf die Ziele meines Kindes, was dazu gesagt wird und wer da war speichern, und wie sie mich erreicht. Drei Monate nach dem letzten Vormittag wird alles gelöscht."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir nichts speichern.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["email"].required = False
        self.fields["email"].help_text = MAIL_HELP

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self[name] for name in self.fields if name != "website"]

    def to_second(self) -> NewSecond:
        """The second parent as it was said."""
        given = self.cleaned_data
        return NewSecond(
            parent=given["name"].strip(),
            email=given["email"],
            phone=given["phone"].strip(),
            language=get_language() or "de",
            consent_version=CONSENT,
        )


class ReachForm(forms.Form):
    """How the family is reached, and whether it is reminded."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Diese E-Mail-Adresse kann nicht stimmen. Ein Beispiel: name@example.org."
            )
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Telefonnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    is_reminded = forms.BooleanField(
        label=gettext_lazy("Erinnern Sie mich einen Tag vorher per E-Mail."), required=False
    )

    @classmethod
    def initial_of(cls, mine: MemberView | SecondView) -> dict[str, Any]:
        """What stands there now."""
        return {"email": mine.email, "phone": mine.phone, "is_reminded": mine.is_reminded}


class FacesForm(forms.Form):
    """A face for each goal; a goal without one stays as it was."""

    def __init__(self, *args: Any, goals: tuple[GoalView, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        self._goals = goals
        for goal in goals:
            self.fields[f"{GOAL}{goal.id}"] = forms.TypedChoiceField(
                label=goal.words,
                choices=[(face.value, words) for face, words in FACES.items()],
                coerce=lambda value: Face(int(value)),
                required=False,
                empty_value=None,
            )

    def to_faces(self) -> list[tuple[UUID, Face]]:
        """What was said."""
        given = ((goal.id, self.cleaned_data.get(f"{GOAL}{goal.id}")) for goal in self._goals)
        return [(key, face) for key, face in given if face is not None]
