"""The room of the front door."""

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    """Where every matter may come in: by page, telephone or counter."""

    name = "lueckenlos.care.frontdoor"
    label = "frontdoor"
