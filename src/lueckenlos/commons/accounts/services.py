"""Deeds on accounts: who may sign in, and as what."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, override

from lueckenlos.commons.accounts.errors import (
    LastAdministration,
    NoSuchPerson,
    NotAdministration,
    UnfitScope,
)
from lueckenlos.commons.accounts.models import RoleGrant, User
from lueckenlos.commons.accounts.types import Invitation
from lueckenlos.commons.accounts.wording import ROLES
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import audit, mail
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.core.context import acting_as

# A provider speaks for an organization, a municipality for itself; who looks after the house, for all of it.
FITTING = {
    Role.PROVIDER: {ScopeKind.ORGANIZATION},
    # The wall knows these by the office they work for: with a whole county they would see doors and open none.
    Role.PREVENTION_OFFICER: {ScopeKind.ORGANIZATION},
    Role.FAMILY_OFFICE: {ScopeKind.ORGANIZATION},
    Role.MUNICIPALITY: {ScopeKind.MUNICIPALITY},
    Role.COORDINATION: {ScopeKind.COUNTY},
    Role.ADMINISTRATION: {ScopeKind.COUNTY},
}


@transaction.atomic
def welcome(email: str, *, name: str, password: str | None = None) -> User:
    """Make or find the account of this e-mail address; a password replaces the old one."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    else:
        user.name = name
        if password:
            user.set_password(password)
        user.save(update_fields=["name", "password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def invite(invitation: Invitation, *, by: Actor) -> UUID:
    """Give a role to whoever owns an address, with an account if there is none yet, and write to them.

    The letter opens nothing: who has the mailbox gets a code there when they sign in.
    """
    _demand_administration(by)
    with acting_as(by):
        user = User.objects.filter(email=invitation.email.lower()).first()
        if user is None:
            user = User.objects.create_user(invitation.email, name=invitation.name)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
            audit.record("accounts.person.invited", subject=f"person/{user.id}", chain=audit.COUNTY)
        grant_role(user.id, grant=invitation.grant, ends_on=invitation.ends_on, by=by)
        mail.post(_letter(user, role=invitation.grant.role))
    return user.id


def grant_role(person_id: UUID, *, grant: Grant, by: Actor, ends_on: date | None = None) -> None:
    """Let a person act in a role within a scope, from now until the end of a day or for good."""
    _demand_administration(by)
    if grant.scope_kind not in FITTING.get(grant.role, set(ScopeKind)):
        raise UnfitScope(grant)
    with acting_as(by):
        if not User.objects.filter(id=person_id).exists():
            raise NoSuchPerson(person_id)
        RoleGrant.objects.update_or_create(**_key(person_id, grant), defaults={"ends_on": ends_on})
        _note("accounts.grant.given", person_id=person_id, grant=grant, ends_on=ends_on)


def end_grant(person_id: UUID, *, grant: Grant, last_day: date, by: Actor) -> None:
    """Let a role end after a day; with yesterday it is gone with the next request."""
    _demand_administration(by)
    with acting_as(by):
        # The same rows in the same order for everybody: two who end each other's roles must not both win.
        held = list(
            RoleGrant.objects.filter(role=Role.ADMINISTRATION.value).order_by("id").select_for_update()
        )
        row = RoleGrant.objects.filter(**_key(person_id, grant)).first()
        if row is None:
            raise NoSuchPerson(person_id)
        if grant.role is Role.ADMINISTRATION and not any(
            each.id != row.id and (each.ends_on is None or each.ends_on > last_day) for each in held
        ):
            raise LastAdministration
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
        _note("accounts.grant.ended", person_id=person_id, grant=grant, ends_on=last_day)


def reset_second_factor(person_id: UUID, *, by: Actor) -> None:
    """Take away app, passkeys and recovery codes of somebody who lost them; every session ends."""
    _demand_administration(by)
    with acting_as(by):
        if not User.objects.filter(id=person_id).exists():
            raise NoSuchPerson(person_id)
        Authenticator.objects.filter(user_id=person_id).delete()
        for session in UserSession.objects.filter(user_id=person_id):
            session.end()
        audit.record("accounts.second_factor.reset", subject=f"person/{person_id}", chain=audit.COUNTY)


@transaction.atomic
def end_session(person_id: UUID, *, session_id: int) -> bool:
    """End one session of one's own; tell whether there was one."""
    session = UserSession.objects.filter(user_id=person_id, id=session_id).first()
    if session is None:
        return False
    session.end()
    return True


def forget_expired(now: datetime) -> int:
    """Delete sessions that have ended and counts of failed attempts that no longer matter."""
    ended = Session.objects.filter(expire_date__lt=now)
    forgotten, _rows = UserSession.objects.filter(
        Q(session_key__in=ended.values("session_key"))
        | ~Q(session_key__in=Session.objects.values("session_key"))
    ).delete()
    ended.delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_limits WHERE expires < %s", [now])
        return int(forgotten + cursor.rowcount)


def _demand_administration(by: Actor) -> None:
    if by.kind is not ActorKind.JOB and not by.may(Role.ADMINISTRATION):
        raise NotAdministration


def _key(person_id: UUID, grant: Grant) -> dict[str, Any]:
    return {
        "user_id": person_id,
        "role": grant.role.value,
        "scope_kind": grant.scope_kind.value,
        "scope_key": grant.scope_key,
    }


def _note(deed: str, *, person_id: UUID, grant: Grant, ends_on: date | None) -> None:
    details = {
        "role": grant.role.value,
        "scope": f"{grant.scope_kind}/{grant.scope_key}",
        "ends_on": ends_on.isoformat() if ends_on else "",
    }
    audit.record(deed, subject=f"person/{person_id}", details=details, chain=audit.COUNTY)


def _letter(user: User, *, role: Role) -> mail.Letter:
    with override("de"):
        county = places.county().name
        context = {
            "county": county,
            "name": user.name,
            "email": user.email,
            "role": str(ROLES[role]),
            "url": settings.BASE_URL + reverse("account_request_login_code"),
        }
        subject = gettext("Ihr Zugang: %(county)s") % {"county": county}
        return mail.letter("accounts/mail/invitation.txt", to=user.email, subject=subject, context=context)
