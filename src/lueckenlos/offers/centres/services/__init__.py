"""Deeds on centres, their members and their plan; other rooms enter here."""

from lueckenlos.offers.centres.services.handing import keep_lead, offer_lead, refuse_lead, take_lead
from lueckenlos.offers.centres.services.leading import NewCentre, ask, change_centre, found_centre, part_from
from lueckenlos.offers.centres.services.planning import note_plan, reopen, settle
from lueckenlos.offers.centres.services.taking_part import join, leave

__all__ = [
    "NewCentre",
    "ask",
    "change_centre",
    "found_centre",
    "join",
    "keep_lead",
    "leave",
    "note_plan",
    "offer_lead",
    "part_from",
    "refuse_lead",
    "reopen",
    "settle",
    "take_lead",
]
