"""Deeds on cases; other rooms enter here."""

from lueckenlos.care.cases.services.documents import NewDocument, add_document, open_document
from lueckenlos.care.cases.services.opening import NewCase, NewRequest, open_case, receive
from lueckenlos.care.cases.services.pathways import install_pathways, switch
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

__all__ = [
    "NewCase",
    "NewDocument",
    "NewOpening",
    "NewRecord",
    "NewReferral",
    "NewRequest",
    "accept_handover",
    "add_document",
    "agree_goal",
    "answer",
    "change_record",
    "confirm",
    "confirm_by_link",
    "end_goal",
    "go_on",
    "install_pathways",
    "open_case",
    "open_confided",
    "open_document",
    "propose",
    "rate_goal",
    "receive",
    "switch",
    "withdraw_referral",
    "write_record",
]
