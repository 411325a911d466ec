"""What people say to each other about cells: states, notes, comments, questions."""

from django.db import models

from lueckenlos.steering.chain.types import Standing


class StandingChange(models.Model):
    """A step of a cell, a seam, a note or a figure between internal, shared and public; the latest counts."""

    subject = models.CharField(max_length=200, db_index=True)
    area = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=10, choices=[(item.value, item.value) for item in Standing])
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} {self.state}"


class Note(models.Model):
    """What Koordination notes about a cell, or what a municipality or provider comments."""

    subject = models.CharField(max_length=200, db_index=True)
    area = models.CharField(max_length=8)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_label = models.CharField(max_length=120, help_text="role or office, never a person's name")
    organization = models.UUIDField(null=True, help_text="of a provider's comment")
    is_comment = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10,
        default=Standing.INTERNAL,
        choices=[(item.value, item.value) for item in Standing],
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} {self.at:%Y-%m-%d}"


class Asked(models.Model):
    """A question to a provider that was sent: who was asked is not asked again for a while."""

    service_key = models.CharField(max_length=120, db_index=True)
    organization = models.UUIDField()
    cells = models.JSONField(default=list, help_text="what its answer may settle")
    sent_at = models.DateTimeField(db_index=True)
    sent_by = models.UUIDField(null=True)
    reminder = models.UUIDField(null=True, help_text="the directory's mail that carried it")

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return f"{self.service_key} {self.sent_at:%Y-%m-%d}"
