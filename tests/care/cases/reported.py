"""The youth office as a report finds it."""

from __future__ import annotations

from lueckenlos.care.cases.selectors.protection import Competent
from lueckenlos.commons.places.types import YouthOfficeInfo
from lueckenlos.commons.tasks.types import Owner
from tests.care.kita import HERE, Kita


def office(kita: Kita) -> Competent:
    """The youth office as a report finds it."""
    youth = kita.youth
    assert youth.unit is not None
    info = YouthOfficeInfo("kreis", "Jugendamt", "0221 4710-111", "", (HERE,))
    return Competent(info, youth.organization, Owner.of_unit(youth.unit))
