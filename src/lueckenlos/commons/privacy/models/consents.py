"""Consent as it was given, and how it ended. Given rows are frozen: the application cannot change them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.commons.privacy.models.files import File
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    ConsentState,
    DraftAnswer,
    Mode,
    PartyRole,
    Purpose,
    WithdrawalWay,
)
from lueckenlos.core.models import ClosedModel


class ConsentText(models.Model):
    """One wording in one language, and the most that a consent on it may cover; never changed, only followed."""

    id = models.UUIDField(primary_key=True)
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    purposes = ArrayField(models.CharField(max_length=30))
    categories = ArrayField(models.CharField(max_length=30))
    recipient_kinds = ArrayField(models.CharField(max_length=20), help_text="kinds of organizations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version", "language"], name="text_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version} {self.language}"


class Consent(ClosedModel):
    """One person agrees for one person's data, on one text, for a time."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_by = models.UUIDField()
    given_role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in PartyRole])
    subject = models.UUIDField()
    form = models.CharField(max_length=20, choices=[(form.value, form.value) for form in ConsentForm])
    oral_reason = models.CharField(max_length=300, blank=True)
    evidence = models.UUIDField(null=True, help_text="the scan or signature among the file's documents")
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    end_named = models.CharField(max_length=200, blank=True, help_text="the end of the purpose, in words")
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(help_text="set by the database: scopes come with it or never")
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in ConsentState], default=ConsentState.GIVEN.value
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("given_at")), name="consent_has_a_length"),
            models.CheckConstraint(
                condition=~Q(form=ConsentForm.ORAL.value) | ~Q(oral_reason=""),
                name="consent_oral_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.GIVEN.value, ended_at__isnull=True)
                | (~Q(state=ConsentState.GIVEN.value) & Q(ended_at__isnull=False)),
                name="consent_ended_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["given_by"], name="consent_given_by"),
            models.Index(fields=["subject"], name="consent_subject"),
        ]

    def __str__(self) -> str:
        return f"consent {self.id}"


class Scope(ClosedModel):
    """One organization may know one category for one purpose. A consent without any allows nothing."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="scopes")
    purpose = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Purpose])
    category = models.CharField(max_length=30, choices=[(c.value, c.value) for c in Category])
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.VIEW.value
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "purpose", "category", "organization"], name="scope_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.category}"


class Withdrawal(ClosedModel):
    """A consent ends, whole or in one of its scopes, by the word of the one who gave it."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="withdrawals")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.CASCADE, related_name="withdrawals")
    withdrawn_at = models.DateTimeField()
    by_person = models.UUIDField(help_text="the family's person whose word it is")
    recorded_by = models.UUIDField(null=True, help_text="none: by themselves")
    way = models.CharField(max_length=20, choices=[(way.value, way.value) for way in WithdrawalWay])

    def __str__(self) -> str:
        return f"withdrawal {self.id}"


class ConfidentialityRelease(ClosedModel):
    """A person bound to secrecy (§ 203 StGB) may speak, towards one organization, until a day. Not a consent."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="confidentiality_releases")
    released = models.CharField(
        max_length=200, help_text="who is released from secrecy, by name and function"
    )
    towards = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    given_by = models.UUIDField()
    subject = models.UUIDField()
    form = models.CharField(max_length=20, choices=[(form.value, form.value) for form in ConsentForm])
    oral_reason = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    recorded_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("given_at")), name="secrecy_has_a_length"),
            models.CheckConstraint(
                condition=~Q(form=ConsentForm.ORAL.value) | ~Q(oral_reason=""),
                name="secrecy_oral_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"confidentiality release {self.id}"


class ConsentDraft(ClosedModel):
    """A consent that one person is asked for: shown by link, on the tablet or on paper, answered once."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="drafts")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    asked = models.UUIDField()
    asked_label = models.CharField(max_length=120, help_text="how the page greets the one who is asked")
    subject = models.UUIDField()
    subject_label = models.CharField(max_length=120, help_text="for whose data, in words")
    scopes = models.JSONField(help_text="list of purpose, category, organization, mode")
    valid_until = models.DateTimeField()
    end_named = models.CharField(max_length=200, blank=True)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(
        max_length=20, choices=[(a.value, a.value) for a in DraftAnswer], default=DraftAnswer.OPEN.value
    )
    answered_at = models.DateTimeField(null=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.CASCADE, related_name="drafts")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=DraftAnswer.OPEN.value, answered_at__isnull=True)
                | (~Q(answer=DraftAnswer.OPEN.value) & Q(answered_at__isnull=False)),
                name="draft_answered_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"
