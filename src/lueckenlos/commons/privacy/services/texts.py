"""Installs the consent texts that a county uses; a text is never changed, only followed by its next version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from lueckenlos.commons.privacy.models import ConsentText
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.core import audit
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as

LOADER = job("load-consent-texts")
_NAMESPACE = UUID("6f0f7a3e-1f0b-5c1e-9d53-6e2f3b1c7a55")


@dataclass(frozen=True, slots=True)
class TextSource:
    """One text in one language, as its file has it; without a day of its own it holds from when it is installed."""

    code: str
    version: int
    language: str
    title: str
    text: str
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    recipient_kinds: tuple[str, ...]
    valid_from: datetime | None = None


class TextChanged(Exception):
    """A text differs from the one that is stored under the same version: it needs a new version."""

    def __init__(self, code: str, *, version: int, language: str) -> None:
        super().__init__(f"{code} {version} {language}")
        self.code = code
        self.version = version
        self.language = language


def install_texts(sources: Iterable[TextSource], *, valid_from: datetime) -> int:
    """Store what is new and give its number; refuse a text that was changed without a new version."""
    installed = 0
    with acting_as(LOADER):
        held = {(row.code, row.version, row.language): row.sha256 for row in ConsentText.objects.all()}
        for source in sources:
            fingerprint = hashlib.sha256(f"{source.title}\n{source.text}".encode()).hexdigest()
            key = (source.code, source.version, source.language)
            if key in held:
                if held[key] != fingerprint:
                    raise TextChanged(source.code, version=source.version, language=source.language)
                continue
            ConsentText.objects.create(
                id=uuid5(_NAMESPACE, "/".join(map(str, key))),
                code=source.code,
                version=source.version,
                language=source.language,
                title=source.title,
                text=source.text,
                sha256=fingerprint,
                valid_from=source.valid_from or valid_from,
                purposes=[purpose.value for purpose in source.purposes],
                categories=[category.value for category in source.categories],
                recipient_kinds=list(source.recipient_kinds),
            )
            installed += 1
        if installed:
            audit.record("privacy.texts.installed", subject="consent-texts", details={"count": installed})
    return installed
