"""Deeds on cases; other rooms enter here."""

from lueckenlos.care.cases.services.advice import NewAdvice, begin_advice
from lueckenlos.care.cases.services.asking import keyword
from lueckenlos.care.cases.services.documents import NewDocument, add_document, open_document
from lueckenlos.care.cases.services.opening import (
    NewCase,
    NewRequest,
    open_case,
    promise,
    pseudonym,
    receive,
)
from lueckenlos.care.cases.services.own_words import add_note, add_words, rate_answer, withdraw_request
from lueckenlos.care.cases.services.pathways import hold_seam_only, install_pathways, switch
from lueckenlos.care.cases.services.protection import (
    NewReport,
    confirm_receipt,
    give_feedback,
    report_danger,
)
from lueckenlos.care.cases.services.records import (
    NewOpening,
    NewRecord,
    agree_goal,
    change_record,
    end_goal,
    open_confided,
    rate_goal,
    write_record,
)
from lueckenlos.care.cases.services.referrals import (
    NewReferral,
    accept_handover,
    answer,
    confirm,
    confirm_by_link,
    propose,
    withdraw_referral,
)
from lueckenlos.care.cases.services.stages import go_on
from lueckenlos.care.cases.services.tally import count_line, take_line_back

__all__ = [
    "NewAdvice",
    "NewCase",
    "NewDocument",
    "NewOpening",
    "NewRecord",
    "NewReferral",
    "NewReport",
    "NewRequest",
    "accept_handover",
    "add_document",
    "add_note",
    "add_words",
    "agree_goal",
    "answer",
    "begin_advice",
    "change_record",
    "confirm",
    "confirm_by_link",
    "confirm_receipt",
    "count_line",
    "end_goal",
    "give_feedback",
    "go_on",
    "hold_seam_only",
    "install_pathways",
    "keyword",
    "open_case",
    "open_confided",
    "open_document",
    "promise",
    "propose",
    "pseudonym",
    "rate_answer",
    "rate_goal",
    "receive",
    "report_danger",
    "switch",
    "take_line_back",
    "withdraw_referral",
    "withdraw_request",
    "write_record",
]
