"""What is written in a case: records of the pathway's kinds, goals in the family's words, documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lueckenlos.commons.privacy.content import FileContent
from lueckenlos.core.models import ClosedModel, VersionedModel


class Record(FileContent, VersionedModel):
    """A note, a contact, a visit, an answer: its kind is the pathway's, its fields are data."""

    kind = models.SlugField(max_length=60)
    words = models.TextField(blank=True, help_text="the family's own words, kept as they were said")
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    is_draft = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["file", "happened_at"], name="record_file_time"),
            models.Index(
                fields=["confided_to"], name="record_confided", condition=Q(confided_to__isnull=False)
            ),
            models.Index(fields=["about"], name="record_about"),
        ]

    def __str__(self) -> str:
        return f"record {self.id}"


class Goal(FileContent, VersionedModel):
    """What the family wants to reach, in their words; they rate it themselves."""

    text = models.TextField()
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"goal {self.id}"


class GoalRating(ClosedModel):
    """How near somebody sees the goal, from 0 to 10."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    rated_by = models.CharField(max_length=20, help_text="child, parent, worker")
    value = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__lte=10), name="rating_to_ten")]

    def __str__(self) -> str:
        return f"{self.value} by {self.rated_by}"


class Document(FileContent):
    """A file from outside, encrypted at rest; the key lies outside the database."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"document {self.id}"
