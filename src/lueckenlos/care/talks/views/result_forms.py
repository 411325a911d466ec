"""The two forms of an item in a talk, with the choices that its reader may have."""

from __future__ import annotations

from typing import Any

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.talks import selectors
from lueckenlos.care.talks.forms import AgreementForm, ResultForm
from lueckenlos.care.talks.item_page import ItemPage
from lueckenlos.care.talks.types import WITHIN, Outcome, TalkState
from lueckenlos.care.talks.wording import day_and_hours
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor


def result_form(page: ItemPage, actor: Actor, *, data: Any) -> ResultForm | None:
    """What came of it: of a case by whoever has it, of a pseudonymous one by whoever speaks in the talk."""
    if not _writes(page):
        return None
    catalog = directory.catalog()
    later = [
        (str(each.id), day_and_hours(each.starts_at, each.ends_at))
        for each in selectors.talks(actor, page.series.id)
        if each.state.is_ahead and each.starts_at > page.talk.starts_at
    ]
    return ResultForm(
        data,
        talks=later,
        places=[(each.ags, each.name) for each in places.municipalities()],
        phases=[(each.key, each.label) for each in catalog.phases],
        fields=[(each.key, each.label) for each in catalog.fields],
        initial=_initial(page, actor),
        known=page.known_names,
        auto_id="id_ergebnis_%s",
    )


def agreement_form(page: ItemPage, actor: Actor, *, data: Any) -> AgreementForm | None:
    """Who does what: of a case only offices that may hear it."""
    if not _writes(page):
        return None
    doers = [
        (f"{office.organization}:{each.person}", f"{office.short}: {each.name}")
        for office in page.series.offices
        if page.hearing.hears(office.organization)
        for each in office.regulars
    ]
    own = f"{page.item.organization}:{page.item.brought_by}"
    if own not in {value for value, _label in doers}:
        name = work.names_of([page.item.brought_by]).get(page.item.brought_by, "")
        doers.insert(0, (own, f"{page.office}: {name}"))
    return AgreementForm(
        data,
        doers=doers,
        today=clock.real_today(),
        known=page.known_names,
        auto_id="id_absprache_%s",
    )


def _writes(page: ItemPage) -> bool:
    if page.talk.state not in {TalkState.RUNNING, TalkState.HELD} or page.item.taken_back_at is not None:
        return False
    return page.has_case if page.item.is_named else (page.speaks or page.may_change)


def _initial(page: ItemPage, actor: Actor) -> dict[str, Any]:
    known = next((each for each, _word in page.results if each.talk == page.talk.id), None)
    item = page.item
    case = cases.case(actor, item.file) if item.file else None
    initial: dict[str, Any] = {
        "outcome": Outcome.ADVICE.value,
        "ags": item.ags or (case.ags if case else "") or "",
        "field": item.field,
        "phase": _phase(page),
    }
    if known is not None:
        initial |= {
            "text": known.text,
            "outcome": known.outcome.value,
            "next_talk": str(known.next_talk or ""),
            "seen": known.version,
        }
    return initial


def _phase(page: ItemPage) -> str:
    """The chain's life phase that fits the band; nothing where the county has none."""
    if page.item.age_band is None:
        return ""
    age = WITHIN[page.item.age_band]
    for phase in directory.catalog().phases:
        if phase.age_from is not None and phase.age_to is not None and phase.age_from <= age < phase.age_to:
            return phase.key
    return ""
