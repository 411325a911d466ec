"""What a person asks for their own data (Art. 15 to 21 GDPR), with its day and its answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lueckenlos.commons.privacy.rights import RightKind, RightOutcome
from lueckenlos.core.models import ClosedModel


class RightsRequest(ClosedModel):
    """One wish of one person about their own data; due in a month (Art. 12 (3) GDPR)."""

    person = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RightKind])
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="de")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in RightOutcome]
    )
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="right_has_a_length"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="right_ended_has_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="right_person")]

    def __str__(self) -> str:
        return f"request {self.id}"
