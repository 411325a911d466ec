"""What data protection's desk gets from config: rooms below cannot know all retention rules and all pathways."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lueckenlos.config.processing import as_pdf, assessment, read_facts, record_of_processing
from lueckenlos.config.retention import RuleReport, erase_due, show_due
from lueckenlos.portal.oversight.parts import Document, Parts


def documents(now: datetime) -> Sequence[Document]:
    """Both documents as the house is set up now."""
    facts = read_facts(now=now)
    return (record_of_processing(facts), assessment(facts))


def _show(now: datetime) -> Sequence[RuleReport]:
    return show_due(now=now)


def _erase(now: datetime) -> Sequence[RuleReport]:
    return erase_due(now=now)


PARTS: Final = Parts(show_due=_show, erase_due=_erase, documents=documents, as_pdf=as_pdf)
