"""Which entries the page shell's menu has; rooms do not know the menu."""

from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role
from lueckenlos.portal.menu import MenuEntry

COORDINATION = frozenset({Role.COORDINATION})
PROVIDER = frozenset({Role.PROVIDER})
COUNSELLORS = frozenset({Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE})

ENTRIES = [
    MenuEntry(_("Hilfe finden"), "finder:search"),
    MenuEntry(_("Alle Themen"), "finder:topics"),
    MenuEntry(_("Merkliste"), "finder:bookmarks"),
    MenuEntry(_("Sofort Hilfe"), "finder:urgent"),
    MenuEntry(
        _("Personen und Rollen"),
        "accounts:people",
        roles=frozenset({Role.ADMINISTRATION}),
        text=_("Einladen, Rollen geben und beenden"),
        icon="person",
    ),
]
