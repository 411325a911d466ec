"""The room of bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Appointments with people, and rooms and things to borrow: free times, and who has which."""

    name = "lueckenlos.offers.bookings"
    label = "bookings"
