"""The room of online courses."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses on somebody else's platform, for which families get a bought code of their own."""

    name = "lueckenlos.offers.courses"
    label = "courses"
