"""The family of the room of consents, for the desk that watches over them."""

from tests.commons.privacy.conftest import family

__all__ = ["family"]
