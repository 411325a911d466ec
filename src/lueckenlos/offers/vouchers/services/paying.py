"""Paying for vouchers: what they are worth, for whom, how many, and who hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.offers.programmes.types import Kind
from lueckenlos.offers.vouchers.errors import NoSuchScheme
from lueckenlos.offers.vouchers.models import Counter, Giver, VoucherScheme
from lueckenlos.offers.vouchers.payers import pays_for


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScheme:
    """What a payer says about vouchers."""

    title: str
    cents: int
    stock: int
    valid_from: date
    valid_until: date
    summary: str = ""
    kinds: tuple[Kind, ...] = (Kind.SPORT,)
    pays_course: bool = False
    age_min: int | None = None
    age_max: int | None = None
    is_open: bool = True


def found_scheme(new: NewScheme, *, actor: Actor, now: datetime, payer: UUID | None = None) -> UUID:
    """Give vouchers for which the actor's organization pays, or one without a desk for which the actor stands in."""
    organization = payer or actor.organization
    if organization is None or directory.organization_by_id(organization) is None:
        raise NoSuchScheme
    if not pays_for(actor, organization):
        raise NoSuchScheme
    with acting_as(actor):
        row = VoucherScheme(organization_id=organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        Counter.objects.create(scheme=row)
        _note("founded", row)
    return row.id


def change_scheme(key: UUID, new: NewScheme, *, expected: int, actor: Actor) -> None:
    """Change what is said; what is handed out keeps its days. Raises StaleVersion."""
    with acting_as(actor):
        row = own_scheme(key, actor)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        _note("changed", row)


def let_give(key: UUID, *, organization: UUID, actor: Actor) -> None:
    """Let the people of an organization hand vouchers out."""
    with acting_as(actor):
        row = own_scheme(key, actor)
        if directory.organization_by_id(organization) is None:
            raise NoSuchScheme
        if Giver.objects.get_or_create(scheme=row, organization_id=organization)[1]:
            _note("giver_added", row, details={"organization": str(organization)})


def stop_giving(key: UUID, *, organization: UUID, actor: Actor) -> None:
    """An organization hands out no more; what it has handed out stays good."""
    with acting_as(actor):
        row = own_scheme(key, actor)
        if Giver.objects.filter(scheme=row, organization=organization).delete()[0]:
            _note("giver_removed", row, details={"organization": str(organization)})


def own_scheme(key: UUID, actor: Actor) -> VoucherScheme:
    """The scheme, held until the transaction ends, if the actor pays for it."""
    row = held(key)
    if not pays_for(actor, row.organization_id):
        raise NoSuchScheme
    return row


def held(key: UUID) -> VoucherScheme:
    """The scheme, its stock locked until the transaction ends: the one lock of this scarce thing."""
    row = VoucherScheme.objects.select_for_update(of=("self",), no_key=True).filter(id=key).first()
    if row is None:
        raise NoSuchScheme
    return row


def _columns(new: NewScheme) -> dict[str, Any]:
    return {
        "title": new.title,
        "summary": new.summary,
        "kinds": [each.value for each in new.kinds],
        "cents": new.cents,
        "pays_course": new.pays_course,
        "age_min": new.age_min,
        "age_max": new.age_max,
        "stock": new.stock,
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
        "is_open": new.is_open,
    }


def _note(deed: str, row: VoucherScheme, *, details: dict[str, Any] | None = None) -> None:
    audit.record(
        f"vouchers.scheme.{deed}",
        subject=f"scheme/{row.id}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )
