"""What a server reads beside its first pages, so that no visitor waits for it."""

import logging
from collections.abc import Callable
from threading import Thread

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


def warm_up(*reads: Callable[[], object]) -> Thread:
    """Read one after another in one thread: the start does not wait, and a page asked for meanwhile reads for itself."""
    thread = Thread(target=_read, args=(reads,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _read(reads: tuple[Callable[[], object], ...]) -> None:
    try:
        for read in reads:
            read()
    except DatabaseError as error:
        # Not yet migrated, or going down again: the first page will say so better than we could here.
        log.info("start.not_warmed", extra={"reason": type(error).__name__})
    finally:
        connection.close()
