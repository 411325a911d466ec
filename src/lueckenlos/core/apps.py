"""What every room uses."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every room uses."""

    name = "lueckenlos.core"
    label = "core"
