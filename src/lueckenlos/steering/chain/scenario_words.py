"""What-ifs in words: the headline, each change, each cell that is not the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.chain.types import Reason
from lueckenlos.steering.chain.scenario_changes import (
    CapacityChange,
    CatchmentWidened,
    Change,
    LanguageAdded,
    ServiceAdded,
    ServiceRemoved,
    TargetChange,
)
from lueckenlos.steering.chain.selectors.scenarios import ChangedPiece, ChangeLine, Comparison, ScenarioView
from lueckenlos.steering.chain.selectors.target_board import place_words
from lueckenlos.steering.chain.telling import number, number_shortly
from lueckenlos.steering.chain.types import CellKey, Labels
from lueckenlos.steering.chain.wording import RULES, group


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One cell or seam that is not the same, as the table shows it."""

    piece: ChangedPiece
    area: str
    place: str
    notes: tuple[str, ...]


def headline(found: Comparison, *, view: ScenarioView) -> str:
    """What comes of it, in one or two sentences."""
    if not view.lines:
        return _("Noch ist nichts geändert. Wählen Sie unten, was anders wäre.")
    if not found.pieces:
        return _("Diese Änderungen bewirken in keiner Zelle etwas.")
    return " ".join(filter(None, (_missing(found), _turned(found))))


def _missing(found: Comparison) -> str:
    now, then = round(found.missing_now), round(found.missing_then)
    if now == then:
        return _("Es fehlten so viele Plätze wie heute: sicher %(now)s.") % {"now": number(now)}
    return _("Sicher fehlten %(then)s statt %(now)s Plätze im Jahr.") % {
        "then": number(then),
        "now": number(now),
    }


def _turned(found: Comparison) -> str:
    if not found.turned:
        return _("Kein Urteil ändert sich, aber Zahlen oder Gründe.")
    parts = []
    if found.better:
        parts.append(
            ngettext("ein Urteil wird besser", "%(number)s Urteile werden besser", found.better)
            % {"number": found.better}
        )
    if found.worse:
        parts.append(
            ngettext("eines wird schlechter", "%(number)s werden schlechter", found.worse)
            % {"number": found.worse}
        )
    if found.other:
        parts.append(
            ngettext("eine Zelle wird neu beurteilt", "%(number)s Zellen werden neu beurteilt", found.other)
            % {"number": found.other}
        )
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def change_words(change: Change, *, labels: Labels) -> str:
    """One change in one sentence without its verb."""
    match change:
        case TargetChange():
            return _target(change, labels=labels)
        case CapacityChange():
            return _("„%(name)s“: %(number)s Plätze im Jahr") % {
                "name": change.name,
                "number": number(change.capacity),
            }
        case ServiceAdded():
            return _added(change, labels=labels)
        case ServiceRemoved():
            return _("„%(name)s“ fällt weg") % {"name": change.name}
        case CatchmentWidened():
            given = {"name": change.name, "where": _where(change.catchment, labels=labels)}
            return _("„%(name)s“ auch für %(where)s") % given
        case LanguageAdded():
            return _("„%(name)s“ auch auf %(language)s") % {
                "name": change.name,
                "language": language_name(change.language),
            }


def gone_words(line: ChangeLine) -> str:
    """What to say where the service of a change is there no longer."""
    if not line.is_gone:
        return ""
    return _(
        "Dieses Angebot gibt es heute nicht mehr: Es ist beendet, ruht oder steht nicht mehr im Verzeichnis. Die Änderung bewirkt nichts."
    )


def rows_of(found: Comparison, *, labels: Labels) -> list[ChangedRow]:
    """The table of what is not the same."""
    return [
        ChangedRow(
            piece,
            labels.areas.get(piece.key.area, piece.key.area),
            place_words(piece.key, labels=labels),
            (
                *(_("nicht mehr: %(reason)s") % {"reason": _reason(each)} for each in piece.lost),
                *(_("neu: %(reason)s") % {"reason": _reason(each)} for each in _worse(piece)),
            ),
        )
        for piece in found.pieces
    ]


def _worse(piece: ChangedPiece) -> tuple[Reason, ...]:
    """New reasons, where the verdict is not the better one that every group is then measured by."""
    return () if piece.step > 0 else piece.gained


def _target(change: TargetChange, *, labels: Labels) -> str:
    key = CellKey(change.area, change.phase, change.field, change.to)
    given = {
        "place": place_words(key, labels=labels),
        "where": labels.areas.get(change.area) or places.county().name,
        "number": number_shortly(change.places_per_100),
    }
    return _("%(place)s, %(where)s: Ziel %(number)s je 100 Kinder") % given


def _added(change: ServiceAdded, *, labels: Labels) -> str:
    town = labels.areas.get(change.area, change.area)
    fields = [labels.fields.get(each, each) for each in change.fields]
    phases = [labels.phases.get(each, each) for each in change.phases]
    given = {
        "name": change.name,
        "where": f"{change.place} ({town})" if change.place and change.place != town else town,
        "number": number(change.capacity),
        "what": ", ".join([*phases, *fields]),
    }
    return _("„%(name)s“ in %(where)s: %(number)s Plätze im Jahr; %(what)s") % given


def _where(catchment: tuple[str, ...] | None, *, labels: Labels) -> str:
    if catchment is None:
        return _("den ganzen Kreis")
    return ", ".join(labels.areas.get(each, each) for each in catchment)


def _reason(reason: Reason) -> str:
    words = str(RULES[reason.rule])
    return f"{words} ({group(reason.group)})" if reason.group else words
