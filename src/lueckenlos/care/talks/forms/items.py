"""Forms that bring a case to the table and say what may be heard about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.talks.forms.plain import PlainForm
from lueckenlos.care.talks.services import Asked, NewContribution, NewQuestion
from lueckenlos.care.talks.types import AgeBand, ItemView, OfficeView, Voice
from lueckenlos.care.talks.wording import AGE_BANDS
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.privacy.wording import CATEGORIES
from lueckenlos.core.forms import offer

MINUTES: Final = ((10, _("10 Minuten")), (15, _("15 Minuten")), (20, _("20 Minuten")), (30, _("30 Minuten")))
EVERYWHERE: Final = ("", _("irgendwo im Kreis"))
Choices = Iterable[tuple[str, Any]]


class QuestionForm(PlainForm):
    """A case without a name: what is asked, how old, where, what about."""

    plain_fields: ClassVar[tuple[str, ...]] = ("question",)

    question = forms.CharField(
        label=_("Worum geht es, und was möchten Sie von den anderen wissen?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ohne Namen, Geburtstag, Adresse, Schule oder Aktenzeichen."),
    )
    age_band = forms.ChoiceField(
        label=_("Wie alt ist das Kind?"),
        required=False,
        choices=[("", _("lieber nicht sagen")), *((band.value, word) for band, word in AGE_BANDS.items())],
    )
    ags = forms.ChoiceField(
        label=_("Wo?"),
        required=False,
        help_text=_("Bei etwas Seltenem lieber „irgendwo im Kreis“: In einem kleinen Ort kennt man sich."),
    )
    field = forms.ChoiceField(label=_("Thema"), required=False)
    minutes = forms.TypedChoiceField(label=_("Zeit dafür"), coerce=int, choices=MINUTES, initial=15)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("question", "looked_through", "age_band", "ags", "field", "minutes")

    def __init__(self, *args: Any, places: Choices, fields: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "ags", [EVERYWHERE, *places])
        offer(self, "field", [("", _("etwas anderes")), *fields])

    @staticmethod
    def initial_of(item: ItemView) -> dict[str, Any]:
        """An item as it stands."""
        return {
            "question": item.question,
            "age_band": item.age_band or "",
            "ags": item.ags or "",
            "field": item.field,
            "minutes": item.minutes,
            "seen": item.version,
        }

    def to_question(self, *, talk: UUID) -> NewQuestion:
        """The question as it was asked."""
        given = self.cleaned_data
        return NewQuestion(
            talk=talk,
            question=given["question"],
            age_band=AgeBand(given["age_band"]) if given["age_band"] else None,
            ags=given["ags"] or None,
            field=given["field"],
            minutes=given["minutes"],
        )

    def to_changes(self) -> dict[str, Any]:
        """What shall be different."""
        given = self.cleaned_data
        return {
            "question": given["question"],
            "age_band": given["age_band"],
            "municipality_id": given["ags"] or None,
            "field": given["field"],
            "minutes": given["minutes"],
        }


class NamedForm(forms.Form):
    """A case of one's own: whom it is about first, and how long it may take."""

    about = forms.ChoiceField(label=_("Um wen geht es zuerst?"), widget=forms.RadioSelect)
    minutes = forms.TypedChoiceField(label=_("Zeit dafür"), coerce=int, choices=MINUTES, initial=15)

    def __init__(self, *args: Any, people: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "about", people)


class ContributionForm(forms.Form):
    """One kind of data about one person, in words."""

    category = forms.ChoiceField(label=_("Was für eine Angabe ist das?"))
    about = forms.ChoiceField(label=_("Über wen?"))
    text = forms.CharField(
        label=_("Was sollen die anderen wissen?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, people: Choices, categories: Iterable[Category], **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "category", [(each.value, CATEGORIES[each]) for each in categories])
        offer(self, "about", people)

    def to_contribution(self, *, voice: Voice) -> NewContribution:
        """The words with whose they are."""
        return NewContribution(
            category=Category(self.cleaned_data["category"]),
            about=UUID(self.cleaned_data["about"]),
            text=self.cleaned_data["text"],
            voice=voice,
        )


class AskForm(forms.Form):
    """Which office may hear which part about whom: one line for each office, so that none hides behind "all"."""

    about = forms.MultipleChoiceField(
        label=_("Um wessen Angaben geht es?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        people: Choices,
        offices: Sequence[OfficeView],
        categories: Sequence[Category],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.offices, self.categories = offices, categories
        offer(self, "about", people)
        for office in offices:
            self.fields[self.name_of(office)] = forms.MultipleChoiceField(
                label=office.name,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(each.value, CATEGORIES[each]) for each in categories],
            )

    @staticmethod
    def name_of(office: OfficeView) -> str:
        """The field of an office."""
        return f"amt_{office.organization}"

    def clean(self) -> dict[str, Any]:
        """At least one office and one kind of data."""
        given = super().clean() or self.cleaned_data
        if not any(given.get(self.name_of(office)) for office in self.offices):
            raise forms.ValidationError(
                gettext(
                    "Es ist kein Amt ausgewählt. Bitte kreuzen Sie bei mindestens einem Amt an, was es hören soll."
                )
            )
        return given

    def to_asked(self, *, item: UUID) -> Asked:
        """About whom, and which office which part."""
        parts: Mapping[UUID, frozenset[Category]] = {
            office.organization: frozenset(Category(each) for each in self.cleaned_data[self.name_of(office)])
            for office in self.offices
        }
        return Asked(
            item=item,
            about=tuple(UUID(each) for each in self.cleaned_data["about"]),
            parts={office: chosen for office, chosen in parts.items() if chosen},
        )
