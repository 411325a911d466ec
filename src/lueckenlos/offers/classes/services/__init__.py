"""Deeds on family classes; other rooms enter here."""

from lueckenlos.offers.classes.services.goals import achieve, open_for_child, rate, rate_apart, set_goal
from lueckenlos.offers.classes.services.inviting import (
    choose_visit,
    invite,
    issue_link,
    leave,
    release,
    say_no,
    say_yes,
)
from lueckenlos.offers.classes.services.joining import change_contact, join
from lueckenlos.offers.classes.services.planning import (
    NewClass,
    Weekly,
    add_morning,
    cancel_morning,
    change_class,
    found_class,
)
from lueckenlos.offers.classes.services.reminding import remind_everybody
from lueckenlos.offers.classes.services.running import note_morning
from lueckenlos.offers.classes.services.seating import let_lapse
from lueckenlos.offers.classes.services.seconding import (
    agree,
    ask_second,
    change_second_contact,
    issue_second_link,
    refuse,
    stop_along,
    take_second_back,
)

__all__ = [
    "NewClass",
    "Weekly",
    "achieve",
    "add_morning",
    "agree",
    "ask_second",
    "cancel_morning",
    "change_class",
    "change_contact",
    "change_second_contact",
    "choose_visit",
    "found_class",
    "invite",
    "issue_link",
    "issue_second_link",
    "join",
    "leave",
    "let_lapse",
    "note_morning",
    "open_for_child",
    "rate",
    "rate_apart",
    "refuse",
    "release",
    "remind_everybody",
    "say_no",
    "say_yes",
    "set_goal",
    "stop_along",
    "take_second_back",
]
