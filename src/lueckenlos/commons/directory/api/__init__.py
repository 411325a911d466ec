"""The public JSON interface: Open Referral for everybody, read only, without a key."""

from lueckenlos.commons.directory.api.doors import opened_to_all
from lueckenlos.commons.directory.api.openreferral import interface

__all__ = ["interface", "opened_to_all"]
