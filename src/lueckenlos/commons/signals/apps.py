"""Anonymous counts of what was missing."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Anonymous counts of what was missing."""

    name = "lueckenlos.commons.signals"
    label = "signals"
