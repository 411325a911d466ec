"""Talks of several offices about cases, pseudonymous first."""

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """Talks of several offices about cases, pseudonymous first."""

    name = "lueckenlos.care.talks"
    label = "talks"
