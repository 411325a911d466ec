"""What planners try out and decide."""

import uuid

from django.db import models

from lueckenlos.kernels.chain.types import Step
from lueckenlos.steering.chain.types import DuplicateVerdict, ScenarioState, SiteState


class Scenario(models.Model):
    """A what-if: changes on top of the chain as it is; kept, or thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=8, blank=True, help_text="of a municipality's own what-if")
    changes = models.JSONField(default=list)
    note = models.TextField(blank=True)
    result = models.JSONField(
        null=True, help_text="of a kept one: today and there, as it was when it was kept"
    )
    state = models.CharField(
        max_length=10,
        default=ScenarioState.OPEN,
        choices=[(item.value, item.value) for item in ScenarioState],
    )
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class CatalogStep(models.Model):
    """A step that could be taken, with what it usually costs and gives."""

    key = models.SlugField(max_length=80, primary_key=True)
    label = models.CharField(max_length=200)
    step = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Step])
    cost = models.PositiveIntegerField(help_text="euros a year")
    places = models.PositiveIntegerField(help_text="places a year")
    kind = models.CharField(max_length=60, blank=True, help_text="key of a kind")
    phases = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    language = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    from_folder = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class DuplicateDecision(models.Model):
    """What was decided about services that look like the same thing twice; the latest counts."""

    group = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the sorted keys")
    services = models.JSONField()
    decision = models.CharField(
        max_length=10, choices=[(item.value, item.value) for item in DuplicateVerdict]
    )
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.group[:8]} {self.decision}"


class SiteChoice(models.Model):
    """The choice of a model site out of a ranking, with its grounds; dated, and fixed once decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True, help_text="what the site is for")
    setup = models.JSONField(help_text="indicators with weights, method, year")
    ranking = models.JSONField(help_text="the ranking as it was then, with robustness and contributions")
    chosen = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=200, blank=True, help_text="the school or house there")
    grounds = models.TextField(blank=True)
    alternatives = models.JSONField(default=list, help_text="[{area, why_not}]")
    cost = models.PositiveIntegerField(null=True, help_text="euros a year")
    funding = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, default=SiteState.DRAFT, choices=[(item.value, item.value) for item in SiteState]
    )
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title
