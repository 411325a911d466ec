"""The room of programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """What families and professionals take part in: dates, places, registrations."""

    name = "lueckenlos.offers.programmes"
    label = "programmes"
