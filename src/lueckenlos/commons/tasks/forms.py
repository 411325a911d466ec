"""Forms of tasks: what came of it, until when, to whom."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.tasks.types import NewTask, Owner, OwnerChoice, TaskEnd, TaskKind
from lueckenlos.commons.tasks.wording import ENDS, KINDS
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer_openly

END_OF_DAY = time(23, 59)
STAYS_OPEN = "open"


def end_of(day: date) -> datetime:
    """The last minute of a day in the county: due that day, overdue the next."""
    return datetime.combine(day, END_OF_DAY, tzinfo=clock.zone())


class ComingDayField(DayField):
    """A day that is not over."""

    def __init__(self, *, today: date | None = None, **given: Any) -> None:
        self.today = today
        super().__init__(**given)

    def clean(self, value: Any) -> date | None:
        """The day, if it is not over."""
        day: date | None = super().clean(value)
        if day is not None and self.today is not None and day < self.today:
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei."))
        return day


class OwnerField(forms.ChoiceField):
    """Somebody of the own organization, or a team."""

    def __init__(self, *, owners: list[OwnerChoice], **given: Any) -> None:
        self.owners = {choice.value: choice.owner for choice in owners}
        super().__init__(choices=[(choice.value, choice.name) for choice in owners], **given)

    def clean(self, value: Any) -> Any:
        """The owner that was chosen."""
        return self.owners[super().clean(value)]


class SeenForm(forms.Form):
    """Carries the version that somebody looked at, so that two do not overwrite each other.

    Several stand on one page: each names its own fields, so that every label finds its field.
    """

    names: ClassVar[str] = "id"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("auto_id", f"{self.names}_%s")
        super().__init__(*args, **given)

    @property
    def expected(self) -> int | None:
        """The version, where the page sent one."""
        return self.cleaned_data.get("seen")


class AnswerForm(SeenForm):
    """What came of it, and whether that is the end."""

    answer = forms.CharField(
        label=_("Was ist dabei herausgekommen?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    end = forms.ChoiceField(
        label=_("Und jetzt?"),
        choices=[*((end.value, ENDS[end]) for end in TaskEnd), (STAYS_OPEN, _("Die Aufgabe bleibt offen"))],
        widget=forms.RadioSelect,
        initial=TaskEnd.DONE.value,
    )

    def to_end(self) -> TaskEnd | None:
        """The chosen end, or none yet."""
        chosen = self.cleaned_data["end"]
        return None if chosen == STAYS_OPEN else TaskEnd(chosen)


class PostponeForm(SeenForm):
    """A later day, and why."""

    names = "spaeter"
    because = forms.CharField(label=_("Warum später?"), max_length=300)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["day"] = ComingDayField(label=_("Bis wann?"), today=today)
        self.order_fields(["day", "because"])

    def to_time(self) -> datetime:
        """The end of the chosen day."""
        return end_of(self.cleaned_data["day"])


class HandOverForm(SeenForm):
    """A colleague or a team, and why."""

    names = "weitergeben"
    because = forms.CharField(label=_("Warum?"), max_length=300)

    def __init__(self, *args: Any, owners: list[OwnerChoice], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["owner"] = OwnerField(label=_("An wen?"), owners=owners)
        offer_openly(self, "owner", [(choice.value, choice.name) for choice in owners])
        self.order_fields(["owner", "because"])


class NewTaskForm(forms.Form):
    """Something that must not be forgotten."""

    what = forms.CharField(
        label=_("Was ist zu tun?"),
        max_length=300,
        help_text=_("Kurz, und ohne mehr über eine Familie zu sagen als nötig."),
    )
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=[(kind.value, word) for kind, word in KINDS.items()],
        initial=TaskKind.OTHER.value,
    )

    def __init__(self, *args: Any, owners: list[OwnerChoice], today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["owner"] = OwnerField(label=_("Wer kümmert sich?"), owners=owners)
        self.fields["day"] = ComingDayField(label=_("Bis wann?"), today=today)

    def to_task(self, *, organization: Any) -> NewTask:
        """The task as it was described."""
        owner: Owner = self.cleaned_data["owner"]
        return NewTask(
            organization=organization,
            owner=owner,
            what=self.cleaned_data["what"],
            kind=TaskKind(self.cleaned_data["kind"]),
            due_at=end_of(self.cleaned_data["day"]),
        )
