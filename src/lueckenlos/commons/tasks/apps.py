"""Nothing without an owner: who owes what to whom, by when, and how it ended."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Nothing without an owner: who owes what to whom, by when, and how it ended."""

    name = "lueckenlos.commons.tasks"
    label = "tasks"
