"""Compiled loops, kept between runs where a place for them can be written, else compiled anew in memory."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Compile a loop at its first call (one core, no Python objects, numbers exactly as written).

    The result is cached beside the bytecode (`__pycache__`), else in the user's cache folder or NUMBA_CACHE_DIR. A
    read-only installation without any of them compiles again in each process, which costs a few seconds.
    """
    return _compiled(loop, fastmath=False)


def summing(loop: Loop) -> Loop:
    """The same for a loop that adds up: in any order, so that several numbers are added at once."""
    return _compiled(loop, fastmath={"reassoc", "nsz"})


def _compiled(loop: Loop, *, fastmath: bool | set[str]) -> Loop:
    try:
        return cast(Loop, numba.njit(cache=True, nogil=True, fastmath=fastmath)(loop))
    except RuntimeError:
        # numba's word for "no place to cache": no reason not to run.
        return cast(Loop, numba.njit(nogil=True, fastmath=fastmath)(loop))
