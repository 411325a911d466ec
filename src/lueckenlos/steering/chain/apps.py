"""The prevention chain as a calculation."""

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """The prevention chain as a calculation."""

    name = "lueckenlos.steering.chain"
    label = "chain"
