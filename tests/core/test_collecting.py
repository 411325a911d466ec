"""The search for dead rings of objects is on again after a large deed, however it ends."""

import gc

import pytest

from lueckenlos.core.collecting import collecting_later


def test_it_is_off_for_the_deed_and_on_again_afterwards() -> None:
    with collecting_later():
        assert not gc.isenabled()
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled(), "a deed inside another must not turn it on for both"
    assert gc.isenabled()


def test_it_is_on_again_when_the_deed_fails() -> None:
    with pytest.raises(ZeroDivisionError), collecting_later():
        _ = 1 / 0
    assert gc.isenabled()


def test_whoever_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
