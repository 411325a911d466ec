"""Keeps what planning knows of places and people, so that the chain of any past day can be drawn again."""

import hashlib
import json
from datetime import datetime

from lueckenlos.steering.chain.models import Basis
from lueckenlos.steering.chain.selectors.basis import current_basis


def remember_basis(*, cause: str, now: datetime) -> bool:
    """Keep places, people, indicators and thresholds as they stand now; False where nothing is new.

    Whoever writes any of them calls this in the same transaction (`load-county`, an import of indicators).
    """
    content = current_basis()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    latest = Basis.objects.order_by("-known_at", "-id").values_list("digest", flat=True).first()
    if latest == digest:
        return False
    Basis.objects.create(known_at=now, cause=cause, digest=digest, content=content)
    return True
