"""Which entries the page shell's menu has; rooms do not know the menu."""

from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role
from lueckenlos.portal.menu import MenuEntry

ENTRIES: list[MenuEntry] = []
