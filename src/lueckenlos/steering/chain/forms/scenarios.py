"""What planners write into a what-if: its name, and the form of each change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.steering.chain.forms.added_service import ServiceAddedForm
from lueckenlos.steering.chain.forms.changes import (
    CapacityChangeForm,
    CatchmentForm,
    ChangeForm,
    Choices,
    LanguageForm,
    ServiceRemovedForm,
    Stock,
    TargetChangeForm,
    choose,
)
from lueckenlos.steering.chain.types import ScenarioDeed

__all__ = ["FORMS", "ChangeForm", "ScenarioForm", "Stock"]


class ScenarioForm(forms.Form):
    """A what-if begins with a name."""

    name = forms.CharField(
        label=_("Was wäre, wenn …"),
        max_length=120,
        help_text=_("Ein Name, an dem Sie es wiedererkennen: „Sportbus in Titz“."),
        error_messages={"required": _("Bitte geben Sie der Idee einen Namen.")},
    )
    area = forms.ChoiceField(label=_("Für wen?"), required=False)
    note = forms.CharField(
        label=_("Notiz"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, areas: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        choose(self, "area", areas)
        if len(areas) == 1:
            del self.fields["area"]
        self.only = areas[0][0]

    def to_area(self) -> str:
        """The municipality, or "" for the county."""
        return str(self.cleaned_data.get("area", self.only))


FORMS: dict[ScenarioDeed, type[ChangeForm]] = {
    form.deed: form
    for form in (
        TargetChangeForm,
        CapacityChangeForm,
        ServiceAddedForm,
        ServiceRemovedForm,
        CatchmentForm,
        LanguageForm,
    )
}
