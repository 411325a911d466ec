"""The tamper-evident log: who did what to whose data, in one chain an organization and one for the county."""

from lueckenlos.core.audit.keeping import RULES, blacken_about
from lueckenlos.core.audit.recording import COUNTY, NotAChain, blacken, chain_of, flush, record
from lueckenlos.core.audit.sealing import Seal, SealNotGenuine, seal_heads
from lueckenlos.core.audit.verifying import AuditResult, verify_audit

__all__ = [
    "COUNTY",
    "RULES",
    "AuditResult",
    "NotAChain",
    "Seal",
    "SealNotGenuine",
    "blacken",
    "blacken_about",
    "chain_of",
    "flush",
    "record",
    "seal_heads",
    "verify_audit",
]
