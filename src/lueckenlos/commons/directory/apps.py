"""Who offers what, where and when."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who offers what, where and when."""

    name = "lueckenlos.commons.directory"
    label = "directory"
