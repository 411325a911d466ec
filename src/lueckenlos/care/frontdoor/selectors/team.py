"""Which team takes the requests of this county, as its folder says."""

from __future__ import annotations

from datetime import datetime

from lueckenlos.care.frontdoor.errors import NoReceivingTeam
from lueckenlos.care.frontdoor.types import PATHWAY, Receiver
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places


def receiving_team(*, now: datetime) -> Receiver:
    """The team named under [family_office] of the county's folder; raises NoReceivingTeam with what to do."""
    given = places.county().settings.get("family_office", {})
    name, team = str(given.get("organization", "")), str(given.get("team", ""))
    if not name or not team:
        raise NoReceivingTeam(
            "In der Datei county.toml fehlt unter [family_office] „organization“ oder „team“. Bitte beides eintragen "
            "und den Kreis neu laden, sonst kommt kein Anliegen an."
        )
    organization = directory.organization_by_name(name)
    if organization is None:
        raise NoReceivingTeam(
            f"Unter [family_office] in county.toml steht die Stelle „{name}“. Die gibt es hier nicht. Bitte den Namen "
            "so schreiben wie im Verzeichnis der Träger, oder die Stelle dort anlegen."
        )
    unit = next((each for each in work.units_of(organization, now=now) if each.name == team), None)
    if unit is None:
        raise NoReceivingTeam(
            f"Bei „{name}“ gibt es kein Team „{team}“, das Anliegen annimmt. Bitte das Team anlegen oder unter "
            "[family_office] in county.toml den richtigen Namen eintragen."
        )
    if not unit.members:
        raise NoReceivingTeam(
            f"Im Team „{team}“ von „{name}“ ist niemand. Bitte mindestens eine Person aufnehmen, sonst liest "
            "niemand, was Familien schreiben."
        )
    return Receiver(organization, unit.id, unit.name, unit.members, str(given.get("pathway", PATHWAY)))
