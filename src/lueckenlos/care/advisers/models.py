"""Advisers by contract, whom they advise, and the yearly meeting: staff data, nothing about a family."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import VersionedModel


class Adviser(VersionedModel):
    """An experienced professional who advises others about a child (§ 8a (4), § 8b SGB VIII, § 4 KKG)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(null=True, help_text="the account, where there is one")
    name = models.CharField(max_length=120)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    unit = models.UUIDField(null=True, help_text="the team that is asked to call back")
    phone = models.CharField(max_length=60)
    qualification = models.CharField(max_length=200)
    qualified_on = models.DateField()
    qualified_until = models.DateField(null=True)
    contract_from = models.DateField()
    contract_until = models.DateField(null=True)
    absent_from = models.DateField(null=True)
    absent_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(phone=""), name="adviser_can_be_rung"),
            models.CheckConstraint(
                condition=Q(contract_until__isnull=True) | Q(contract_until__gte=F("contract_from")),
                name="adviser_contract_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(qualified_until__isnull=True) | Q(qualified_until__gte=F("qualified_on")),
                name="adviser_qualification_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(absent_from__isnull=True, absent_until__isnull=True)
                | Q(absent_from__isnull=False, absent_until__gte=F("absent_from")),
                name="adviser_comes_back",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Deputy(models.Model):
    """Who answers when an adviser is away; the lowest place first."""

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="stands_in_for")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("adviser", "deputy"), name="deputy_once"),
            models.CheckConstraint(condition=~Q(adviser=F("deputy")), name="deputy_is_somebody_else"),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.deputy_id} for {self.adviser_id}"


class AdviserFor(models.Model):
    """Which organization has which adviser; without an organization, every place that has none of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="advises")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization",), condition=Q(until__isnull=True), name="adviser_one_for_each",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="adviser_for_a_time"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.adviser_id} for {self.organization_id or 'all others'}"


class YearlyMeeting(VersionedModel):
    """Those who advise and those who ask meet once a year; what is written down names no child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    invited = models.ManyToManyField("directory.Organization", related_name="+")
    held_on = models.DateField(null=True)
    minutes = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes="") | Q(held_on__isnull=False), name="meeting_minutes_after_it_was_held"
            ),
        )

    def __str__(self) -> str:
        return f"meeting of {self.starts_at:%Y-%m-%d}"
