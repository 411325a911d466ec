"""What the policies read: derived by the database from tasks, consents, covers and steps, never written by hand."""

from __future__ import annotations

from django.db import models

from lueckenlos.commons.privacy.models.files import File
from lueckenlos.commons.privacy.types import Ground, Mode


class Release(models.Model):
    """Where all whose consent is needed agree: who may know what about whom, what for, from when, until when."""

    closed = True

    id = models.BigAutoField(primary_key=True)
    # Its own indexes would be the beginnings of two others.
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="releases", db_index=False)
    subject = models.UUIDField(help_text="a person of the file, or the file itself: what concerns everybody")
    category = models.CharField(max_length=30)
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=30)
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode])
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "subject", "category", "organization", "purpose"], name="release_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "purpose"], name="release_recipient")]

    def __str__(self) -> str:
        return f"release in {self.file_id}"


class Access(models.Model):
    """One way in: a holder (a person at work, a team, an office for a purpose) into a file, as far as it reaches.

    `holder` is a uuid made from who and for whom, so that one comparison decides; see `wall.holder`.
    """

    closed = True

    id = models.BigAutoField(primary_key=True)
    # With an index of its own, policies would find all ways into a file and then look for the actor's.
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+", db_index=False)
    holder = models.UUIDField()
    everything = models.BooleanField(help_text="every category about everybody, but not what was confided")
    subject = models.UUIDField()
    category = models.CharField(max_length=30)
    writes = models.BooleanField()
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in Ground])
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["file", "holder"], name="access_file_holder"),
            models.Index(fields=["holder"], name="access_holder"),
            models.Index(fields=["subject", "holder"], name="access_subject_holder"),
        ]

    def __str__(self) -> str:
        return f"access to {self.file_id}"
