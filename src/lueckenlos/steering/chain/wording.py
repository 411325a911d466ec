"""The chain's German words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.kernels.chain.groups import BARRIER_FREE, FREE, LANGUAGE, NO_WAITING
from lueckenlos.kernels.chain.types import Basis, Rule, Step, Verdict
from lueckenlos.steering.chain.types import DuplicateVerdict, ScenarioDeed, ScenarioState, SiteState, Standing

VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.GAP: _("Lücke"),
    Verdict.CHECK: _("Prüfen"),
    Verdict.CLOSED: _("geschlossen"),
    Verdict.NO_TARGET: _("ohne Ziel"),
    Verdict.NO_CHILDREN: _("keine Kinder"),
}
VERDICT_MEANS: dict[Verdict, str | Promise] = {
    Verdict.GAP: _("Auch günstig gerechnet reicht es nicht."),
    Verdict.CHECK: _("Die Antwort hängt an Angaben, die fehlen oder alt sind."),
    Verdict.CLOSED: _("Es reicht, auch vorsichtig gerechnet."),
    Verdict.NO_TARGET: _("Hier hat niemand ein Ziel gesetzt."),
    Verdict.NO_CHILDREN: _("Hier wohnt niemand in diesem Alter."),
}
RULES: dict[Rule, str | Promise] = {
    Rule.NO_OFFER: _("kein Angebot"),
    Rule.NOT_REACHABLE: _("nicht erreichbar"),
    Rule.NONE_HERE: _("nicht vor Ort"),
    Rule.TOO_FEW: _("zu wenige Plätze"),
    Rule.KIND_MISSING: _("Angebotsart fehlt"),
    Rule.CLOSED_TO_GROUP: _("für Gruppe verschlossen"),
    Rule.CHAIN_BROKEN: _("Kette reißt"),
    Rule.FUNDING_ENDS: _("Förderung endet"),
    Rule.DATA_OPEN: _("Angaben fehlen"),
    Rule.NOT_KNOWN: _("nicht bekannt"),
    Rule.DOUBLE: _("doppelt"),
    Rule.MISSED_NEED: _("erreicht die Falschen"),
}
BASES: dict[Basis, str | Promise] = {
    Basis.CELLS: _("Bevölkerungszellen"),
    Basis.VILLAGES: _("Orte, nach Größe gewichtet"),
    Basis.POSTCODES: _("Postleitzahlen"),
    Basis.CENTER: _("Mitte der Gemeinde"),
}
STANDINGS: dict[Standing, str | Promise] = {
    Standing.INTERNAL: _("intern"),
    Standing.SHARED: _("mit Kommune und Anbietern geteilt"),
    Standing.PUBLIC: _("öffentlich"),
}
DUPLICATE_VERDICTS: dict[DuplicateVerdict, str | Promise] = {
    DuplicateVerdict.TALK: _("Gespräch geplant"),
    DuplicateVerdict.INTENDED: _("so gewollt"),
    DuplicateVerdict.MERGED: _("zusammengelegt"),
}
SCENARIO_STATES: dict[ScenarioState, str | Promise] = {
    ScenarioState.OPEN: _("in Arbeit"),
    ScenarioState.KEPT: _("aufgehoben"),
    ScenarioState.DISCARDED: _("verworfen"),
}
SCENARIO_DEEDS: dict[ScenarioDeed, str | Promise] = {
    ScenarioDeed.TARGET: _("Ziel ändern"),
    ScenarioDeed.CAPACITY: _("Plätze ändern"),
    ScenarioDeed.ADD_SERVICE: _("Angebot hinzufügen"),
    ScenarioDeed.REMOVE_SERVICE: _("Angebot wegnehmen"),
    ScenarioDeed.CATCHMENT: _("Einzugsgebiet ändern"),
    ScenarioDeed.LANGUAGE: _("Sprache ergänzen"),
}
SITE_STATES: dict[SiteState, str | Promise] = {
    SiteState.DRAFT: _("Entwurf"),
    SiteState.DECIDED: _("entschieden"),
}
STEPS: dict[Step, str | Promise] = {
    Step.NEW_PLACE: _("neuer Ort"),
    Step.MORE_PLACES: _("mehr Plätze"),
    Step.WIDER_CATCHMENT: _("größeres Einzugsgebiet"),
    Step.NEW_LANGUAGE: _("weitere Sprache"),
    Step.OUTREACH: _("zu den Familien kommen"),
    Step.TRANSFER: _("Übertragung von anderswo"),
}
INTENSITIES: dict[str, str | Promise] = {
    "information": _("Information"),
    "one_off": _("einmalig"),
    "open_meeting": _("offener Treff"),
    "course": _("Kurs"),
    "counselling": _("Beratung"),
    "accompaniment": _("Begleitung"),
    "institution": _("Einrichtung"),
    "duty_or_cash": _("Pflicht oder Geld"),
    "professional": _("für Fachkräfte"),
}
GROUPS: dict[str, str | Promise] = {
    BARRIER_FREE: _("wer keine Stufen gehen kann"),
    FREE: _("wer nichts zahlen kann"),
    NO_WAITING: _("wer nicht lange warten kann"),
}
SIGNAL_REASONS: dict[SignalReason, str | Promise] = {
    SignalReason.NOTHING_FOUND: _("gesucht und nichts gefunden"),
    SignalReason.NO_OFFER: _("kein Angebot"),
    SignalReason.NO_PLACE: _("kein Platz frei"),
    SignalReason.WAITING: _("zu lange Wartezeit"),
    SignalReason.TOO_FAR: _("zu weit weg"),
    SignalReason.LANGUAGE: _("nicht in der eigenen Sprache"),
    SignalReason.COST: _("zu teuer"),
    SignalReason.BARRIER: _("nicht barrierefrei"),
    SignalReason.AGE: _("für ein anderes Alter"),
    SignalReason.TIME: _("zur falschen Zeit"),
    SignalReason.NOT_WANTED: _("nicht gewollt"),
    SignalReason.NOT_KNOWN: _("nicht gewusst, dass es das gibt"),
}


def group(key: str) -> str:
    """A group of people for whom a door may be closed, in a few words."""
    if key.startswith(LANGUAGE):
        return gettext("wer %(language)s spricht") % {"language": language_name(key.removeprefix(LANGUAGE))}
    return str(GROUPS.get(key, key))
