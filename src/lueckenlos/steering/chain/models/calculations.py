"""Chains that are kept: frozen under a name, calculated by the worker, or shown to the council."""

import uuid

from django.db import models


class Baseline(models.Model):
    """The chain as known on a day, frozen under a name, to measure later change against."""

    name = models.CharField(max_length=120, unique=True)
    day = models.DateField()
    note = models.TextField(blank=True)
    document = models.JSONField(help_text="as `lueckenlos chain --json` prints it")
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-day", "name"]

    def __str__(self) -> str:
        return self.name


class Calculation(models.Model):
    """A calculation in the worker, for counties too large for a request; the last finished one is shown."""

    version = models.CharField(max_length=200, help_text="what it rests on")
    day = models.DateField()
    done = models.FloatField(default=0.0, help_text="0 to 1")
    document = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.day} {self.done:.0%}"


class CouncilLink(models.Model):
    """A read-only way in for the council: one view, until a day, ended at any time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=120)
    query = models.CharField(max_length=500, blank=True, help_text="the picture's own words")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title
