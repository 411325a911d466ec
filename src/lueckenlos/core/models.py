"""What core itself keeps: the key of the transaction context, the audit chains, one-time codes, and two bases for rooms."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from lueckenlos.core.window import LONGEST_CITY, LONGEST_LINE, LONGEST_POSTCODE


def one_of(column: str, values: Iterable[str]) -> models.Q:
    """The column holds one of these, spelled so that a restore says it as the database did: an array is cast anew there."""
    return models.Q(*((column, value) for value in values), _connector=models.Q.OR)


class ClosedModel(models.Model):
    """A table of a closed room; tests/house demand a policy for each command and a retention rule for it."""

    closed: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """A table that two people may edit at once; see `locking.save_unless_stale`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AnonymousFeedback(ClosedModel):
    """Three answers by link, with nothing that leads back to who gave them; the month alone says when."""

    organization = models.UUIDField()
    month = models.DateField()
    helped = models.PositiveSmallIntegerField(help_text="1 to 5")
    again = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        abstract = True


class PostalModel(models.Model):
    """Somebody who may be written to on paper: where to, and which letter the desk has still to print."""

    street = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="none: no letters are wanted")
    postcode = models.CharField(max_length=LONGEST_POSTCODE, blank=True)
    city = models.CharField(max_length=LONGEST_CITY, blank=True)
    letter = models.CharField(max_length=12, blank=True, help_text="what is to be printed; none: nothing")

    class Meta:
        abstract = True


class ContextKey(models.Model):
    """The key of the signed transaction context, as the two blocks of HMAC; the application cannot read it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    inner_block = models.BinaryField(max_length=64)
    outer_block = models.BinaryField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="core_contextkey_is_one"),)

    def __str__(self) -> str:
        return "key of the transaction context"


class AuditChain(models.Model):
    """The head row of one chain: whoever appends holds it, so that the chain cannot fork."""

    name = models.CharField(max_length=80, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.sequence}"


class AuditEntry(models.Model):
    """One entry; inserted by `wall.audit_append` and never changed."""

    pk = models.CompositePrimaryKey("chain", "sequence")
    chain = models.CharField(max_length=80)
    sequence = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    payload_hash = models.CharField(max_length=64, null=True)  # noqa: DJ001 – none is not an empty one
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"


class AuditPayload(models.Model):
    """The personal part of an entry, kept apart so that it can be blackened and the chain stays whole."""

    pk = models.CompositePrimaryKey("chain", "sequence")
    chain = models.CharField(max_length=80)
    sequence = models.BigIntegerField()
    salt = models.BinaryField(null=True)
    content = models.TextField(null=True)  # noqa: DJ001 – blackened is not empty
    blackened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False, content__isnull=False, blackened_at__isnull=True)
                | models.Q(salt__isnull=True, content__isnull=True, blackened_at__isnull=False),
                name="core_auditpayload_kept_or_blackened",
            ),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"


class OneTimeCode(models.Model):
    """A code on its way to somebody, known by its digest alone; the application reaches it through the wall's functions.

    `uses_left` counts down to nothing; without a number the code opens its record until it expires.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=40)
    record = models.UUIDField()
    language = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    uses_left = models.PositiveIntegerField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("record", "purpose"), name="core_onetimecode_record"),
            models.Index(fields=("expires_at",), name="core_onetimecode_expires"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="core_onetimecode_lasts"
            ),
        )

    def __str__(self) -> str:
        return f"code for {self.purpose}"


class Unreachable(models.Model):
    """An address at which letters do not arrive, as a keyed digest; see bounces.py."""

    digest = models.CharField(max_length=64, primary_key=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"unreachable since {self.noted_at:%Y-%m-%d}"
