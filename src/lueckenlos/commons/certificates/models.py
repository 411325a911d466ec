"""The register of certificates of conduct; what stands in a certificate has no column here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import ClosedModel, VersionedModel


class Certificate(ClosedModel, VersionedModel):
    """That a certificate was seen, its date, and when to look again.

    § 72a (5) SGB VIII names all that may be kept; a test compares the columns, so that none is added.
    """

    organization = models.UUIDField(null=True, help_text="who keeps it; none is the county itself")
    person = models.UUIDField(null=True)
    person_name = models.CharField(max_length=120)
    activity = models.CharField(max_length=200)
    dated_on = models.DateField(help_text="the certificate's own date")
    seen_on = models.DateField()
    look_again_on = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("organization", "look_again_on"), name="certificate_of_organization"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(person_name="") & ~Q(activity=""), name="certificate_says_whose"
            ),
            models.CheckConstraint(
                condition=Q(dated_on__lte=F("seen_on")), name="certificate_was_written_before"
            ),
            models.CheckConstraint(
                condition=Q(look_again_on__gt=F("seen_on"))
                & Q(
                    look_again_on__lte=models.Func(
                        F("seen_on"),
                        template="(%(expressions)s + interval '5 years')",
                        output_field=models.DateField(),
                    )
                ),
                name="certificate_seen_every_five_years",
            ),
        )

    def __str__(self) -> str:
        return self.person_name
