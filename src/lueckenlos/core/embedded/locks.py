"""File locks that the kernel of the operating system lets go when their holder dies.

Numbers of processes are no proof of life: a zombie still has one, and a dead process's number goes to
the next program. A `flock` ends with the last open copy of its file, zombie or not.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE_SECONDS = 0.02


def open_lock(path: Path) -> int:
    """Opens a lock file for this account alone."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_exclusive(descriptor: int) -> bool:
    """Takes the lock alone if nobody else holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def hold_shared(path: Path) -> int:
    """Joins those who hold the lock together; closing the descriptor leaves them."""
    descriptor = open_lock(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_free(path: Path) -> bool:
    """Tells whether no living process holds the lock."""
    descriptor = open_lock(path)
    try:
        return try_exclusive(descriptor)
    finally:
        os.close(descriptor)


def wait_until_free(path: Path, *, seconds: float) -> bool:
    """Waits for the last holder to go; says whether it went in time."""
    end = time.monotonic() + seconds
    while not is_free(path):
        if time.monotonic() > end:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


@contextmanager
def exclusive(path: Path, *, seconds: float) -> Iterator[None]:
    """Holds the lock alone; raises `TimeoutError` when others keep it too long."""
    descriptor = open_lock(path)
    try:
        end = time.monotonic() + seconds
        while not try_exclusive(descriptor):
            if time.monotonic() > end:
                raise TimeoutError(str(path))
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)
