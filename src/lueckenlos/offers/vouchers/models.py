"""Schemes with their stock (open); vouchers, where they were redeemed, and what was settled (closed)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import ClosedModel, VersionedModel
from lueckenlos.offers.vouchers.types import VoucherState

OLDEST = 27


class VoucherScheme(VersionedModel):
    """Vouchers that one organization pays: for what, for whom, how many, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), help_text="kinds of programmes that it pays for")
    cents = models.PositiveIntegerField(help_text="at most, for one voucher")
    pays_course = models.BooleanField(default=False, help_text="the whole price, up to so much")
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    stock = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    is_open = models.BooleanField(default=True, help_text="handed out at present")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="scheme_has_a_title"),
            models.CheckConstraint(condition=Q(cents__gte=1), name="scheme_is_worth_something"),
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")), name="scheme_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="scheme_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Giver(models.Model):
    """An organization whose people hand out vouchers of a scheme."""

    scheme = models.ForeignKey(VoucherScheme, on_delete=models.CASCADE, related_name="givers")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "organization"], name="vouchers_giver_once")]

    def __str__(self) -> str:
        return f"{self.organization_id} for {self.scheme_id}"


class Counter(models.Model):
    """Vouchers of a scheme, counted by a trigger outside the wall."""

    scheme = models.OneToOneField(
        VoucherScheme, primary_key=True, on_delete=models.CASCADE, related_name="counter"
    )
    given = models.PositiveIntegerField(default=0)
    redeemed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.given} of {self.scheme_id}"


class Voucher(ClosedModel):
    """One voucher; of the child its age alone, so that nobody who sees it learns who needs what."""

    scheme = models.ForeignKey(VoucherScheme, on_delete=models.CASCADE, related_name="+")
    issued_by = models.UUIDField(help_text="the organization that handed it out")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in VoucherState])
    age = models.PositiveSmallIntegerField()
    ags = models.CharField(max_length=8, blank=True, help_text="where the child lives, for counting")
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "issued_on"], name="voucher_scheme"),
            models.Index(fields=["issued_by", "issued_on"], name="voucher_giver"),
        ]
        constraints = [models.CheckConstraint(condition=Q(age__lte=OLDEST), name="voucher_age")]

    def __str__(self) -> str:
        return f"voucher {self.id}"


class Settlement(ClosedModel):
    """That a payer has settled so many vouchers with a club for a month; it stays for the books."""

    scheme = models.ForeignKey(VoucherScheme, on_delete=models.PROTECT, related_name="+")
    payer = models.UUIDField()
    club = models.UUIDField()
    month = models.DateField(help_text="its first day")
    count = models.PositiveIntegerField()
    cents = models.PositiveIntegerField()
    settled_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["scheme", "month"], name="settlement_month")]

    def __str__(self) -> str:
        return f"{self.count} of {self.club} in {self.month}"


class Redemption(ClosedModel):
    """That a club took a voucher: there is one for each at most, and the database holds that."""

    voucher = models.OneToOneField(Voucher, on_delete=models.CASCADE, related_name="+")
    scheme = models.ForeignKey(VoucherScheme, on_delete=models.CASCADE, related_name="+")
    payer = models.UUIDField()
    club = models.UUIDField()
    programme = models.UUIDField()
    programme_title = models.CharField(max_length=160, help_text="as it was called then")
    cents = models.PositiveIntegerField()
    redeemed_on = models.DateField()
    settlement = models.ForeignKey(Settlement, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "redeemed_on"], name="redemption_scheme"),
            models.Index(fields=["club", "redeemed_on"], name="redemption_club"),
        ]

    def __str__(self) -> str:
        return f"redemption of {self.voucher_id}"
