"""Find a record by the words in it, among one's own cases."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases.selectors import searching
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.core import clock


class SearchForm(forms.Form):
    """The words that are sought."""

    q = forms.CharField(label=_("Welche Wörter stehen darin?"), max_length=200, required=False)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A record that was found, as the list calls it."""

    found: searching.FoundRecord
    title: str


@at_work_only
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The records in which the words stand; who reads them here leaves the same trace as in the case."""
    actor = worker(request)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = searching.search(actor, words) if words else []
    if found:
        seen = [(each.record.file, each.record.about, each.record.category) for each in found]
        privacy.disclose_found(seen, actor=actor, now=clock.real_now())
    return render(
        request,
        "cases/search.html",
        {
            "form": form,
            "words": words,
            "lines": [FoundLine(each, pages.title_of(each.record, each.pathway)) for each in found],
            "most": searching.MOST,
        },
        status=422 if form.errors else 200,
    )
