"""Says in German what is wrong with a pathway's file: what, which value, what to do."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from lueckenlos.kernels.pathways.flaws import Flaw, FlawCode

_POSITION: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_INTACT: Final = "Die Datei ist kein gültiges TOML{position}. Bitte dort Anführungszeichen, Klammern und Gleichheitszeichen prüfen; jede Tabelle darf nur einmal stehen."

_SENTENCES: Final = {
    FlawCode.MISSING: "Unter „{path}“ fehlt eine Angabe. Bitte eintragen: {options}.",
    FlawCode.WRONG_TYPE: "Unter „{path}“ steht „{value}“, das hat nicht die richtige Form. Bitte so eintragen: {options}.",
    FlawCode.EMPTY: "Die Angabe unter „{path}“ ist leer. Bitte ausfüllen.",
    FlawCode.BAD_KEY: "Der Schlüssel „{value}“ unter „{path}“ ist nicht erlaubt. Bitte nur kleine Buchstaben ohne Umlaute, Ziffern und Unterstriche verwenden und mit einem Buchstaben beginnen.",
    FlawCode.BAD_VERSION: "Die Version ist „{value}“. Bitte eine ganze Zahl ab 1 eintragen und sie bei jeder Änderung erhöhen.",
    FlawCode.BAD_PERSONS: "Unter „{path}“ steht die Personenzahl „{value}“. Bitte eine ganze Zahl ab 1 eintragen.",
    FlawCode.UNKNOWN_ENTRY: "Den Eintrag „{value}“ unter „{path}“ gibt es hier nicht. Bitte streichen oder richtig schreiben; möglich sind: {options}.{close}",
    FlawCode.UNKNOWN_WORD: "Das Wort „{value}“ unter „{path}“ ist nicht bekannt. Möglich sind: {options}.{close}",
    FlawCode.DUPLICATE_KEY: "„{value}“ steht unter „{path}“ mehr als einmal. Bitte jeden Schlüssel nur einmal verwenden.",
    FlawCode.DUPLICATE_PATHWAY: "Einen Weg mit dem Schlüssel „{value}“ gibt es in mehreren Dateien. Bitte einen davon umbenennen.",
    FlawCode.UNKNOWN_PATHWAY: "Der Weg „{value}“, auf den „{path}“ verweist, fehlt oder ist selbst fehlerhaft. Vorhanden sind: {options}.{close}",
    FlawCode.UNKNOWN_LINE: "Für „{value}“ unter „{path}“ gibt es keine Notrufnummern. Möglich sind: {options}.{close}",
    FlawCode.UNKNOWN_ROLE: "Die Rolle „{value}“ unter „{path}“ gibt es nicht. Möglich sind: {options}.{close}",
    FlawCode.ROLE_NOT_TAKING_PART: "Die Rolle „{value}“ unter „{path}“ ist an diesem Weg nicht beteiligt. Bitte oben unter „roles“ ergänzen oder eine von diesen nehmen: {options}.",
    FlawCode.NOBODY_ACTS: "Im Schritt „{value}“ darf niemand handeln. Bitte unter „{path}“ mindestens eine Rolle eintragen: {options}.",
    FlawCode.UNKNOWN_PURPOSE: "Den Zweck „{value}“ unter „{path}“ gibt es nicht. Möglich sind: {options}.{close}",
    FlawCode.UNKNOWN_RETENTION_CLASS: "Die Aufbewahrungsklasse „{value}“ unter „{path}“ gibt es nicht. Möglich sind: {options}.{close}",
    FlawCode.UNKNOWN_CATEGORY: "Die Datenkategorie „{value}“ unter „{path}“ gibt es nicht. Möglich sind: {options}.{close}",
    FlawCode.UNKNOWN_STAGE: "Den Schritt „{value}“ unter „{path}“ gibt es nicht. Vorhanden sind: {options}.{close}",
    FlawCode.UNKNOWN_RECORD_KIND: "Die Art von Eintrag „{value}“ unter „{path}“ gibt es nicht. Bitte unter „record_kinds“ anlegen oder eine von diesen nehmen: {options}.{close}",
    FlawCode.UNKNOWN_TASK: "Die Aufgabe „{value}“ unter „{path}“ gibt es nicht. Bitte unter „tasks“ anlegen oder eine von diesen nehmen: {options}.{close}",
    FlawCode.UNKNOWN_OUTCOME: "Die Schlussfrage „{value}“ unter „{path}“ gibt es nicht. Bitte unter „outcomes“ anlegen oder eine von diesen nehmen: {options}.{close}",
    FlawCode.PERSONS_WITHOUT_RECORD: "Unter „{path}“ verlangt „{value}“ mehrere Personen. Das geht nur bei Einträgen (record:…); bitte „persons“ streichen.",
    FlawCode.CONSENT_ANEW: "Unter „{path}“ wird „{value}“ neu verlangt. Eine Einwilligung gilt, solange sie gilt; bitte „anew“ streichen.",
    FlawCode.NO_FINAL_STAGE: "Der Weg hat keinen Schlussschritt. Bitte unter „{path}“ mindestens einen Schritt mit „final = true“ kennzeichnen.",
    FlawCode.FINAL_GOES_ON: "Der Schlussschritt „{value}“ führt noch weiter. Bitte „{path}“ leeren, „final“ streichen oder den Weg zurück mit „again = true“ kennzeichnen.",
    FlawCode.FINAL_REQUIRES: "Der Schlussschritt „{value}“ verlangt noch etwas. Bitte „{path}“ in den Schritt davor verschieben.",
    FlawCode.UNREACHABLE: "Der Schritt „{value}“ ist vom Anfang aus nicht zu erreichen. Bitte ihn bei einem früheren Schritt unter „next“ eintragen oder streichen.",
    FlawCode.CANNOT_END: "Vom Schritt „{value}“ führt kein Weg zu einem Schluss. Bitte unter „{path}“ einen Schritt eintragen, der zu einem von diesen führt: {options}.",
    FlawCode.CYCLE: "Diese Schritte führen im Kreis: {value}. Bitte den Weg zurück mit „again = true“ kennzeichnen.",
    FlawCode.DEADLINE_WITHOUT_UNIT: "Die Frist „{value}“ unter „{path}“ hat keine Einheit. Bitte dazuschreiben, wovon, zum Beispiel „2 working_days“, „3 hours in office hours“ oder „14 days“.",
    FlawCode.DEADLINE_UNKNOWN_UNIT: "Die Einheit der Frist „{value}“ unter „{path}“ ist nicht bekannt. Möglich sind: working_days, days, hours, minutes.",
    FlawCode.DEADLINE_UNREADABLE: "Die Frist „{value}“ unter „{path}“ ist nicht zu verstehen. Bitte so schreiben: „2 working_days until 12:00“, „3 hours in office hours“, „14 days“.",
    FlawCode.CLOCK_STOPS_AT_ONCE: "Die Uhr beginnt und endet mit demselben Ereignis „{value}“. Bitte unter „{path}“ ein anderes eintragen.",
    FlawCode.BAD_PLACEHOLDER: "Im Satz „{value}“ unter „{path}“ muss der Platzhalter {{until}} stehen und kein anderer. Er wird zu „bis Montag 12 Uhr“.",
    FlawCode.CHOICES_MISSING: "Unter „{path}“ gibt es weniger als zwei Antworten zur Auswahl. Bitte ergänzen oder eine andere Art von Feld nehmen.",
    FlawCode.CHOICES_UNEXPECTED: "Unter „{path}“ stehen Antworten, das Feld ist aber keine Auswahl, sondern „{value}“. Bitte die Antworten streichen oder „type = \"choice\"“ eintragen.",
    FlawCode.NAME_DESPITE_PSEUDONYM: "Der Weg läuft mit Pseudonym, „{path}“ ist aber „{value}“ und nennt Personen. Bitte streichen oder eine andere Art nehmen.",
}  # fmt: skip


def sentence(flaw: Flaw) -> str:
    """One or two German sentences for the person who writes the file."""
    if flaw.code is FlawCode.NOT_TOML:
        return _INTACT.format(position=_position(flaw.value))
    return _SENTENCES[flaw.code].format(
        path=flaw.path or "Anfang der Datei",
        value=flaw.value,
        options=", ".join(flaw.options) or "nichts",
        close=_close(flaw),
    )


def _position(message: str) -> str:
    found = _POSITION.search(message)
    return f" (Zeile {found[1]}, Spalte {found[2]})" if found else " (am Ende der Datei)"


def _close(flaw: Flaw) -> str:
    """What was probably meant, where something is near enough."""
    near = get_close_matches(flaw.value, flaw.options, n=1)
    return f" Ist „{near[0]}“ gemeint?" if near else ""
