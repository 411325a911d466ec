"""The room of family classes."""

from django.apps import AppConfig


class ClassesConfig(AppConfig):
    """Mornings in a primary school to which parents come with their child: places, goals, a report without names."""

    name = "lueckenlos.offers.classes"
    label = "classes"
