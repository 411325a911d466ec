"""Child-protection advisers: who advises whom, by contract."""

from django.apps import AppConfig


class AdvisersConfig(AppConfig):
    """Child-protection advisers: who advises whom, by contract."""

    name = "lueckenlos.care.advisers"
    label = "advisers"
