"""Services: what families can use."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from lueckenlos.commons.directory.types import Access, Audience, Format, ServiceStatus
from lueckenlos.core.fields import AgeField


class Service(models.Model):
    """One offer of one organization, with everything a family asks about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.SlugField(max_length=120, unique=True, help_text="stable external key")
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="services"
    )
    feed = models.ForeignKey("directory.Feed", null=True, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=250)
    alternate_name = models.CharField(max_length=250, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True, max_length=500)
    email = models.EmailField(blank=True)
    status = models.CharField(
        max_length=20,
        default=ServiceStatus.ACTIVE,
        choices=[(item.value, item.value) for item in ServiceStatus],
    )
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    kind = models.ForeignKey("directory.Kind", null=True, on_delete=models.SET_NULL, related_name="services")
    phases = models.ManyToManyField("directory.LifePhase", related_name="services")
    fields = models.ManyToManyField("directory.ActionField", related_name="services")
    age_min = AgeField(null=True)
    age_max = AgeField(null=True)
    audience = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Audience])
    eligibility = models.TextField(blank=True, help_text="who may come, in words")
    format = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Format])
    access = models.CharField(max_length=20, choices=[(item.value, item.value) for item in Access])
    application = models.TextField(blank=True, help_text="how to start, in words")
    fee = models.CharField(max_length=250, blank=True)
    is_free = models.BooleanField(default=False)
    languages = ArrayField(models.CharField(max_length=20), default=list)
    interpretation = models.CharField(max_length=250, blank=True)
    accessible = models.BooleanField(null=True)
    whole_county = models.BooleanField(default=False, help_text="open to everybody in the county")
    catchment = models.ManyToManyField("places.Municipality", related_name="+")
    schedule_text = models.CharField(max_length=500, blank=True)
    waiting_weeks = models.PositiveSmallIntegerField(null=True)
    waiting_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    bridge_from = models.ForeignKey(
        "directory.LifePhase", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    bridge_to = models.ForeignKey(
        "directory.LifePhase", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_seed = models.BooleanField(default=False, help_text="described by the initiative itself")
    unknown = models.JSONField(default=dict)
    source_key = models.UUIDField(
        null=True, help_text="digest of whose table and which row of it brought this"
    )
    source_digest = models.UUIDField(
        null=True, help_text="digest of what that row said when it was last taken over"
    )
    source_version = models.PositiveIntegerField(null=True, help_text="the version that taking over made")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["name", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min__isnull=True)
                | models.Q(age_max__isnull=True)
                | models.Q(age_min__lte=models.F("age_max")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(bridge_from__isnull=True, bridge_to__isnull=True)
                | models.Q(bridge_from__isnull=False, bridge_to__isnull=False),
                name="service_bridge_has_two_ends",
            ),
            models.UniqueConstraint(
                fields=["source_key"],
                condition=models.Q(source_key__isnull=False),
                name="service_source_key_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(models.Model):
    """Places a year as known on a day; the latest row counts, the older ones are history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacities")
    maximum = models.PositiveIntegerField(help_text="places a year")
    available = models.PositiveIntegerField(null=True, help_text="free places now, where known")
    known_on = models.DateField()
    unknown = models.JSONField(default=dict)

    class Meta:
        ordering = ["-known_on", "id"]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.maximum}"


class Schedule(models.Model):
    """When a service is open or meets: one recurrence rule, or words alone where it cannot be said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    position = models.PositiveSmallIntegerField(default=0)
    rrule = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    skips = ArrayField(
        models.CharField(max_length=30), default=list, help_text="school_holidays, public_holidays"
    )
    description = models.CharField(max_length=500, blank=True)
    unknown = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.description or self.rrule


class CostOption(models.Model):
    """What it costs, and for whom less."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    option = models.CharField(max_length=250, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="EUR")
    description = models.CharField(max_length=500, blank=True)
    unknown = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.option or self.description or str(self.amount)


class Funding(models.Model):
    """Where the money comes from and until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, null=True, on_delete=models.CASCADE, related_name="funding")
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.CASCADE, related_name="funding"
    )
    source = models.CharField(max_length=250)
    until = models.DateField(null=True)
    unknown = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | models.Q(service__isnull=False),
                name="funding_belongs",
            )
        ]

    def __str__(self) -> str:
        return self.source


class RequiredDocument(models.Model):
    """What to bring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="required_documents")
    document = models.CharField(max_length=250)
    unknown = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.document
