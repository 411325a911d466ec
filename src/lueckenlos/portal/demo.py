"""What only a demo has: the post that was sent, and a sign-in for each role at a click."""

import email
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from lueckenlos.commons.accounts import selectors as accounts
from lueckenlos.commons.accounts.types import DEMO_ENTRY
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, sms
from lueckenlos.core.guards import public
from lueckenlos.core.times import moment_words

SHOWN = 50


@dataclass(frozen=True)
class Letter:
    """One mail as it was sent."""

    to: str
    subject: str
    sent: str
    text: SafeString


class DemoDayMiddleware:
    """Keeps the demo county on its own day, so that its example data stays fresh."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clock.hold_day(places.county().demo_date)
        return self.get_response(request)


@public
def post(request: HttpRequest) -> HttpResponse:
    """Show the newest mails, newest first."""
    files = sorted(settings.MAIL_FOLDER.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    letters = [letter for path in files[:SHOWN] for letter in reversed(letters_in(path))]
    messages = sms.kept(zone=clock.zone())[:SHOWN]
    page = {"letters": letters[:SHOWN], "messages_sent": messages}
    return render(request, "portal/demo_post.html", page)


@public
def people(request: HttpRequest) -> HttpResponse:
    """One button for each role."""
    return render(request, "portal/demo_people.html", {"people": accounts.demo_people()})


@public
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, without a password."""
    user = accounts.demo_person(request.POST.get("email", ""))
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[DEMO_ENTRY] = True
    return redirect("portal:desk")


def letters_in(path: Path) -> list[Letter]:
    """Every mail of one file of Django's file backend."""
    parts = path.read_bytes().split(b"-" * 79)
    found = []
    for part in parts:
        if not part.strip():
            continue
        message = email.message_from_bytes(part.strip(), policy=policy.default)
        body = message.get_body(("plain",))
        found.append(
            Letter(
                to=str(message["To"]),
                subject=str(message["Subject"]),
                sent=moment_words(message["Date"].datetime),
                text=SafeString(urlize(body.get_content() if body else "", autoescape=True)),
            )
        )
    return found
