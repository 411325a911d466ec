"""How entries stay true: history, proposals, reminders and reports of errors."""

import uuid

from django.db import models

from lueckenlos.commons.directory.types import InquiryReason, InquiryState, ProposalState


class Change(models.Model):
    """One change of one entry: what it was, what it is, who did it."""

    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.SET_NULL, related_name="changes"
    )
    service_key = models.CharField(max_length=120, db_index=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120, help_text="role or office, never a person's name")
    deed = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.service_key} {self.version}"


class Proposal(models.Model):
    """A provider's edit or new entry that waits for Koordination."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="proposals"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, on_delete=models.CASCADE, related_name="proposals"
    )
    base_version = models.PositiveIntegerField(null=True)
    values = models.JSONField()
    source_key = models.UUIDField(
        null=True, db_index=True, help_text="as in Service: which row of a table asks for it"
    )
    source_digest = models.UUIDField(null=True)
    state = models.CharField(
        max_length=20,
        default=ProposalState.OPEN,
        choices=[(item.value, item.value) for item in ProposalState],
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["proposed_at"]

    def __str__(self) -> str:
        return str(self.values.get("name", self.id))


class Reminder(models.Model):
    """A mail that asks a provider whether an entry is still true; its link opens one page with one button."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="reminders"
    )
    services = models.ManyToManyField("directory.Service", related_name="reminders")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.sent_at:%Y-%m-%d}"


class Inquiry(models.Model):
    """Somebody says that an entry is no longer true; answered by a date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="inquiries")
    reason = models.CharField(max_length=30, choices=[(item.value, item.value) for item in InquiryReason])
    text = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=20, default=InquiryState.OPEN, choices=[(item.value, item.value) for item in InquiryState]
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.reason}"


class Verification(models.Model):
    """What a service's `verified_on` was until it was confirmed again; written by a trigger, whoever confirms."""

    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="verifications")
    day = models.DateField(null=True)
    until = models.DateTimeField(db_index=True, help_text="the service's `modified_at` of that moment")

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"
