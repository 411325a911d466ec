"""Days to look back to, and names under which a day is kept."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.addresses import day_in
from lueckenlos.core.forms import DayField
from lueckenlos.steering.chain.services.baselines import NameTaken


def day_of(text: str | None, *, today: date) -> date | None:
    """The past day that an address names; nothing for today, for days to come and for what is no day."""
    day = day_in(text)
    return day if day is not None and day < today else None


class _PastDays(forms.Form):
    """Days up to today, and as far back as one may look."""

    def __init__(self, *args: Any, earliest: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest, self.today = earliest, today
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs |= {"min": earliest.isoformat(), "max": today.isoformat()}

    def past(self, name: str) -> date | None:
        """A day of the form that the house can look back to."""
        day: date | None = self.cleaned_data.get(name)
        if day is None:
            return None
        if day > self.today:
            said = _now("Der %(day)s liegt noch vor uns. Möglich ist jeder Tag bis heute.")
        elif day < self.earliest:
            said = _now("So weit lässt sich nicht zurücksehen. Möglich ist jeder Tag ab dem %(first)s.")
        else:
            return day
        words = {"day": date_format(day, "j. F Y"), "first": date_format(self.earliest, "j. F Y")}
        raise forms.ValidationError(said % words)


class PeriodForm(_PastDays):
    """Two days to compare."""

    seit = DayField(label=_("Verändert seit"))
    bis = DayField(label=_("bis"), required=False)

    def clean_seit(self) -> date | None:
        """A day that the house knows."""
        return self.past("seit")

    def clean_bis(self) -> date | None:
        """A day that the house knows."""
        return self.past("bis")

    def clean(self) -> dict[str, Any]:
        """The second day comes after the first."""
        given = super().clean() or {}
        since, until = given.get("seit"), given.get("bis")
        if since and until and until <= since:
            self.add_error(
                "bis", _now("Das Ende liegt nicht nach dem Anfang. Bitte wählen Sie einen späteren Tag.")
            )
        return given


class BaselineForm(_PastDays):
    """A day to keep under a name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Bitte geben Sie einen Namen, unter dem Sie den Stand wiederfinden.")},
    )
    day = DayField(label=_("Stand vom"))
    note = forms.CharField(
        label=_("Wozu"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_day(self) -> date | None:
        """A day that the house knows."""
        return self.past("day")

    def say_taken(self, error: NameTaken) -> None:
        """The name is there; what was frozen is never overwritten."""
        self.add_error(
            "name",
            _now(
                "„%(name)s“ gibt es schon, mit dem Stand vom %(day)s. Was festgehalten ist, wird nicht überschrieben: "
                "Bitte wählen Sie einen anderen Namen."
            )
            % {"name": error.name, "day": date_format(error.day, "j. F Y")},
        )
