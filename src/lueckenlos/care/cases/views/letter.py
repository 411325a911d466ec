"""Writes a letter to one person of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lueckenlos.care.cases import services
from lueckenlos.care.cases.errors import UnfitLetter
from lueckenlos.care.cases.out.letters import letter_pdf
from lueckenlos.care.cases.services.records import LETTER
from lueckenlos.care.cases.views.doors import found_page
from lueckenlos.care.cases.wording import unfit_letter
from lueckenlos.commons.accounts.doors import at_work_only
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core import clock
from lueckenlos.core.forms import offer_openly


class LetterForm(forms.Form):
    """To whom, and what."""

    person = forms.ChoiceField(label=_("An wen?"), help_text=_("Ein Brief geht immer an eine Person allein."))
    subject = forms.CharField(label=_("Worum geht es?"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Eine leere Zeile macht einen Absatz."),
    )

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer_openly(self, "person", people)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_letter(request: HttpRequest, file: UUID) -> HttpResponse:
    """Set a letter as PDF and keep in the case that it was written; nothing of it where no letter is wished."""
    actor, page = found_page(request, file)
    people = {str(line.party.person): line.person for line in page.people if line.person is not None}
    form = LetterForm(request.POST or None, people=[(key, person.name) for key, person in people.items()])
    if request.method == "POST" and form.is_valid():
        person, now = people[form.cleaned_data["person"]], clock.real_now()
        given = form.cleaned_data
        try:
            letter = letter_pdf(
                person,
                subject=given["subject"],
                text=given["text"],
                organization=page.case.organization,
                now=now,
            )
        except UnfitLetter as error:
            form.add_error("person", unfit_letter(error.why, value=error.value))
        else:
            new = services.NewRecord(
                kind=LETTER,
                category=Category.CONTACT,
                about=person.id,
                happened_at=now,
                text=f"{given['subject']}\n\n{given['text']}",
            )
            services.write_record(file, new=new, actor=actor, now=now)
            answer = HttpResponse(letter, content_type="application/pdf")
            answer.headers["Content-Disposition"] = 'attachment; filename="Brief.pdf"'
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return render(
        request,
        "cases/form.html",
        {"page": page, "form": form, "title": _("Brief schreiben"), "button": _("Brief als PDF")},
        status=422 if form.errors else 200,
    )
