"""Says in a sentence what is wrong with the data that the chain rests on: what, which value, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.chain.checks import Finding, Flaw
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels

SENTENCES: dict[Flaw, str | Promise] = {
    Flaw.PERSONS_MISSING: _("%(name)s: Für %(value)s Altersjahre fehlt die Zahl der Menschen. Sie wird geschätzt, und nichts wird dort entschieden. Bitte ergänzen Sie population.csv."),
    Flaw.PERSONS_NEGATIVE: _("%(name)s: Im Alter %(detail)s stehen %(value)s Menschen. Weniger als null geht nicht; bitte berichtigen Sie population.csv."),
    Flaw.AREA_WITHOUT_CHILDREN: _("%(name)s: Hier wohnt laut Bevölkerungszahlen niemand im Alter der Kette. Bitte prüfen Sie population.csv."),
    Flaw.AREA_WITHOUT_POINT: _("%(name)s: Kein Ort hat eine Lage. Entfernungen lassen sich nicht rechnen; bitte ergänzen Sie villages.csv oder postcodes.csv."),
    Flaw.PHASE_EMPTY: _("Lebensphase %(name)s: Das Alter „bis“ liegt nicht nach dem Alter „von“. Bitte berichtigen Sie phases.csv."),
    Flaw.PHASES_OVERLAP: _("Die Lebensphasen %(name)s und %(detail)s überschneiden sich um %(years)s Jahre. Kinder zählen dort doppelt; bitte berichtigen Sie phases.csv."),
    Flaw.PHASES_LEAVE_HOLE: _("Zwischen den Lebensphasen %(name)s und %(detail)s fehlen %(years)s Jahre. Kinder in diesem Alter zählen nirgends; bitte berichtigen Sie phases.csv."),
    Flaw.PHASE_WITHOUT_REACH: _("Lebensphase %(name)s: Die Strecke, die Familien fahren, ist %(value)s km. Bitte tragen Sie in phases.csv eine Zahl über null ein."),
    Flaw.TARGET_NOT_ABOVE_ZERO: _("Ziel %(name)s: %(value)s Plätze sind kein Ziel, es zählt nicht. Bitte setzen Sie eine Zahl über null oder beenden Sie das Ziel."),
    Flaw.TARGET_IMPLAUSIBLE: _("Ziel %(name)s: %(value)s Plätze für je 100 Kinder sind sehr viel. Stimmt die Zahl? Gemeint sind Plätze je 100 Kinder im Jahr."),
    Flaw.TARGET_TWICE: _("Ziel %(name)s steht %(value)s-mal da. Es gilt das letzte; bitte lassen Sie eins stehen."),
    Flaw.INDICATOR_EMPTY: _("Kennzahl %(name)s hat keinen einzigen Wert. Ziele, die nach ihr gewichtet sind, bleiben ungewichtet. Bitte lesen Sie Werte ein."),
    Flaw.INDICATOR_INCOMPLETE: _("Kennzahl %(name)s hat für %(detail)s keinen Wert. Das Gewicht ist dort 1. Bitte lesen Sie den Wert ein."),
    Flaw.SERVICE_TWICE: _("Angebot %(name)s steht %(value)s-mal in der Rechnung. Bitte nehmen Sie eins heraus."),
    Flaw.AGES_REVERSED: _("Angebot %(name)s: Das Alter „von“ ist größer als das Alter „bis“. Bitte berichtigen Sie den Eintrag."),
    Flaw.AGES_MISS_PHASE: _("Angebot %(name)s nennt die Lebensphase %(detail)s, aber sein Alter passt nicht dazu. Es zählt für alle in dieser Phase; bitte prüfen Sie das Alter."),
    Flaw.CAPACITY_ZERO: _("Angebot %(name)s hat null Plätze. Wenn es ruht, setzen Sie es bitte auf „ruht“; sonst tragen Sie die Plätze ein."),
    Flaw.CAPACITY_NEGATIVE: _("Angebot %(name)s hat %(value)s Plätze. Weniger als null geht nicht; es gilt als unbekannt."),
    Flaw.ALL_CAPACITIES_UNKNOWN: _("Von keinem der %(value)s Angebote ist bekannt, wie viele Plätze es hat. Fast alles steht darum auf „Prüfen“. Die Seite „Fragen“ sagt, wen Sie zuerst fragen."),
    Flaw.CATCHMENT_OUTSIDE: _("Angebot %(name)s ist nur für Gemeinden da, die es hier nicht gibt (%(detail)s). Es erreicht niemanden; bitte prüfen Sie sein Einzugsgebiet."),
    Flaw.VALIDITY_REVERSED: _("Angebot %(name)s endet, bevor es beginnt. Bitte berichtigen Sie die Gültigkeit."),
    Flaw.SITE_UNPLACED: _("Angebot %(name)s hat einen Ort ohne Lage. Bitte prüfen Sie die Adresse."),
    Flaw.BRIDGE_OVER_NO_SEAM: _("Angebot %(name)s soll von %(detail)s begleiten. Diese Phasen folgen nicht aufeinander; es zählt für keine Nahtstelle."),
    Flaw.KIND_MISSING: _("Angebot %(name)s hat keine Art. Es zählt, als würde es helfen; bitte wählen Sie eine Art."),
    Flaw.UNKNOWN_KIND: _("Angebot %(name)s hat die Art %(detail)s, die niemand beschrieben hat. Bitte ergänzen Sie kinds.csv."),
    Flaw.UNKNOWN_PHASE: _("%(name)s nennt die Lebensphase %(detail)s, die es nicht gibt. Bitte berichtigen Sie die Angabe."),
    Flaw.UNKNOWN_FIELD: _("%(name)s nennt das Handlungsfeld %(detail)s, das es nicht gibt. Bitte berichtigen Sie die Angabe."),
    Flaw.UNKNOWN_AREA: _("%(name)s nennt die Gemeinde %(detail)s, die es hier nicht gibt. Bitte berichtigen Sie die Angabe."),
    Flaw.UNKNOWN_INTENSITY: _("Ziel %(name)s zählt „%(detail)s“, was es nicht gibt. Bitte berichtigen Sie das Ziel."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlawLine:
    """One flaw as the page says it; `service` is the key where an entry can be mended."""

    flaw: Flaw
    sentence: str
    service: str


def flaw_lines(findings: Iterable[Finding], *, labels: Labels) -> list[FlawLine]:
    """Every finding as a sentence, in the order in which they were found."""
    return [
        FlawLine(
            each.flaw,
            str(SENTENCES[each.flaw])
            % {
                "name": _name(each.subject, labels=labels),
                "detail": _name(each.detail, labels=labels),
                "value": "" if each.value is None else number(each.value),
                "years": "" if each.value is None else number(abs(each.value), places=2),
            },
            each.subject if each.subject in labels.services else "",
        )
        for each in findings
    ]


def _name(key: str, *, labels: Labels) -> str:
    """The word for a key; of a target's key each part."""
    for words in (labels.areas, labels.phases, labels.fields, labels.services, labels.indicators):
        if key in words:
            return f"„{words[key]}“" if words is labels.services else words[key]
    if ":" in key or ">" in key:
        parts = key.replace(">", ":").split(":")
        return ", ".join(_name(part, labels=labels) for part in parts if part)
    return key
