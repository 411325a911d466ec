"""Words for the pages of accounts."""

from django import template

from lueckenlos.commons.accounts.devices import device_of
from lueckenlos.commons.accounts.wording import ROLES
from lueckenlos.core.actor import Role

register = template.Library()
register.filter("device", device_of)


@register.filter("role")
def role_word(role: Role) -> str:
    """What a role is called."""
    return str(ROLES[role])
