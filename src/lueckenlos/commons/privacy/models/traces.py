"""What was told to whom, protection steps, and what was confided and opened."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.commons.privacy.models.files import File
from lueckenlos.commons.privacy.types import Ground, LegalBasis, OpeningGround
from lueckenlos.core.models import ClosedModel


class Disclosure(ClosedModel):
    """Who saw which kind of data about whom, on which day first, and why they might. Only ever added to."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="disclosures")
    subject = models.UUIDField()
    category = models.CharField(max_length=30)
    person = models.UUIDField(null=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30, blank=True)
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in Ground])
    seen_on = models.DateField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "file",
                    "subject",
                    "category",
                    "person",
                    "organization",
                    "purpose",
                    "ground",
                    "seen_on",
                ],
                name="disclosure_once_a_day",
            )
        ]
        indexes = [models.Index(fields=["subject", "seen_at"], name="disclosure_subject")]

    def __str__(self) -> str:
        return f"disclosure from {self.file_id}"


class ProtectionStep(ClosedModel):
    """A step under § 8a SGB VIII or § 4 KKG names an organization: not a consent, and never shown as one."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="protection_steps")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    legal_basis = models.CharField(max_length=20, choices=[(b.value, b.value) for b in LegalBasis])
    reason = models.TextField()
    second_person = models.UUIDField(null=True)
    late_reason = models.CharField(max_length=500, blank=True, help_text="why it could not wait for a second")
    categories = ArrayField(models.CharField(max_length=30))
    since = models.DateTimeField()
    until = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="step_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="step_has_a_length"),
            models.CheckConstraint(
                condition=(Q(second_person__isnull=False) & ~Q(second_person=F("recorded_by")))
                | ~Q(late_reason=""),
                name="step_has_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"protection step {self.id}"


class ProtectionNotice(models.Model):
    """That a protection step happened, for data protection: when, to which organization, not about whom."""

    closed = True

    id = models.UUIDField(primary_key=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=20, choices=[(b.value, b.value) for b in LegalBasis])
    happened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"protection notice {self.id}"


class Opening(ClosedModel):
    """What was confided to one is opened for one other person, for a reason the law knows (§ 65 (1) SGB VIII)."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="openings")
    record = models.UUIDField()
    person = models.UUIDField()
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=[(g.value, g.value) for g in OpeningGround])
    reason = models.CharField(max_length=500)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="opening_has_a_reason"),
            models.UniqueConstraint(fields=["record", "person", "organization"], name="opening_once"),
        ]

    def __str__(self) -> str:
        return f"opening of {self.record}"
