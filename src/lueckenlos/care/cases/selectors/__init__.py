"""Reads of cases; other rooms enter here."""

from lueckenlos.care.cases.selectors.cases import (
    Way,
    case,
    cases,
    closed_since,
    document,
    documents,
    goals,
    moves,
    record,
    records,
    records_about,
    records_in,
    running,
    way,
)
from lueckenlos.care.cases.selectors.protection import competent, report, reports_of, reports_received
from lueckenlos.care.cases.selectors.referrals import of_file as referrals_of
from lueckenlos.care.cases.selectors.referrals import received, referral
from lueckenlos.care.cases.selectors.searching import search
from lueckenlos.care.cases.selectors.tally import tally, tally_counts

__all__ = [
    "Way",
    "case",
    "cases",
    "closed_since",
    "competent",
    "document",
    "documents",
    "goals",
    "moves",
    "received",
    "record",
    "records",
    "records_about",
    "records_in",
    "referral",
    "referrals_of",
    "report",
    "reports_of",
    "reports_received",
    "running",
    "search",
    "tally",
    "tally_counts",
    "way",
]
