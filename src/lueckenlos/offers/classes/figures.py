"""A group in numbers: of those who are there, and of those whose names are erased, counted once before they go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import F

from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import reporting, selectors
from lueckenlos.offers.classes.models import Attendance, FamilyClass, Figure, Invitation, Member
from lueckenlos.offers.classes.types import Change, ClassView, Rater, Report


def report(actor: Actor, view: ClassView, *, now: datetime) -> Report:
    """The group in numbers, with those who are gone; small groups without shares and means."""
    with acting_as(actor):
        invited = Invitation.objects.filter(family_class=view.id, is_counted=False).count()
        found = selectors.families(Member.objects.filter(family_class=view.id, invitation__is_counted=False))
        came = Attendance.objects.filter(member__family_class=view.id, member__invitation__is_counted=False)
        presences = list(came.values_list("child", "parent"))
        gone = _kept(view.id)
    held = [each for each in view.mornings if each.ends_at <= now and not each.is_cancelled]
    live = reporting.report(found, invited=invited, mornings=len(held), presences=presences)
    return _joined(live, gone)


def keep(going: Iterable[Invitation]) -> None:
    """Write down what remains of families that are about to be erased, each once; inside `acting_as(retention)`.

    Shares and means are of those who are erased together, and only from five families on: a family that leaves alone
    adds to the counts, and nothing else of it stays.
    """
    by_class: dict[UUID, list[Invitation]] = defaultdict(list)
    for each in going:
        if not each.is_counted:
            by_class[each.family_class_id].append(each)
    for family_class, invitations in by_class.items():
        _add(family_class, _report_of(invitations), organization=invitations[0].organization)
        Invitation.objects.filter(id__in=[each.id for each in invitations]).update(is_counted=True)


def _kept(family_class: UUID) -> Report | None:
    """What stands of families that are gone; mornings are counted from the calendar."""
    row = Figure.objects.filter(family_class=family_class).first()
    if row is None:
        return None
    return Report(
        invited=row.invited,
        families=row.families,
        mornings=0,
        goals=row.goals,
        reached=row.reached,
        came=row.came,
        together=row.together,
        changes=tuple(Change(Rater(each["rater"]), each["goals"], each["mean"]) for each in row.changes),
    )


def _joined(live: Report, gone: Report | None) -> Report:
    """Families that are there and families that are gone, together; shares are of whichever of them has some."""
    if gone is None:
        return live
    told = live if live.came is not None or live.changes else gone
    return replace(
        live,
        invited=live.invited + gone.invited,
        families=live.families + gone.families,
        goals=live.goals + gone.goals,
        reached=live.reached + gone.reached,
        came=told.came,
        together=told.together,
        changes=told.changes,
    )


def _report_of(invitations: list[Invitation]) -> Report:
    keys = [each.id for each in invitations]
    members = selectors.families(Member.objects.filter(id__in=keys))
    presences = list(Attendance.objects.filter(member__in=keys).values_list("child", "parent"))
    return reporting.report(members, invited=len(keys), mornings=0, presences=presences)


def _add(family_class: UUID, report: Report, *, organization: UUID) -> None:
    row, _made = Figure.objects.get_or_create(
        family_class=FamilyClass(id=family_class), defaults={"organization": organization}
    )
    shares = {}
    if report.came is not None or report.changes:
        shares = {
            "came": report.came,
            "together": report.together,
            "changes": [
                {"rater": each.rater.value, "goals": each.goals, "mean": each.mean} for each in report.changes
            ],
        }
    Figure.objects.filter(id=row.id).update(
        invited=F("invited") + report.invited,
        families=F("families") + report.families,
        goals=F("goals") + report.goals,
        reached=F("reached") + report.reached,
        **shares,
    )
