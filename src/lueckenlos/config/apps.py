"""Settings, addresses and the command line."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses and the command line."""

    name = "lueckenlos.config"
    label = "config"
