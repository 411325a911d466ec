"""The tables of the chain."""

from lueckenlos.steering.chain.models.calculations import Baseline, Calculation, CouncilLink
from lueckenlos.steering.chain.models.decisions import CatalogStep, DuplicateDecision, Scenario, SiteChoice
from lueckenlos.steering.chain.models.knowledge import Basis, TargetRevision
from lueckenlos.steering.chain.models.talk import Asked, Note, StandingChange

__all__ = [
    "Asked",
    "Baseline",
    "Basis",
    "Calculation",
    "CatalogStep",
    "CouncilLink",
    "DuplicateDecision",
    "Note",
    "Scenario",
    "SiteChoice",
    "StandingChange",
    "TargetRevision",
]
