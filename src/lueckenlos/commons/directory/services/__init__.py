"""Deeds of the directory: one function each."""

from lueckenlos.commons.directory.notices import LetterWords
from lueckenlos.commons.directory.services.access import looks_after, publishes
from lueckenlos.commons.directory.services.editing import (
    create_service,
    edit_service,
    end_service,
    preview_new,
    preview_service,
)
from lueckenlos.commons.directory.services.freshness import (
    Rounds,
    answer_by_link,
    ask,
    confirm,
    confirm_by_link,
    remind,
)
from lueckenlos.commons.directory.services.importing import Imported, import_rows, remember_mapping
from lueckenlos.commons.directory.services.inquiries import answer_inquiry, report_error
from lueckenlos.commons.directory.services.organizations import (
    add_organization,
    distrust_organization,
    reach_organization,
    rename_organization,
    trust_organization,
)
from lueckenlos.commons.directory.services.proposing import (
    accept_proposal,
    propose,
    propose_by_link,
    propose_new,
    reject_proposal,
)
from lueckenlos.commons.directory.services.texts import set_translation

__all__ = [
    "Imported",
    "LetterWords",
    "Rounds",
    "accept_proposal",
    "add_organization",
    "answer_by_link",
    "answer_inquiry",
    "ask",
    "confirm",
    "confirm_by_link",
    "create_service",
    "distrust_organization",
    "edit_service",
    "end_service",
    "import_rows",
    "looks_after",
    "preview_new",
    "preview_service",
    "propose",
    "propose_by_link",
    "propose_new",
    "publishes",
    "reach_organization",
    "reject_proposal",
    "remember_mapping",
    "remind",
    "rename_organization",
    "report_error",
    "set_translation",
    "trust_organization",
]
