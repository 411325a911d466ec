"""Reads of the register: each takes the actor, and the wall decides again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta

from lueckenlos.commons.certificates.models import Certificate
from lueckenlos.commons.certificates.types import CertificateView, Look, Register, Standing
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.sortkey import sort_key

# § 72a (5) SGB VIII: three months after the activity ends, at the latest.
KEPT = relativedelta(months=3)
AHEAD = relativedelta(weeks=8)


def register(actor: Actor, *, today: date) -> Register:
    """The register of the organization for which the actor asks."""
    with acting_as(actor):
        views = [_view(row, today=today) for row in Certificate.objects.all()]
    views.sort(key=lambda view: (sort_key(view.person_name), str(view.id)))

    def of(*standings: Standing) -> list[CertificateView]:
        return [view for view in views if view.standing in standings]

    due = sorted(of(Standing.DUE, Standing.OVERDUE), key=lambda view: view.look.look_again_on)
    return Register(tuple(due), tuple(of(Standing.CURRENT)), tuple(of(Standing.ENDED)))


def certificate(actor: Actor, certificate_id: UUID, *, today: date) -> CertificateView | None:
    """One entry, if the actor's organization keeps it."""
    with acting_as(actor):
        row = Certificate.objects.filter(pk=certificate_id).first()
    return None if row is None else _view(row, today=today)


def of_person(actor: Actor, person: UUID, *, today: date) -> list[CertificateView]:
    """The entries of one volunteer, as far as the actor's organization keeps them; the newest look first."""
    with acting_as(actor):
        rows = list(Certificate.objects.filter(person=person).order_by("-seen_on"))
    return [_view(row, today=today) for row in rows]


def _view(row: Certificate, *, today: date) -> CertificateView:
    return CertificateView(
        id=row.pk,
        organization=row.organization,
        person=row.person,
        person_name=row.person_name,
        activity=row.activity,
        look=Look(row.dated_on, row.seen_on, row.look_again_on),
        ended_on=row.ended_on,
        erased_on=row.ended_on + KEPT if row.ended_on else None,
        version=row.version,
        standing=_standing(row, today=today),
    )


def _standing(row: Certificate, *, today: date) -> Standing:
    if row.ended_on is not None:
        return Standing.ENDED
    if row.look_again_on < today:
        return Standing.OVERDUE
    return Standing.DUE if row.look_again_on <= today + AHEAD else Standing.CURRENT
