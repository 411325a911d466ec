"""The first question of a pathway: whether there is danger. Then it is not opened, and the numbers come first."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lueckenlos.care.cases.errors import PathwayOff
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.commons.accounts.doors import worker
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Actor
from lueckenlos.kernels import pathways
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
        "instead": open_to(worker(request), question.instead) if question.instead else None,
    }
    return render(request, "cases/danger.html", shown)


def open_to(actor: Actor, key: str) -> Pathway | None:
    """The pathway, if new cases begin on it and the actor's role may begin one."""
    try:
        _id, pathway = ways.newest(key)
    except PathwayOff:
        return None
    roles = {role.value for role in actor.roles}
    return pathway if pathways.may_act(pathway, stage=pathway.first_stage.key, roles=roles) else None
