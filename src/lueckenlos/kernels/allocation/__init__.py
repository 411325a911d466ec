"""Fair allocation of holiday offers: wish lists and a published lot instead of who clicks first."""

from lueckenlos.kernels.allocation.lot import draw
from lueckenlos.kernels.allocation.rounds import allocate
from lueckenlos.kernels.allocation.types import (
    Allocation,
    AllocationError,
    Answer,
    Applicant,
    Blocking,
    Code,
    Offer,
    Place,
)
from lueckenlos.kernels.allocation.wording import sentence

__all__ = [
    "Allocation",
    "AllocationError",
    "Answer",
    "Applicant",
    "Blocking",
    "Code",
    "Offer",
    "Place",
    "allocate",
    "draw",
    "sentence",
]
