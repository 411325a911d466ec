"""Handing vouchers out: on paper, by mail or by short message; and taking back what nobody has used."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.core import audit, clock, codes, sms
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.vouchers.errors import NoneLeft, NoSuchScheme, NoSuchVoucher, NotForThisAge
from lueckenlos.offers.vouchers.models import Counter, Giver, Voucher, VoucherScheme
from lueckenlos.offers.vouchers.services import letters
from lueckenlos.offers.vouchers.services.paying import held
from lueckenlos.offers.vouchers.types import NewVoucher, VoucherState

DECIDES: Final = job("vouchers-decide")
CODE: Final = "voucher"
# A voucher that is over still says so to whoever looks.
SHOWN_AFTER: Final = timedelta(days=60)


def issue(scheme: UUID, new: NewVoucher, *, actor: Actor, now: datetime) -> UUID:
    """Take one out of the stock for a child; raises NoneLeft, NotForThisAge or NoSuchScheme."""
    if actor.organization is None:
        raise NoSuchScheme
    today = clock.day_of(now)
    with acting_as(actor):
        row = held(scheme)
        _demand_giver(row, actor.organization)
        _demand_stock(row, today=today)
        _demand_age(row, new.age)
        with acting_as(DECIDES):
            made = Voucher(
                scheme=row,
                issued_by=actor.organization,
                state=VoucherState.ISSUED.value,
                age=new.age,
                ags=new.ags or "",
                issued_on=today,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            made.save(force_insert=True)
        _note("issued", made)
    return made.id


def issue_code(key: UUID, *, actor: Actor, now: datetime) -> str:
    """A code for a slip of paper; whoever has it may redeem the voucher, once, whichever of its codes is used."""
    with acting_as(actor):
        row = _own(key, actor)
        code = _code(row, language="de", now=now)
        _note("printed", row)
    return code


def send(key: UUID, *, to: str, language: str, actor: Actor, now: datetime) -> None:
    """Send it by mail; the address is kept nowhere."""
    with acting_as(actor):
        row = _own(key, actor)
        letters.send(row, code=_code(row, language=language, now=now), to=to, language=language)
        _note("sent", row)


def text(key: UUID, *, to: str, actor: Actor, now: datetime) -> None:
    """Send it by short message; the number is kept nowhere. Raises NoNumber or NoGateway."""
    if not sms.is_configured():
        raise sms.NoGateway
    number = sms.dialled(to)
    with acting_as(actor):
        row = _own(key, actor)
        letters.text(code=_code(row, language="de", now=now), to=number)
        _note("texted", row)


def withdraw(key: UUID, *, actor: Actor) -> None:
    """Take back one that nobody has used: its codes open nothing any more, and it is in the stock again."""
    with acting_as(actor):
        row = _own(key, actor)
        with acting_as(DECIDES):
            good = Voucher.objects.filter(id=row.id, state=VoucherState.ISSUED.value)
            if not good.update(state=VoucherState.WITHDRAWN.value):
                raise NoSuchVoucher
        codes.revoke(row.id, purpose=CODE)
        _note("withdrawn", row)


def expire_everything(*, now: datetime) -> int:
    """Mark what was not used in time; how many."""
    today = clock.day_of(now)
    with acting_as(DECIDES):
        late = Voucher.objects.filter(state=VoucherState.ISSUED.value, valid_until__lt=today)
        return late.update(state=VoucherState.EXPIRED.value)


def _own(key: UUID, actor: Actor) -> Voucher:
    """A good voucher that the actor's organization handed out."""
    row = Voucher.objects.filter(id=key, state=VoucherState.ISSUED.value).first()
    if row is None or actor.organization is None or row.issued_by != actor.organization:
        raise NoSuchVoucher
    return row


def _demand_giver(row: VoucherScheme, organization: UUID) -> None:
    if not Giver.objects.filter(scheme=row, organization=organization).exists():
        raise NoSuchScheme


def _demand_stock(row: VoucherScheme, *, today: date) -> None:
    given = Counter.objects.values_list("given", flat=True).get(scheme=row)
    if not row.is_open or today > row.valid_until or given >= row.stock:
        raise NoneLeft


def _demand_age(row: VoucherScheme, age: int) -> None:
    if (row.age_min is not None and age < row.age_min) or (row.age_max is not None and age > row.age_max):
        raise NotForThisAge


def _code(row: Voucher, *, language: str, now: datetime) -> str:
    last = datetime.combine(row.valid_until, time(), tzinfo=clock.zone()) + SHOWN_AFTER
    return codes.issue(row.id, purpose=CODE, language=language, now=now, until=last, uses=None).text


def _note(deed: str, row: Voucher) -> None:
    audit.record(f"vouchers.voucher.{deed}", subject=f"voucher/{row.id}", chain=audit.chain_of(row.issued_by))
