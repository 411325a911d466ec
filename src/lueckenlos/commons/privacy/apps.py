"""The room of files, consents and releases: what the wall asks."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "lueckenlos.commons.privacy"
    label = "privacy"
