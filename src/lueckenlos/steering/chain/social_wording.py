"""The German words of the social-area analysis, its tables and its documents."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.importing import Unreadable
from lueckenlos.commons.places.importing import CellMistake, Meaning, Trouble
from lueckenlos.commons.places.types import PERCENT, IndicatorAbout, IndicatorDirection
from lueckenlos.kernels.social_areas import Direction, Missing, Role, Standard
from lueckenlos.steering.chain.social_types import Flaw, LeftOut, SiteLack

Words = str | Promise

ROLES: dict[Role, Words] = {Role.NEED: _("Bedarf"), Role.USE: _("Nutzung")}
ABOUT: dict[IndicatorAbout, Words] = {
    IndicatorAbout.NEED: _("Bedarf: wie es Kindern und Familien geht"),
    IndicatorAbout.USE: _("Nutzung: welche Hilfen sie in Anspruch nehmen"),
}
GOOD: dict[IndicatorDirection, Words] = {
    IndicatorDirection.LOWER: _("niedrig ist gut"),
    IndicatorDirection.HIGHER: _("hoch ist gut"),
    IndicatorDirection.NEUTRAL: _("weder noch"),
}
DIRECTIONS: dict[Role, dict[Direction, Words]] = {
    Role.NEED: {Direction.MORE: _("hoch heißt mehr Bedarf"), Direction.LESS: _("niedrig heißt mehr Bedarf")},
    Role.USE: {Direction.MORE: _("hoch heißt mehr Nutzung"), Direction.LESS: _("niedrig heißt mehr Nutzung")},
}
WAYS: dict[Direction, Words] = {Direction.MORE: _("hoch zählt"), Direction.LESS: _("niedrig zählt")}
STANDARDS: dict[Standard, Words] = {
    Standard.Z: _("Abstand vom Mittel (z-Wert)"),
    Standard.RANK: _("Rang unter den Gemeinden"),
}
MISSING: dict[Missing, Words] = {
    Missing.AVERAGE: _("als Durchschnitt rechnen"),
    Missing.REWEIGHT: _("Gewicht auf die anderen Indikatoren verteilen"),
}
FLAWS: dict[Flaw, Words] = {
    Flaw.EMPTY: _("Kein einziger Wert. Zählt nirgends mit."),
    Flaw.CONSTANT: _("Überall derselbe Wert: unterscheidet keine Gemeinde von einer anderen und zählt nicht mit."),
    Flaw.NO_DIRECTION: _("Niemand hat gesagt, ob hoch oder niedrig gut ist. Zählt erst mit, wenn Sie es in der Analyse wählen."),
    Flaw.AREAS_MISSING: _("Ohne Wert:"),
    Flaw.YEARS_MISSING: _("Jahre ohne Werte:"),
    Flaw.OLD: _("Alt: Der letzte Stand ist"),
    Flaw.SMALL: _("Kleine Zahlen, ein einzelnes Kind kann den Rang ändern:"),
    Flaw.NO_COUNTS: _("Ohne Zähler und Nenner: Wie viel Zufall in den Werten steckt, lässt sich nicht nachrechnen."),
}  # fmt: skip
FLAW_SHORT: dict[Flaw, Words] = {
    Flaw.EMPTY: _("keine Werte"),
    Flaw.CONSTANT: _("überall gleich"),
    Flaw.NO_DIRECTION: _("ohne Richtung"),
    Flaw.AREAS_MISSING: _("Gemeinden fehlen"),
    Flaw.YEARS_MISSING: _("Jahre fehlen"),
    Flaw.OLD: _("alt"),
    Flaw.SMALL: _("kleine Zahlen"),
    Flaw.NO_COUNTS: _("ohne Zähler und Nenner"),
}
LEFT_OUT: dict[LeftOut, Words] = {
    LeftOut.ALL_MISSING: _("kein einziger Wert"),
    LeftOut.CONSTANT: _("überall derselbe Wert"),
    LeftOut.NO_WEIGHT: _("Gewicht 0"),
    LeftOut.NO_DIRECTION: _("nicht gesagt, ob hoch oder niedrig zählt"),
    LeftOut.NOT_THIS_YEAR: _("für dieses Jahr keine Werte"),
}
LACKS: dict[SiteLack, Words] = {
    SiteLack.QUESTION: _("wofür der Standort gesucht wird"),
    SiteLack.CHOSEN: _("die gewählte Gemeinde"),
    SiteLack.PLACE: _("die Schule oder das Haus dort"),
    SiteLack.GROUNDS: _("die Begründung"),
    SiteLack.ALTERNATIVES: _("zwei Alternativen, je mit dem Grund, warum nicht"),
    SiteLack.COST: _("die Kosten"),
    SiteLack.FUNDING: _("die Finanzierung"),
}
MEANINGS: dict[Meaning, Words] = {
    Meaning.NOTHING: _("nicht übernehmen"),
    Meaning.AREA: _("Gemeinde"),
    Meaning.YEAR: _("Jahr"),
    Meaning.VALUES: _("Werte dieses Indikators"),
    Meaning.INDICATOR: _("Name des Indikators"),
    Meaning.VALUE: _("Wert"),
    Meaning.NUMERATOR: _("Zähler (wie viele)"),
    Meaning.DENOMINATOR: _("Nenner (von wie vielen)"),
    Meaning.UNIT: _("Einheit"),
    Meaning.SOURCE: _("Quelle"),
}
UNREADABLE: dict[Unreadable, Words] = {
    Unreadable.TOO_LARGE: _("Die Datei ist mit %(value)s zu groß; es gehen bis zu %(expected)s. Bitte teilen Sie die Tabelle, zum Beispiel nach Jahren."),
    Unreadable.TOO_MANY_ROWS: _("Die Tabelle hat %(value)s Zeilen; es gehen bis zu %(expected)s auf einmal. Bitte teilen Sie sie."),
    Unreadable.TOO_MANY_COLUMNS: _("Die Tabelle hat %(value)s Spalten; es gehen bis zu %(expected)s."),
    Unreadable.EMPTY: _("Die Tabelle ist leer. Es braucht eine Kopfzeile und darunter eine Zeile je Gemeinde."),
    Unreadable.NO_TABLE: _("Das ist keine Tabelle, die sich lesen lässt. Bitte speichern Sie sie als XLSX oder CSV."),
    Unreadable.ONE_COLUMN: _("In der ersten Zeile steht nur „%(value)s“. Bitte löschen Sie Überschriften über der Kopfzeile; eine CSV braucht Semikolon zwischen den Spalten."),
}  # fmt: skip
TROUBLES: dict[Trouble, Words] = {
    Trouble.NO_AREA: _("Hier fehlt die Gemeinde. Bitte ergänzen Sie Name oder Schlüssel."),
    Trouble.OTHER_COUNTY: _("„%(value)s“ ist kein Schlüssel einer Gemeinde hier (%(expected)s). Gebraucht werden acht Ziffern."),
    Trouble.UNKNOWN_AREA: _("Die Gemeinde „%(value)s“ gibt es hier nicht. Bitte prüfen Sie die Schreibweise."),
    Trouble.NO_YEAR: _("Hier fehlt das Jahr. Bitte ergänzen Sie es oder geben Sie eines für alle Zeilen an."),
    Trouble.NOT_A_YEAR: _("„%(value)s“ ist kein Jahr. Bitte vier Ziffern, %(expected)s."),
    Trouble.YEAR_AHEAD: _("Das Jahr liegt in der Zukunft; das letzte mögliche ist %(expected)s."),
    Trouble.NO_INDICATOR: _("Hier fehlt der Name des Indikators."),
    Trouble.NOT_A_NUMBER: _("„%(value)s“ ist keine Zahl. Bitte so schreiben: 31,1 oder 31,1 %%."),
    Trouble.TWO_READINGS: _("„%(value)s“ kann ein Komma oder tausend meinen. Bitte mit Komma oder ohne Tausenderpunkt schreiben."),
    Trouble.FORMULA: _("Hier steht „%(value)s“: eine Formel oder ihr Fehler statt eines Wertes. Bitte den Wert eintragen."),
    Trouble.OUT_OF_RANGE: _("„%(value)s“ liegt außerhalb von %(expected)s."),
    Trouble.NOTHING_TO_DIVIDE_BY: _("Der Nenner ist 0: Aus null Kindern wird kein Anteil. Bitte den Wert weglassen oder den Nenner prüfen."),
    Trouble.CONTRADICTS: _("„%(value)s“ passt nicht zu Zähler und Nenner: Die ergeben %(expected)s Prozent. Bitte prüfen, was stimmt."),
    Trouble.LOOKS_LIKE_SHARE: _("„%(value)s“ sieht nach einem Anteil aus: Zähler und Nenner ergeben %(expected)s Prozent. Bitte zurück und „Anteile von 0 bis 1“ wählen."),
    Trouble.TWICE: _("„%(value)s“: Für diese Gemeinde und dieses Jahr steht schon in Zeile %(expected)s ein anderer Wert."),
    Trouble.TOO_LONG: _("Der Text ist zu lang; es passen %(expected)s Zeichen."),
    Trouble.NO_SOURCE: _("Hier fehlt die Quelle. Bitte ergänzen Sie sie oder geben Sie eine für alle Zeilen an."),
}  # fmt: skip
ALIKE = _("Die Gemeinde „%(value)s“ gibt es hier nicht. Meinten Sie „%(expected)s“?")


def trouble(mistake: CellMistake) -> str:
    """What is wrong with a cell, which value, and what to do."""
    words = TROUBLES[mistake.why]
    if mistake.why is Trouble.UNKNOWN_AREA and mistake.expected:
        words = ALIKE
    expected = mistake.expected
    if mistake.why in {Trouble.CONTRADICTS, Trouble.LOOKS_LIKE_SHARE}:
        expected = expected.replace(".", ",")
    return str(words) % {"value": mistake.value, "expected": expected}


def unit_sign(unit: str) -> str:
    """How a unit stands behind a number."""
    return "%" if unit == PERCENT else unit
