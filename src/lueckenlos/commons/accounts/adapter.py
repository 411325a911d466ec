"""Where allauth asks the house."""

import ipaddress
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import user_email
from allauth.core import context as running
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.places import selectors as places

# fd00::/8 is nobody's: addresses there stand for a person, so that none of their own is kept.
PRIVATE = 0xFD << 120


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administration or by invitation; nobody signs up alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieser Zugang ist gesperrt. Bitte fragen Sie Ihre Verwaltung."),
        "email_password_mismatch": _("E-Mail-Adresse und Passwort passen nicht zusammen."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
        "incorrect_code": _("Dieser Code stimmt nicht. Bitte prüfen Sie, ob es der neueste ist."),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an."),
        "same_as_current": _("Das ist schon Ihre Adresse."),
        "too_many_login_attempts": _(
            "Das waren zu viele Versuche. Bitte warten Sie zehn Minuten, oder melden Sie sich mit einem Passkey "
            "oder einem Code per E-Mail an."
        ),
        "rate_limited": _("Das ging zu schnell hintereinander. Bitte warten Sie eine Minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by; for somebody signed in a stand-in, so that none is stored."""
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            # Limits of IPv6 count by the first 64 bits, so the person's part has to stand there.
            return str(ipaddress.IPv6Address(PRIVATE | (user.pk.int >> 72) << 64))
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE else ""
        # Only the last entry was written by our own proxy; those before it anybody can invent.
        return forwarded.rpartition(",")[2].strip() or str(request.META["REMOTE_ADDR"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago is not asked again: the second factor comes right after the first."""
        records = get_authentication_records(running.request, running.request.user)
        # allauth stamps its records with this clock; a frozen day of the demo would never match them.
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter that says from which county it comes."""
        frame = {"county": places.county().name, "base_url": settings.BASE_URL}
        super().send_mail(template_prefix, email, {**frame, **context})


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever the host's identity provider vouches for gets an account, and no role with it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        spelled = data.get("name") or " ".join(part for part in parts if part)
        user.name = (spelled or user_email(user) or "").strip()[:120]
        user.email = user.email.lower()
        return user


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How second factors are named in the person's app and browser."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Dieser Code stimmt nicht. Er wechselt alle 30 Sekunden: bitte nehmen Sie den neuesten."
        ),
        "unverified_email": _("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def _get_site_name(self) -> str:
        return f"lückenlos {places.county().name}"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 – allauth's name
        return str(_("Mein Passkey"))
