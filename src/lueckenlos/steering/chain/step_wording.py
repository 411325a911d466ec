"""Says in German what a plan wins, why each step is in it, and how sure it is that there is no better one."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.kernels.chain.types import CellKey, Choice, Step, Why
from lueckenlos.steering.chain.life_story import listed
from lueckenlos.steering.chain.selectors.candidates import Candidate
from lueckenlos.steering.chain.selectors.steps import NextSteps
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels

PROVEN = 1e-6
"""Below this the solver's own tolerance speaks, not a better plan."""
MOST_NAMED = 2


def lead(found: NextSteps, choice: Choice) -> str:
    """What the budget closes."""
    budget, missing = number(found.request.budget), number(choice.missing_before)
    if choice.missing_before < 0.5:
        return _("Hier fehlt nach heutigem Stand kein Platz sicher. Es gibt nichts zu kaufen.")
    if not found.request.budget:
        return _("Mit 0 Euro ändert sich nichts: Mindestens %(missing)s Plätze fehlen weiter.") % {
            "missing": missing
        }
    if not choice.measures:
        return _(
            "Mit %(budget)s Euro im Jahr lässt sich kein Schritt aus dem Katalog bezahlen, der hier hilft."
        ) % {"budget": budget}
    return _("Mit %(cost)s Euro im Jahr werden aus mindestens %(missing)s fehlenden Plätzen %(left)s.") % {
        "cost": number(choice.cost),
        "missing": missing,
        "left": number(choice.missing_after),
    }


def proof(choice: Choice, *, is_fairest: bool) -> str:
    """How close to the best there is, as far as the calculation proves it."""
    if choice.gap is None:
        return _("ohne Beweis")
    if choice.gap <= PROVEN:
        return _("nachweislich der gerechteste Plan") if is_fairest else _("nachweislich der beste Plan")
    percent = number(math.ceil(choice.gap * 1000) / 10, places=1)
    if is_fairest:
        return _("höchstens %(percent)s Prozentpunkte vom gerechtesten entfernt") % {"percent": percent}
    return _("höchstens %(percent)s %% vom besten Plan entfernt") % {"percent": percent}


def where(candidate: Candidate, *, labels: Labels) -> str:
    """At which place, or with which service."""
    at = candidate.where
    if at.service:
        return labels.services.get(at.service, at.service)
    if at.group:
        return at.group
    return listed([labels.areas.get(area, area) for area in at.areas])


def why(each: Why, *, labels: Labels) -> str:
    """In one sentence: what would be missing again without this step."""
    won = [(key, places) for key, places in each.cells if places > 0]
    areas = {key[0] for key, _won in won}
    count = round(each.places)
    words = {
        "count": number(count),
        "cells": _cells(won, labels=labels, with_area=len(areas) > 1),
        "area": labels.areas.get(next(iter(areas), ""), ""),
    }
    if len(won) == 1:
        (_area, phase, field), _won = won[0]
        words |= {"field": labels.fields.get(field, field), "phase": labels.phases.get(phase, phase)}
        text = ngettext(
            "Ohne diesen Schritt fehlte in %(area)s wieder %(count)s Platz in %(field)s (%(phase)s).",
            "Ohne diesen Schritt fehlten in %(area)s wieder %(count)s Plätze in %(field)s (%(phase)s).",
            count,
        )
    elif len(areas) == 1:
        text = ngettext(
            "Ohne diesen Schritt fehlte in %(area)s wieder %(count)s Platz: %(cells)s.",
            "Ohne diesen Schritt fehlten in %(area)s wieder %(count)s Plätze: %(cells)s.",
            count,
        )
    else:
        text = ngettext(
            "Ohne diesen Schritt fehlte wieder %(count)s Platz: %(cells)s.",
            "Ohne diesen Schritt fehlten wieder %(count)s Plätze: %(cells)s.",
            count,
        )
    taken = sum(-places for _key, places in each.cells if places < 0)
    sentence = text % words
    if taken > 0 and each.step is Step.WIDER_CATCHMENT:
        sentence += " " + _("Wer das Angebot bisher allein hatte, gibt dafür %(places)s Plätze ab.") % {
            "places": number(taken, places=1)
        }
    return sentence


def _cells(won: Sequence[tuple[CellKey, float]], *, labels: Labels, with_area: bool) -> str:
    """The cells that win most; of the others the sum."""
    named = [
        (
            _("%(places)s in %(area)s, %(field)s (%(phase)s)")
            if with_area
            else _("%(places)s in %(field)s (%(phase)s)")
        )
        % {
            "area": labels.areas.get(area, area),
            "phase": labels.phases.get(phase, phase),
            "field": labels.fields.get(field, field),
            "places": _places(places),
        }
        for (area, phase, field), places in won[:MOST_NAMED]
    ]
    rest = sum(places for _key, places in won[MOST_NAMED:])
    if rest > 0:
        named.append(_("%(places)s anderswo") % {"places": _places(rest)})
    return listed(named)


def _places(places: float) -> str:
    return number(places, places=0 if places >= 1 else 1)
