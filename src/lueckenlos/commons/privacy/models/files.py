"""Files, the people in them, and whose task they are. A file knows no content: that lies in the rooms above."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lueckenlos.commons.privacy.types import CoverKind, PartyRole, RetentionClass
from lueckenlos.core.models import ClosedModel


class File(ClosedModel):
    """One matter of one organization; what is written in it hangs on its id."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    own_of = models.UUIDField(null=True, help_text="the young person whose own advice this is")
    held_back = models.BooleanField(default=False, help_text="not shown on anybody's own page by itself")
    retention_class = models.CharField(max_length=20, choices=[(c.value, c.value) for c in RetentionClass])
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    erase_after = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["erase_after"], name="file_erase_after")]

    def __str__(self) -> str:
        return f"file {self.id}"


class Party(ClosedModel):
    """A person in a file; `person` is families' uuid, without a key, because that room lies above."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="parties")
    person = models.UUIDField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in PartyRole])
    is_subject = models.BooleanField(default=True)
    of_age_at = models.DateTimeField(null=True, help_text="eighteenth birthday; none: an adult")
    judges_since = models.DateTimeField(null=True, help_text="a professional recorded it (§ 36 SGB I)")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="party_once")]
        indexes = [models.Index(fields=["person"], name="party_person")]

    def __str__(self) -> str:
        return f"{self.role} in {self.file_id}"


class Custody(ClosedModel):
    """Whose consent a child's data need, in this file; no relation is assumed."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="custodies")
    child = models.UUIDField()
    guardian = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "child", "guardian"], name="custody_once"),
            models.CheckConstraint(condition=~Q(child=F("guardian")), name="custody_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"custody in {self.file_id}"


class Assignment(ClosedModel):
    """A file is the task of one person or of one team, never of a whole office."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="assignments")
    person = models.UUIDField(null=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    assigned_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True), name="assignment_to_one"
            ),
            models.UniqueConstraint(
                fields=["file"], condition=Q(until__isnull=True), name="assignment_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"assignment of {self.file_id}"


class Cover(ClosedModel):
    """Somebody steps in for a time, with a reason; four weeks at most."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="covers")
    person = models.UUIDField()
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in CoverKind])
    reason = models.CharField(max_length=300)
    granted_by = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="cover_has_a_length"),
            models.CheckConstraint(condition=~Q(reason=""), name="cover_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"cover of {self.file_id}"
