"""Deeds on programmes and registrations; other rooms enter here."""

from lueckenlos.offers.programmes.services.allocating import (
    close_registration,
    hold_back,
    seat_allocated,
    way_back,
)
from lueckenlos.offers.programmes.services.answering import answer, remind_everywhere
from lueckenlos.offers.programmes.services.materials import (
    NewMaterial,
    add_material,
    content_of,
    remove_material,
)
from lueckenlos.offers.programmes.services.missing import count_of_other_ages, count_why_not
from lueckenlos.offers.programmes.services.printing import print_letters, tick_letters
from lueckenlos.offers.programmes.services.publishing import (
    NewProgramme,
    add_sessions,
    cancel_programme,
    cancel_session,
    change_programme,
    found_programme,
    move_session,
    publish,
    set_access,
)
from lueckenlos.offers.programmes.services.registering import (
    Registered,
    accept,
    cancel,
    change_contact,
    decline,
    leave_out,
    register,
    release,
    take_down,
)
from lueckenlos.offers.programmes.services.running import give_feedback, mark, send_links
from lueckenlos.offers.programmes.services.seating import move_up, move_up_everywhere

__all__ = [
    "NewMaterial",
    "NewProgramme",
    "Registered",
    "accept",
    "add_material",
    "add_sessions",
    "answer",
    "cancel",
    "cancel_programme",
    "cancel_session",
    "change_contact",
    "change_programme",
    "close_registration",
    "content_of",
    "count_of_other_ages",
    "count_why_not",
    "decline",
    "found_programme",
    "give_feedback",
    "hold_back",
    "leave_out",
    "mark",
    "move_session",
    "move_up",
    "move_up_everywhere",
    "print_letters",
    "publish",
    "register",
    "release",
    "remind_everywhere",
    "remove_material",
    "seat_allocated",
    "send_links",
    "set_access",
    "take_down",
    "tick_letters",
    "way_back",
]
