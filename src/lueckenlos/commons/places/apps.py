"""Places of the county."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places of the county."""

    name = "lueckenlos.commons.places"
    label = "places"
