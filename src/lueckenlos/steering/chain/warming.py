"""Compiles the chain's loops while the server starts, so that the first page does not wait for them."""

import logging
from threading import Thread

from django.db import DatabaseError, connection

from lueckenlos.steering.chain.selectors import drawn

log = logging.getLogger(__name__)


def warm_up() -> Thread:
    """Reckon the chain once beside everything else; a page that is asked for meanwhile simply reckons it too."""
    thread = Thread(target=_reckon, name="chain-warm-up", daemon=True)
    thread.start()
    return thread


def _reckon() -> None:
    try:
        drawn()
    except DatabaseError as error:
        # Not yet migrated, or going down again: the first page will say so better than we could here.
        log.info("chain.not_warmed", extra={"reason": type(error).__name__})
    finally:
        connection.close()
