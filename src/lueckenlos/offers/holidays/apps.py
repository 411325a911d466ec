"""The room of holiday places."""

from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    """Fair allocation of holiday offers: wish lists until a date, a lot that everybody can check."""

    name = "lueckenlos.offers.holidays"
    label = "holidays"
