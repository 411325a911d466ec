"""Cases that follow a pathway."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases that follow a pathway."""

    name = "lueckenlos.care.cases"
    label = "cases"
