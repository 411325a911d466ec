"""Reads of files and consents: each takes the actor, and the wall decides again."""

from lueckenlos.commons.privacy.selectors.consents import (
    consents_by,
    consents_of,
    draft,
    drafts_of,
    text,
    texts,
)
from lueckenlos.commons.privacy.selectors.files import (
    assignments,
    covers,
    due_files,
    file,
    parties,
    whose_task,
)
from lueckenlos.commons.privacy.selectors.reach import (
    disclosures_about,
    disclosures_of,
    files_released_to,
    grounds,
    notices,
    releases,
    releases_to_me,
)

__all__ = [
    "assignments",
    "consents_by",
    "consents_of",
    "covers",
    "disclosures_about",
    "disclosures_of",
    "draft",
    "drafts_of",
    "due_files",
    "file",
    "files_released_to",
    "grounds",
    "notices",
    "parties",
    "releases",
    "releases_to_me",
    "text",
    "texts",
    "whose_task",
]
