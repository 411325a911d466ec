"""Settings, addresses and the command line; says which entries the menu has."""

from django.apps import AppConfig

from lueckenlos.config.menu import ENTRIES
from lueckenlos.portal import menu


class ConfigConfig(AppConfig):
    """Registers what rooms must not know of each other."""

    name = "lueckenlos.config"
    label = "config"

    def ready(self) -> None:
        """Hand the menu to the page shell."""
        menu.register(ENTRIES)
