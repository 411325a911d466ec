"""What the chain rests on, as it was known from a moment on; nothing here is ever changed, only followed."""

from django.db import models


class Basis(models.Model):
    """Places, people, phases, fields, kinds, indicators and thresholds as they were known from a moment on."""

    known_at = models.DateTimeField(db_index=True)
    cause = models.CharField(max_length=60, help_text="what brought it: load-county, indicators")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    content = models.JSONField()

    class Meta:
        ordering = ["-known_at", "-id"]

    def __str__(self) -> str:
        return f"{self.known_at:%Y-%m-%d} {self.cause}"


class TargetRevision(models.Model):
    """One wording of one target; the latest counts, and one without places ends it."""

    area = models.CharField(max_length=8, help_text="municipality or county key")
    phase = models.CharField(max_length=50)
    field = models.CharField(max_length=50, blank=True)
    to = models.CharField(max_length=50, blank=True, help_text="of a seam: the next phase")
    places_per_100 = models.FloatField(null=True)
    is_essential = models.BooleanField(default=False)
    need_indicator = models.CharField(max_length=60, blank=True)
    intensities = models.JSONField(default=list)
    basis = models.CharField(max_length=300, blank=True)
    resolution = models.CharField(max_length=300, blank=True, help_text="which body decided it")
    resolved_on = models.DateField(null=True)
    known_at = models.DateTimeField(db_index=True)
    by = models.UUIDField(null=True)
    from_folder = models.BooleanField(default=False)

    class Meta:
        ordering = ["area", "phase", "field", "to", "-known_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(field="") ^ models.Q(to=""), name="target_is_for_a_field_or_a_seam"
            ),
            models.CheckConstraint(
                condition=models.Q(places_per_100__isnull=True) | models.Q(places_per_100__gt=0),
                name="target_above_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.phase} {self.field or self.to}"
