"""Families find help."""

from django.apps import AppConfig


class FinderConfig(AppConfig):
    """Families find help."""

    name = "lueckenlos.offers.finder"
    label = "finder"
