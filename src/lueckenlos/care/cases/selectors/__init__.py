"""Reads of cases; other rooms enter here."""

from lueckenlos.care.cases.selectors.cases import (
    Way,
    case,
    cases,
    document,
    documents,
    goals,
    moves,
    record,
    records,
    records_about,
    way,
)
from lueckenlos.care.cases.selectors.referrals import of_file as referrals_of
from lueckenlos.care.cases.selectors.referrals import received, referral

__all__ = [
    "Way",
    "case",
    "cases",
    "document",
    "documents",
    "goals",
    "moves",
    "received",
    "record",
    "records",
    "records_about",
    "referral",
    "referrals_of",
    "way",
]
