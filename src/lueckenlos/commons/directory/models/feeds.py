"""Where entries that are not ours come from."""

import uuid

from django.db import models


class Feed(models.Model):
    """A neighbour's directory: shown as theirs, never edited here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)
    profile = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField(null=True)
    document = models.JSONField(default=dict, help_text="what the feed says of itself, unknown keys kept")

    def __str__(self) -> str:
        return self.name
