"""The one anonymous record that every room writes and the chain reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lueckenlos.commons.signals.types import SignalAnswer, SignalReason, SignalSource


class Signal(models.Model):
    """So many times, in this month and place, something of this kind was missing for this reason."""

    source = models.CharField(max_length=20, choices=[(item.value, item.value) for item in SignalSource])
    reason = models.CharField(max_length=20, choices=[(item.value, item.value) for item in SignalReason])
    month = models.DateField(help_text="its first day")
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    phase = models.ForeignKey("directory.LifePhase", null=True, on_delete=models.SET_NULL, related_name="+")
    field = models.ForeignKey("directory.ActionField", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.ForeignKey("directory.Kind", null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.ForeignKey("directory.Service", null=True, on_delete=models.SET_NULL, related_name="+")
    terms = ArrayField(models.CharField(max_length=80), default=list, help_text="known words alone, sorted")
    language = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=1)
    answer = models.CharField(
        max_length=20, blank=True, choices=[(item.value, item.value) for item in SignalAnswer]
    )
    answer_text = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["-month", "-count"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "source",
                    "reason",
                    "month",
                    "municipality",
                    "phase",
                    "field",
                    "kind",
                    "service",
                    "terms",
                    "language",
                ],
                nulls_distinct=False,
                name="signal_counts_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.reason} {self.month:%Y-%m} ({self.count})"
