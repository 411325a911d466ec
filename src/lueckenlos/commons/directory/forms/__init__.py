"""Parsing of what people send, and the German wording of what does not fit."""

from lueckenlos.commons.directory.forms.entry import EntryForm, Group
from lueckenlos.commons.directory.forms.small import (
    AnswerForm,
    DecisionForm,
    EndForm,
    NewOrganizationForm,
    OrganizationForm,
    PlacesForm,
    RenameForm,
)

__all__ = [
    "AnswerForm",
    "DecisionForm",
    "EndForm",
    "EntryForm",
    "Group",
    "NewOrganizationForm",
    "OrganizationForm",
    "PlacesForm",
    "RenameForm",
]
