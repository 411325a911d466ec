"""What payers say about vouchers, what is asked when one is handed out, and what a club fills in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.code_field import CodeField
from lueckenlos.core.forms import DayField, offer, offer_openly
from lueckenlos.core.times import day_words
from lueckenlos.kernels.codes import Slip
from lueckenlos.offers.programmes.types import Kind, ProgrammeState, ProgrammeView
from lueckenlos.offers.programmes.wording import KINDS, fare_words
from lueckenlos.offers.vouchers.models import OLDEST
from lueckenlos.offers.vouchers.services import NewScheme, Wanted
from lueckenlos.offers.vouchers.types import NewVoucher, SchemeView

MOST_EUROS: Final = 1000
BETWEEN: Final = "_"


class SchemeForm(forms.Form):
    """Everything about vouchers of one payer."""

    payer = forms.TypedChoiceField(
        label=gettext_lazy("Wer bezahlt?"),
        help_text=gettext_lazy("Stellen, in denen sich niemand anmeldet. Sie handeln für sie."),
        coerce=UUID,
        empty_value=None,
    )
    title = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("So steht er auf dem Gutschein, zum Beispiel: Sport-Gutschein."),
        max_length=120,
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Namen an.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("Für wen und wofür?"),
        help_text=gettext_lazy("Ein Satz für Familien, ohne Amtssprache."),
        max_length=300,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Für welche Programme?"),
        choices=[(each.value, word) for each, word in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[Kind.SPORT.value],
    )
    euros = forms.DecimalField(
        label=gettext_lazy("Wert in Euro"),
        help_text=gettext_lazy("Höchstens so viel bezahlen Sie für einen Gutschein."),
        min_value=1,
        max_value=MOST_EUROS,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    pays_course = forms.BooleanField(
        label=gettext_lazy("Der Gutschein bezahlt den ganzen Kurs, bis zu diesem Betrag"), required=False
    )
    age_min = forms.IntegerField(
        label=gettext_lazy("Alter von"), min_value=0, max_value=OLDEST, required=False
    )
    age_max = forms.IntegerField(
        label=gettext_lazy("Alter bis"), min_value=0, max_value=OLDEST, required=False
    )
    stock = forms.IntegerField(label=gettext_lazy("Wie viele?"), min_value=1, max_value=100_000)
    valid_from = DayField(label=gettext_lazy("Gültig von"))
    valid_until = DayField(label=gettext_lazy("Gültig bis einschließlich"))
    is_open = forms.BooleanField(
        label=gettext_lazy("Zurzeit werden Gutscheine ausgegeben"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, payers: Iterable[tuple[UUID, str]] = (), own: bool = True, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        others = [(str(key), name) for key, name in payers]
        offer(self, "payer", [("", _("unsere Stelle") if own else _("bitte wählen")), *others])
        self.fields["payer"].required = not own
        if not others and own:
            del self.fields["payer"]

    @classmethod
    def initial_of(cls, view: SchemeView) -> dict[str, Any]:
        """What stands in the form of a scheme that is there."""
        same = (
            "title", "summary", "pays_course", "age_min", "age_max", "stock", "valid_from", "valid_until",
            "is_open",
        )  # fmt: skip
        return {
            **{name: getattr(view, name) for name in same},
            "kinds": [each.value for each in view.kinds],
            "euros": f"{view.cents / 100:.2f}".replace(".", ","),
        }

    def clean(self) -> dict[str, Any]:
        """Ages and days in their order."""
        given = super().clean() or {}
        low, high = given.get("age_min"), given.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("Das höchste Alter ist kleiner als das niedrigste."))
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and first > last:
            self.add_error("valid_until", _("Der letzte Tag liegt vor dem ersten."))
        return given

    def to_new(self) -> NewScheme:
        """The scheme as it was said."""
        given = self.cleaned_data
        return NewScheme(
            title=given["title"].strip(),
            summary=given["summary"].strip(),
            kinds=tuple(Kind(each) for each in given["kinds"]),
            cents=int(given["euros"] * 100),
            pays_course=given["pays_course"],
            age_min=given["age_min"],
            age_max=given["age_max"],
            stock=given["stock"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            is_open=given["is_open"],
        )


class GiverForm(forms.Form):
    """Which organization hands vouchers out."""

    organization = forms.TypedChoiceField(label=gettext_lazy("Wer soll ausgeben?"), coerce=UUID)

    def __init__(self, *args: Any, there: Collection[UUID], **given: Any) -> None:
        super().__init__(*args, **given)
        others = [(each.id, each.name) for each in directory.own_organizations() if each.id not in there]
        offer(self, "organization", [("", _("bitte wählen")), *others])


class IssueForm(forms.Form):
    """What is asked when a voucher is handed out: no name."""

    age = forms.IntegerField(
        label=gettext_lazy("Wie alt ist das Kind?"),
        min_value=0,
        max_value=OLDEST,
        error_messages={"required": gettext_lazy("Bitte geben Sie das Alter in Jahren an.")},
    )
    ags = forms.ChoiceField(
        label=gettext_lazy("Wo wohnt es?"),
        help_text=gettext_lazy("Nur zum Zählen. Der Verein erfährt es nicht."),
        required=False,
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        areas = places.municipalities()
        offer(
            self, "ags", [("", _("nicht gesagt oder anderswo")), *((each.ags, each.name) for each in areas)]
        )

    def to_voucher(self) -> NewVoucher:
        """What was said of the child."""
        return NewVoucher(self.cleaned_data["age"], self.cleaned_data["ags"] or None)


class MailForm(forms.Form):
    """Where a voucher goes by mail; the address is not kept."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Sie wird nicht gespeichert."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class NumberForm(forms.Form):
    """Where it goes by short message; the number is not kept."""

    phone = forms.CharField(
        label=gettext_lazy("Handynummer"),
        help_text=gettext_lazy("Sie wird nicht gespeichert."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "dir": "ltr"}),
    )


class VoucherCodeField(CodeField):
    """A code as it stands on a voucher, which is no letter."""

    def clean(self, value: Any) -> str:
        """The code in its one spelling; a slip is told at once."""
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            # Several errors at once come without a code of their own.
            if getattr(error, "code", None) in set(Slip):
                raise forms.ValidationError(
                    _("Ein Zeichen stimmt nicht. Bitte vergleichen Sie den Code mit dem Gutschein.")
                ) from error
            raise


class RedeemForm(forms.Form):
    """A code and the programme, with its price, for which the club takes it."""

    code = VoucherCodeField(
        label=gettext_lazy("Code des Gutscheins"),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie den Code vom Gutschein ab.")},
    )
    what = forms.ChoiceField(label=gettext_lazy("Für welches Programm?"))

    def __init__(self, *args: Any, programmes: Iterable[ProgrammeView], now: datetime, **given: Any) -> None:
        super().__init__(*args, **given)
        taking = [view for view in programmes if takes_vouchers(view, now=now)]
        titles = Counter(view.title for view in taking)
        choices = [
            choice
            for view in taking
            for choice in _prices(view, title=_title(view, alike=titles[view.title]))
        ]
        offer_openly(self, "what", choices)
        self.has_choices = bool(choices)

    def to_wanted(self) -> Wanted:
        """For what it is taken."""
        programme, _between, fare = self.cleaned_data["what"].partition(BETWEEN)
        return Wanted(UUID(programme), int(fare) if fare else None)


def takes_vouchers(view: ProgrammeView, *, now: datetime) -> bool:
    """Whether it costs something, everybody sees it, and it is not over."""
    is_over = view.ends_at is not None and view.ends_at <= now
    return view.state is ProgrammeState.PUBLISHED and not view.is_free and not is_over


def _title(view: ProgrammeView, *, alike: int) -> str:
    """What the programme is called; where another is called the same, with its first day."""
    first = view.next_session
    return (
        view.title
        if alike == 1 or first is None
        else f"{view.title} · {day_words(first.starts_at.astimezone(clock.zone()))}"
    )


def _prices(view: ProgrammeView, *, title: str) -> list[tuple[str, str]]:
    if not view.fares:
        return [(str(view.id), title)]
    return [
        (f"{view.id}{BETWEEN}{number}", f"{title} · {fare_words(fare)}")
        for number, fare in enumerate(view.fares)
        if fare.cents
    ]
