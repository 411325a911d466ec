"""Forms of role administration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.accounts.services import FITTING
from lueckenlos.commons.accounts.types import Invitation, ScopeChoice
from lueckenlos.commons.accounts.wording import GRANTED, ROLES, SCOPE_KINDS
from lueckenlos.core.actor import Grant, Role, ScopeKind
from lueckenlos.core.forms import DayField


class GrantForm(forms.Form):
    """A role, where it holds, and until when."""

    role = forms.ChoiceField(
        label=_("Rolle"), choices=[("", _("Bitte wählen")), *((role.value, ROLES[role]) for role in GRANTED)]
    )
    scope = forms.ChoiceField(label=_("Wo gilt sie?"))
    ends_on = DayField(
        label=_("Letzter Tag"),
        required=False,
        help_text=_("Leer lassen, wenn die Rolle bis auf Weiteres gilt."),
    )

    def __init__(self, *args: Any, scopes: list[ScopeChoice], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.scopes = {choice.value: choice for choice in scopes}
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)
        groups = [
            (word, [(choice.value, choice.name) for choice in scopes if choice.kind is kind])
            for kind, word in SCOPE_KINDS.items()
        ]
        field.choices = [("", _("Bitte wählen")), *groups]

    def clean_ends_on(self) -> Any:
        """The last day lies ahead."""
        day = self.cleaned_data["ends_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei."))
        return day

    def clean(self) -> dict[str, Any]:
        """Role and scope fit each other."""
        given = super().clean() or self.cleaned_data
        if "role" in given and "scope" in given:
            kinds = FITTING.get(Role(given["role"]), set(ScopeKind))
            if self.scopes[given["scope"]].kind not in kinds:
                wanted = ", ".join(str(SCOPE_KINDS[kind]) for kind in SCOPE_KINDS if kind in kinds)
                self.add_error(
                    "scope",
                    _("Diese Rolle gilt so nicht. Bitte wählen Sie aus: %(wanted)s.") % {"wanted": wanted},
                )
        return given

    def to_grant(self) -> Grant:
        """The grant that was chosen."""
        scope = self.scopes[self.cleaned_data["scope"]]
        return Grant(role=Role(self.cleaned_data["role"]), scope_kind=scope.kind, scope_key=scope.key)


class InvitationForm(GrantForm):
    """Who is invited, and as what."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Am besten eine persönliche Adresse im Dienst: An sie gehen die Codes zum Anmelden."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "email", "role", "scope", "ends_on"]

    def to_invitation(self) -> Invitation:
        """The invitation."""
        given = self.cleaned_data
        return Invitation(
            email=given["email"], name=given["name"], grant=self.to_grant(), ends_on=given["ends_on"]
        )


class EndForm(forms.Form):
    """The last day of a role; empty means at once."""

    last_day = DayField(required=False)
