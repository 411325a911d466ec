"""What a youth office answers to whoever reported a child in danger: that it arrived, and no more than the law allows."""

from __future__ import annotations

from django.db import models

from lueckenlos.core.models import ClosedModel


class ReportReceipt(ClosedModel):
    """The youth office has the report; `step` is the protection step that opened the file for it."""

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    step = models.OneToOneField("privacy.ProtectionStep", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"receipt of {self.step_id}"


class ReportFeedback(ClosedModel):
    """§ 64 (4) SGB VIII: whether the signs were confirmed, whether the office acted and still acts; two answers, no words.

    Only to who reported under § 4 (1) KKG; the database asks for that ground.
    """

    file = models.ForeignKey("privacy.File", on_delete=models.CASCADE, related_name="+")
    step = models.OneToOneField("privacy.ProtectionStep", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    is_confirmed = models.BooleanField()
    is_acting = models.BooleanField()
    given_by = models.UUIDField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feedback to {self.step_id}"
