"""The room of family centres."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    """Several organizations that are one family centre: one page, one calendar, one plan."""

    name = "lueckenlos.offers.centres"
    label = "centres"
