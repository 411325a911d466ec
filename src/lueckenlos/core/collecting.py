"""Puts Python's search for dead rings of objects off while many living ones are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Search for dead rings of objects only afterwards; also a decorator.

    A table of ten thousand rows makes a million objects that all live until its end, and the search looks through
    them again and again. It is off for the whole process meanwhile; whoever was first turns it on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
