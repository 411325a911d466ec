"""Deeds at the front door."""

from lueckenlos.care.frontdoor.services.answering import (
    answer,
    ask_back,
    close,
    hand_over,
    open_again,
    refer,
    take_over,
)
from lueckenlos.care.frontdoor.services.incoming import OWN_DATA, send_in
from lueckenlos.care.frontdoor.services.letters import answer_letter, may_be_written_to
from lueckenlos.care.frontdoor.services.lists import address_of, mail_list, print_list
from lueckenlos.care.frontdoor.services.telling import language_of, way_to

__all__ = [
    "OWN_DATA",
    "address_of",
    "answer",
    "answer_letter",
    "ask_back",
    "close",
    "hand_over",
    "language_of",
    "mail_list",
    "may_be_written_to",
    "open_again",
    "print_list",
    "refer",
    "send_in",
    "take_over",
    "way_to",
]
