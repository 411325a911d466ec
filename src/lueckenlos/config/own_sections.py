"""Which sections one's own page has, in their order; rooms above add theirs here (registrations, appointments, …)."""

from typing import Final

from lueckenlos.portal.own_data import sections
from lueckenlos.portal.own_data.types import OwnSection

SECTIONS: Final[tuple[OwnSection, ...]] = (*sections.SECTIONS,)
