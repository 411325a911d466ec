"""What families and young people fill in; nothing but their words is needed."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from lueckenlos.care.cases.types import Channel
from lueckenlos.care.frontdoor.selectors import whereabouts
from lueckenlos.care.frontdoor.types import Incoming, Whereabouts, Who
from lueckenlos.care.frontdoor.wording import HELPED, WHO, WISHES, YOUNG_WISHES
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    NewPerson,
)
from lueckenlos.commons.places import selectors as places

LONGEST: Final = 5_000
OLDEST: Final = 26
_NUMBER: Final = re.compile(r"[0-9+()/ .\-]{5,30}")
_MOBILE: Final = re.compile(r"(?:\+49|0049|0)1[567]")
YES, NO = "yes", "no"
Words = StrOrPromise


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("max_length", 40)
        super().__init__(**given)
        self.widget.attrs.update(type="tel", autocomplete="tel", inputmode="tel", dir="ltr")

    def clean(self, value: Any) -> str:
        """The number, or a sentence that says how one looks."""
        typed = str(super().clean(value) or "").strip()
        if typed and not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(
                _("„%(number)s“ ist keine Telefonnummer. Ein Beispiel: 0221 4710100.")
                % {"number": typed[:40]}
            )
        return typed


class RequestForm(forms.Form):
    """An adult brings a matter."""

    wishes_offered: ClassVar[dict[ContactWish, Words]] = WISHES

    danger = forms.ChoiceField(
        label=gettext_lazy("Ist gerade jemand in Gefahr?"),
        choices=[(NO, gettext_lazy("Nein")), (YES, gettext_lazy("Ja"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte sagen Sie, ob gerade jemand in Gefahr ist.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Was beschäftigt Sie?"),
        help_text=gettext_lazy("In Ihren Worten und in Ihrer Sprache. Ein paar Sätze genügen."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Bitte schreiben Sie, was Sie beschäftigt. Ein Satz genügt."),
            "max_length": gettext_lazy("Das ist sehr viel Text. Bitte kürzen Sie auf 5.000 Zeichen."),
        },
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Wer sind Sie?"),
        choices=[(who.value, word) for who, word in WHO.items()],
        widget=forms.RadioSelect,
        initial=Who.UNSAID.value,
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Wie heißen Sie?"),
        help_text=gettext_lazy("Sie müssen keinen Namen sagen."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("Wie dürfen wir uns melden?"),
        help_text=gettext_lazy(
            "Nur so, wie Sie es hier wählen. Wählen Sie nichts, dann lesen Sie die Antwort mit Ihrem Code."
        ),
        choices=[(wish.value, word) for wish, word in WISHES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    phone = PhoneField(label=gettext_lazy("Telefonnummer"), required=False)
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
    street = forms.CharField(
        label=gettext_lazy("Straße und Hausnummer"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    place = forms.CharField(
        label=gettext_lazy("Wo wohnen Sie?"),
        help_text=gettext_lazy(
            "Ort oder Postleitzahl. Dann sehen Sie gleich, welches Jugendamt für Sie da ist."
        ),
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "address-level2", "hx-trigger": "change, input changed delay:600ms"}
        ),
    )
    others_listen = forms.BooleanField(
        label=gettext_lazy("Andere können meine Nachrichten hören oder lesen. Bitte seien Sie vorsichtig."),
        required=False,
    )
    not_so = forms.CharField(
        label=gettext_lazy("Was sollen wir nicht tun?"),
        help_text=gettext_lazy("Zum Beispiel: nicht am Abend anrufen, nichts auf die Mailbox sprechen."),
        max_length=300,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In welcher Sprache möchten Sie die Antwort?"), required=False
    )
    # A field that people do not see; only programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, speaks: str, **given: Any) -> None:
        super().__init__(*args, **given)
        offered = dict.fromkeys(("de", speaks, *places.county().spoken_languages))
        choices = self.fields["language"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(code, language_name(code)) for code in offered]
        choices.initial = speaks
        # At once, where the browser can: which youth office is there for this place.
        self.fields["place"].widget.attrs.update(
            {"hx-get": reverse("frontdoor:place"), "hx-target": "#ort-hinweis"}
        )
        self.where = Whereabouts()

    @property
    def is_a_program(self) -> bool:
        """The hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))

    @property
    def says_danger(self) -> bool:
        """Somebody is in danger right now, as the form says."""
        return self.data.get("danger") == YES

    def clean(self) -> dict[str, Any]:
        """What was wished for must be possible: no call without a number."""
        given = super().clean() or {}
        wishes = set(given.get("wishes", ()))
        self.where = whereabouts(given.get("place", ""))
        if wishes & {ContactWish.CALL.value, ContactWish.SMS.value} and self._lacks("phone", given):
            self.add_error("phone", self.said("phone"))
        if ContactWish.EMAIL.value in wishes and self._lacks("email", given):
            self.add_error("email", self.said("email"))
        if ContactWish.LETTER.value in wishes and self._lacks("street", given):
            self.add_error("street", self.said("street"))
        if ContactWish.LETTER.value in wishes and self._lacks("place", given):
            self.add_error("place", self.said("place"))
        return given

    def said(self, field: str) -> str:
        """What is missing for a wish."""
        return {
            "phone": _("Bitte schreiben Sie Ihre Telefonnummer dazu, sonst können wir uns so nicht melden."),
            "email": _("Bitte schreiben Sie Ihre E-Mail-Adresse dazu, sonst können wir uns so nicht melden."),
            "street": _("Bitte schreiben Sie Straße und Hausnummer dazu, sonst kommt kein Brief an."),
            "place": _("Bitte schreiben Sie Ort oder Postleitzahl dazu, sonst kommt kein Brief an."),
        }[field]

    def to_incoming(self) -> Incoming:
        """The matter as it was told."""
        given = self.cleaned_data
        return Incoming(
            words=given["words"].strip(),
            who=self.who_of(given),
            person=self._person(given),
            language=given["language"] or "de",
            ags=self.where.ags,
            says_danger=given.get("danger") == YES,
            age=given.get("age"),
            channel=Channel(given["channel"]) if given.get("channel") else Channel.PAGE,
        )

    def who_of(self, given: dict[str, Any]) -> Who:
        """Who brings it."""
        return Who(given["who"]) if given.get("who") else Who.UNSAID

    def _lacks(self, field: str, given: dict[str, Any]) -> bool:
        return not given.get(field) and field not in self.errors

    def _person(self, given: dict[str, Any]) -> NewPerson:
        first, _space, last = given.get("name", "").strip().rpartition(" ")
        return NewPerson(
            first_name=first or last,
            family_name=last if first else "",
            languages=(given["language"] or "de",),
            wishes=tuple(ContactWish(wish) for wish in given["wishes"]),
            wish_note=given.get("not_so", ""),
            contacts=tuple(_contacts(given)),
            address=self._address(given),
        )

    def _address(self, given: dict[str, Any]) -> AddressValue | None:
        if not given.get("street"):
            return None
        typed = given.get("place", "")
        code = re.search(r"\b\d{5}\b", typed)
        town = (
            self.where.place.municipality if self.where.place else typed.replace(code[0] if code else "", "")
        )
        return AddressValue(given["street"], code[0] if code else "", town.strip(), self.where.ags)


class YoungForm(RequestForm):
    """A child or a young person comes alone: "du", no mail needed, nobody else is told."""

    wishes_offered = YOUNG_WISHES
    who = None  # type: ignore[assignment]
    street = None  # type: ignore[assignment]

    age = forms.IntegerField(
        label=gettext_lazy("Wie alt bist du?"), required=False, min_value=5, max_value=OLDEST
    )

    field_order = ("danger", "words", "name", "age", "wishes", "phone", "email", "place")
    LABELS: ClassVar[dict[str, tuple[Words, Words]]] = {
        "danger": (gettext_lazy("Bist du gerade in Gefahr, oder jemand anderes?"), ""),
        "words": (
            gettext_lazy("Was ist los?"),
            gettext_lazy("Schreib, wie du redest. In jeder Sprache. Ein paar Sätze genügen."),
        ),
        "name": (
            gettext_lazy("Wie sollen wir dich nennen?"),
            gettext_lazy("Das muss nicht dein richtiger Name sein."),
        ),
        "wishes": (
            gettext_lazy("Wie dürfen wir uns bei dir melden?"),
            gettext_lazy(
                "Wähl nichts, wenn du das nicht willst. Dann liest du die Antwort hier, mit deinem Code."
            ),
        ),
        "phone": (gettext_lazy("Deine Handynummer"), ""),
        "email": (gettext_lazy("Deine E-Mail-Adresse"), ""),
        "place": (
            gettext_lazy("Wo wohnst du?"),
            gettext_lazy("Ort oder Postleitzahl. Dann finden wir etwas in deiner Nähe."),
        ),
        "others_listen": (
            gettext_lazy("Andere können mein Handy oder meine Mails sehen. Seid vorsichtig."),
            "",
        ),
        "not_so": (
            gettext_lazy("Was sollen wir auf keinen Fall tun?"),
            gettext_lazy("Zum Beispiel: nicht anrufen, wenn meine Eltern da sind."),
        ),
        "language": (gettext_lazy("In welcher Sprache möchtest du die Antwort?"), ""),
    }

    def __init__(self, *args: Any, speaks: str, **given: Any) -> None:
        super().__init__(*args, speaks=speaks, **given)
        for name, (label, hint) in self.LABELS.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint
        wishes = self.fields["wishes"]
        assert isinstance(wishes, forms.MultipleChoiceField)
        wishes.choices = [(wish.value, word) for wish, word in YOUNG_WISHES.items()]
        self.fields["danger"].error_messages["required"] = _("Bitte sag, ob gerade jemand in Gefahr ist.")
        self.fields["words"].error_messages["required"] = _("Bitte schreib, was los ist. Ein Satz genügt.")

    def said(self, field: str) -> str:
        """What is missing for a wish, with "du"."""
        return {
            "phone": _("Schreib bitte deine Nummer dazu, sonst können wir uns so nicht melden."),
            "email": _("Schreib bitte deine E-Mail-Adresse dazu, sonst können wir uns so nicht melden."),
        }[field]

    def who_of(self, given: dict[str, Any]) -> Who:
        """Always the young person."""
        return Who.YOUNG_PERSON


class MoreWordsForm(forms.Form):
    """Somebody writes again."""

    words = forms.CharField(
        label=gettext_lazy("Noch etwas schreiben"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie etwas. Ein Satz genügt.")},
    )


class HelpedForm(forms.Form):
    """Whether the answer helped."""

    value = forms.ChoiceField(choices=[(helped.value, word) for helped, word in HELPED.items()])


def _contacts(given: dict[str, Any]) -> list[ContactValue]:
    is_safe = not given.get("others_listen")
    found = []
    if phone := given.get("phone"):
        kind = ContactKind.MOBILE if _MOBILE.match(re.sub(r"[ /()\-.]", "", phone)) else ContactKind.PHONE
        found.append(ContactValue(kind, phone, is_safe))
    if email := given.get("email"):
        found.append(ContactValue(ContactKind.EMAIL, email, is_safe))
    return found
