"""Deeds on online courses, their codes and enrollments; other rooms enter here."""

from lueckenlos.offers.courses.services.enrolling import (
    Enrolled,
    check_fit,
    enroll,
    give_feedback,
    resume,
    set_reminders,
    stop,
    stop_reminders,
    tick,
)
from lueckenlos.offers.courses.services.keeping import expire, lapse, watch_stocks
from lueckenlos.offers.courses.services.offering import NewCourse, change_course, close, found_course, publish
from lueckenlos.offers.courses.services.reminding import remind_everybody
from lueckenlos.offers.courses.services.showing import Shown, activate, show_code
from lueckenlos.offers.courses.services.stocking import add_codes, hand_out, known_among

__all__ = [
    "Enrolled",
    "NewCourse",
    "Shown",
    "activate",
    "add_codes",
    "change_course",
    "check_fit",
    "close",
    "enroll",
    "expire",
    "found_course",
    "give_feedback",
    "hand_out",
    "known_among",
    "lapse",
    "publish",
    "remind_everybody",
    "resume",
    "set_reminders",
    "show_code",
    "stop",
    "stop_reminders",
    "tick",
    "watch_stocks",
]
