"""Forms of talks."""

from lueckenlos.care.talks.forms.items import (
    AskForm,
    ContributionForm,
    NamedForm,
    QuestionForm,
)
from lueckenlos.care.talks.forms.series import DelegateForm, MoveForm, OfficesForm, SeriesForm
from lueckenlos.care.talks.forms.talking import AgreementForm, CloseForm, PresenceForm, ResultForm

__all__ = [
    "AgreementForm",
    "AskForm",
    "CloseForm",
    "ContributionForm",
    "DelegateForm",
    "MoveForm",
    "NamedForm",
    "OfficesForm",
    "PresenceForm",
    "QuestionForm",
    "ResultForm",
    "SeriesForm",
]
