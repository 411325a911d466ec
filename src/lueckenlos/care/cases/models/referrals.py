"""Referral and handover, followed until arrived or not."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lueckenlos.care.cases.types import ReferralMode, ReferralState
from lueckenlos.core.models import ClosedModel, VersionedModel


class Referral(ClosedModel, VersionedModel):
    """One part of a matter goes to another organization, or all of it; with which data, the consent says."""

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    to_organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    service = models.UUIDField(null=True, help_text="the service of the directory, where it goes to one")
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in ReferralMode])
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ReferralState])
    purpose = models.CharField(max_length=30)
    categories = ArrayField(models.CharField(max_length=30))
    about = models.UUIDField()
    message = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    reason = models.CharField(max_length=20, blank=True, help_text="a SignalReason, where it did not arrive")
    due_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to_organization", "state"], name="referral_receiver")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReferralState.NOT_ARRIVED.value) | ~Q(reason=""),
                name="referral_lost_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"referral {self.id}"
