"""Start pages, navigation, legal pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Start pages, navigation, legal pages."""

    name = "lueckenlos.portal"
    label = "portal"
