"""People and households, as far as somebody may know them."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """People and households, as far as somebody may know them."""

    name = "lueckenlos.commons.families"
    label = "families"
