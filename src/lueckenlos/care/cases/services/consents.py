"""A consent that was given on paper or on the office's tablet, with the sheet or signature that proves it."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.models import Document
from lueckenlos.care.cases.services.documents import NewDocument, add_document
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import DraftAnswer
from lueckenlos.core import storing
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.incoming import UnfitFile

MOST_SIGNATURE: Final = 400_000
LEAST_SIGNATURE: Final = 300  # an empty pad is smaller
_DRAWN: Final = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def answer_with_evidence(
    file: UUID, *, draft: UUID, answer: privacy.Answer, evidence: NewDocument, actor: Actor, now: datetime
) -> DraftAnswer:
    """Store what proves the answer among the file's documents, then answer; both or neither.

    Raises what either refuses: UnfitFile, NotYours, Unfit.
    """
    stored: UUID | None = None
    try:
        with acting_as(actor):
            document = add_document(file, new=evidence, actor=actor, now=now)
            stored = Document.objects.values_list("stored_as", flat=True).get(id=document)
            done, _consent = privacy.answer_draft(
                draft, answer=replace(answer, evidence=document), actor=actor
            )
    except BaseException:
        # Its row is rolled back with the answer; without it nobody could ever find or erase the file.
        if stored is not None:
            storing.forget(stored)
        raise
    return done


def signature_of(drawn: str) -> bytes:
    """The picture that was drawn on the pad; raises UnfitFile where there is none."""
    match = _DRAWN.fullmatch(drawn.strip())
    if match is None or len(drawn) > MOST_SIGNATURE:
        raise UnfitFile("empty")
    try:
        content = base64.b64decode(match[1], validate=True)
    except (ValueError, binascii.Error) as error:
        raise UnfitFile("empty") from error
    if len(content) < LEAST_SIGNATURE:
        raise UnfitFile("empty")
    return content
