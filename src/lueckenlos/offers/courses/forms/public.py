"""What a household fills in, in two steps: whether the course fits, then how to reach it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.core import clock
from lueckenlos.core.ages import age_on
from lueckenlos.core.contact_form import ContactForm
from lueckenlos.core.forms import DayField
from lueckenlos.offers.courses.types import CourseView, Home, NewEnrollment

CONSENT: Final = "online-kurs-2026-1"
OLDEST: Final = 110


class FitForm(forms.Form):
    """Step one: the youngest child's birthday and where the family lives; neither is stored."""

    born_on = DayField(
        label=gettext_lazy("Wann ist Ihr Kind geboren?"),
        help_text=gettext_lazy("Haben Sie mehrere Kinder? Dann das jüngste."),
        error_messages={"required": gettext_lazy("Bitte geben Sie den Geburtstag Ihres Kindes an.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Wo wohnen Sie?"),
        help_text=gettext_lazy("Ort oder Postleitzahl."),
        max_length=100,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie Ihren Ort oder Ihre Postleitzahl.")},
    )

    def __init__(self, *args: Any, course: CourseView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._home = Home(is_here=False)
        self.fields["place"].required = course.residents_only

    def clean_born_on(self) -> Any:
        """A birthday that can be one."""
        born = self.cleaned_data["born_on"]
        if not 0 <= age_on(born, clock.real_today()) <= OLDEST:
            raise forms.ValidationError(_("Dieser Geburtstag kann nicht stimmen. Bitte prüfen Sie ihn."))
        return born

    def clean_place(self) -> str:
        """A place that we know, or know to be elsewhere; anything else is asked again, not refused."""
        typed = " ".join(self.cleaned_data["place"].split())
        found = places.find_place(typed) if typed else []
        if isinstance(found, OutsideCounty):
            self._home = Home(is_here=False)
        elif found:
            towns = {each.ags for each in found}
            self._home = Home(is_here=True, ags=found[0].ags if len(towns) == 1 else None)
        elif self.fields["place"].required:
            raise forms.ValidationError(
                _("„%(place)s“ kennen wir nicht. Bitte schreiben Sie Ihre Postleitzahl.") % {"place": typed}
            )
        return typed

    @property
    def home(self) -> Home:
        """Where the family lives, as it was understood."""
        return self._home


class ReachForm(ContactForm):
    """Step two: name and address, reminders, the consent."""

    phone = None  # type: ignore[assignment]
    reminders = forms.BooleanField(
        label=gettext_lazy(
            "Erinnern Sie mich, wenn ich länger nicht weitermache. Höchstens dreimal, und mit einem Klick hört es auf."
        ),
        required=False,
        initial=True,
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ich bin einverstanden: Meine Angaben dürfen für diesen Kurs gespeichert werden. Drei Monate nach dem Ende des Zugangs werden sie gelöscht."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir die Anmeldung nicht speichern.")},
    )
    field_order = ("name", "email", "reminders", "consent")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["email"].help_text = _("Nur dorthin schicken wir den Link zu Ihrem Zugang.")

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self[name] for name in self.fields if name != "website"]

    def to_enrollment(self, course: CourseView, fit: FitForm) -> NewEnrollment:
        """The whole enrollment."""
        given = self.cleaned_data
        return NewEnrollment(
            course=course.id,
            born_on=fit.cleaned_data["born_on"],
            home=fit.home,
            name=given["name"].strip(),
            email=given["email"],
            language=get_language() or "de",
            wants_reminders=given["reminders"],
            consent_version=CONSENT,
        )
