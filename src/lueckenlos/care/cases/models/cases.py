"""Cases and the pathways they follow."""

from __future__ import annotations

import uuid

from django.db import models

from lueckenlos.care.cases.types import Channel
from lueckenlos.core.models import ClosedModel


class Pathway(models.Model):
    """One version of a pathway as it was installed; a running case keeps its version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    source = models.TextField(help_text="the TOML file, word for word")
    content_hash = models.CharField(max_length=64)
    installed_at = models.DateTimeField()
    is_on = models.BooleanField(default=True, help_text="new cases may begin on it")
    is_seam_only = models.BooleanField(default=False, help_text="request, consent, receipt, date, arrived")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="pathway_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Case(ClosedModel):
    """A file that follows a pathway. It holds no content: that lies in its records, each with its category."""

    file = models.OneToOneField("privacy.File", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=60)
    pseudonym = models.CharField(max_length=40, help_text="how it is spoken of where no name may stand")
    channel = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Channel])
    language = models.CharField(max_length=12, default="de")
    # A new map must not write in a closed room: the key stays, though its municipality be merged into another.
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"case {self.pseudonym}"


class StageMove(ClosedModel):
    """A case went from one stage to the next."""

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    from_stage = models.CharField(max_length=60, blank=True)
    to_stage = models.CharField(max_length=60)
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.from_stage} to {self.to_stage}"


class Presence(ClosedModel):
    """Who has the case open just now, so that two see each other."""

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"presence in {self.file_id}"


class Tally(ClosedModel):
    """One line at the telephone or the counter: what it was about, where from, nobody's name."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    channel = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Channel])
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    phase = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=30)
    language = models.CharField(max_length=12, default="de")
    asked_by_child = models.BooleanField(default=False)
    counted_by = models.UUIDField()

    def __str__(self) -> str:
        return f"tally of {self.counted_on}"
