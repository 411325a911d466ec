"""The first question of a pathway: whether there is danger. Then it is not opened, and the numbers come first."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.kernels.pathways import Pathway
from lueckenlos.offers.finder import crisis


def first_question(request: HttpRequest, pathway: Pathway, *, now: datetime) -> HttpResponse | None:
    """The question, or on "yes" the numbers to ring; nothing where it was answered with no, or there is none."""
    question = pathway.first_question
    asked = request.GET.get("gefahr") or request.POST.get("gefahr")
    if question is None or asked == "nein":
        return None
    if asked != "ja":
        return render(request, "cases/first_question.html", {"pathway": pathway, "question": question})
    lines = tuple(CrisisKind(line) for line in question.lines)
    shown = {
        "pathway": pathway,
        "question": question,
        "crisis": crisis.help_for(lines, language="de", now=now),
        "offices": places.youth_offices(),
    }
    return render(request, "cases/danger.html", shown)
