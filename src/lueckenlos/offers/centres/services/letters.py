"""Mails between the organizations of a centre; none carries a secret, each leads to the desk."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import mail
from lueckenlos.offers.centres.models import Centre
from lueckenlos.offers.centres.wording import subject


def tell_asked(row: Centre, organization: UUID) -> None:
    """Somebody would like it to be a part."""
    _post("asked", row, to=organization, about=row.organization_id)


def tell_parted(row: Centre, organization: UUID) -> None:
    """Whoever leads has taken it out."""
    _post("parted", row, to=organization, about=row.organization_id)


def tell_joined(row: Centre, organization: UUID) -> None:
    """It said yes; whoever leads hears of it."""
    _post("joined", row, to=row.organization_id, about=organization)


def tell_left(row: Centre, organization: UUID) -> None:
    """It said no, or left."""
    _post("left", row, to=row.organization_id, about=organization)


def tell_lead_offered(row: Centre, organization: UUID) -> None:
    """Whoever leads would like a member to lead from now on."""
    _post("lead_offered", row, to=organization, about=row.organization_id)


def tell_lead_taken(row: Centre, organization: UUID, *, to: UUID) -> None:
    """Somebody else leads from now on."""
    _post("lead_taken", row, to=to, about=organization)


def tell_lead_refused(row: Centre, organization: UUID) -> None:
    """The member does not want to lead."""
    _post("lead_refused", row, to=row.organization_id, about=organization)


def _post(template: str, row: Centre, *, to: UUID, about: UUID) -> None:
    address = directory.mail_address(to)
    if not address:
        return
    name = directory.organization_names([about]).get(about, "")
    context = {"centre": row.name, "organization": name, "link": reverse("centres:desk")}
    words = subject(template, row.name)
    mail.post(mail.letter(f"centres/mail/{template}.txt", to=address, subject=words, context=context))
