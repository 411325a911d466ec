"""Saving what two people may edit at once, from a form that holds the version it was opened with."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lueckenlos.core.locking import StaleVersion


def saved(request: HttpRequest, form: BaseForm, *, version: int, deed: Callable[[int], object]) -> bool:
    """Whether the form was sent and its change is written; that somebody was faster is told in the form.

    `deed` gets the version that the form was opened with; `version` stands for it where the form holds none.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    given = request.POST.get("version", str(version))
    try:
        deed(int(given) if given.isdecimal() else version - 1)
    except StaleVersion:
        form.add_error(
            None,
            _(
                "Jemand anderes hat inzwischen etwas geändert. Bitte laden Sie die Seite neu und vergleichen Sie."
            ),
        )
        return False
    return True
