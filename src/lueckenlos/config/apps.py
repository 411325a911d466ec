"""Settings, addresses and the command line; says which entries the menu has."""

from django.apps import AppConfig

from lueckenlos.config.menu import ENTRIES
from lueckenlos.offers.programmes import beside
from lueckenlos.portal import menu
from lueckenlos.portal.oversight import parts as oversight
from lueckenlos.portal.own_data import types as own_data


class ConfigConfig(AppConfig):
    """Registers what rooms must not know of each other."""

    name = "lueckenlos.config"
    label = "config"

    def ready(self) -> None:
        """Hand the menu to the page shell; what needs the tables is named and fetched when it is first asked for."""
        menu.register(ENTRIES)
        own_data.register("lueckenlos.config.own_sections.SECTIONS")
        beside.register("lueckenlos.config.programme_parts.BESIDE")
        oversight.register("lueckenlos.config.oversight_parts.PARTS")
