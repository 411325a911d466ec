"""Says in German what does not fit in a table, which value, and what to do."""

from typing import Final

from lueckenlos.core.tables import RowMistake, Why

_SENTENCES: Final[dict[Why, str]] = {
    Why.FILE_MISSING: "Diese Datei fehlt. Bitte in den Ordner legen.",
    Why.TOO_LARGE: "Die Datei ist mit {value} zu groß; gelesen werden bis zu {expected}. Bitte prüfen oder teilen.",
    Why.LINE_TOO_LONG: "Die Zeile ist länger als {expected}. Jede Zeile soll ein Angebot sein.",
    Why.WINDOWS_1252: "Die Datei ist in Windows-1252 gespeichert („{value}“). Bitte als UTF-8 speichern.",
    Why.UTF_16: "Die Datei ist in UTF-16 gespeichert. Bitte als UTF-8 speichern.",
    Why.NOT_UTF_8: "Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist („{value}“). Bitte als UTF-8 speichern.",
    Why.CONTROL_CHARACTER: "Hier steht ein unsichtbares Steuerzeichen. Bitte löschen.",
    Why.FORMULA: "Hier steht „{value}“: eine Formel oder ihr Fehler statt eines Wertes. Bitte den Wert eintragen.",
    Why.COLUMN_MISSING: "Die Spalte „{field}“ fehlt. Gebraucht werden: {expected}.",
    Why.COLUMN_TWICE: "Die Spalte „{field}“ steht zweimal in der Kopfzeile. Bitte eine davon löschen.",
    Why.TOO_MANY_CELLS: "Die Zeile hat {value} Felder, die Kopfzeile {expected}. Texte mit Komma gehören in Anführungszeichen.",
    Why.TOO_FEW_CELLS: "Die Zeile hat nur {value} Felder, die Kopfzeile {expected}. Bitte ergänzen.",
    Why.NOT_JSON: "Das ist kein gültiges JSON („{value}“). Bitte Klammern und Anführungszeichen prüfen.",
    Why.NOT_TOML: "Das ist kein gültiges TOML: {expected}.",
    Why.NOT_AN_OBJECT: "Hier wird ein Objekt in geschweiften Klammern erwartet.",
    Why.EMPTY: "Diese Angabe fehlt. Bitte ergänzen.",
    Why.TOO_LONG: "Der Text ist zu lang; es passen {expected} Zeichen.",
    Why.WRONG_FORM: "„{value}“ hat nicht die erwartete Form: {expected}.",
    Why.NOT_A_NUMBER: "„{value}“ ist keine Zahl. Erwartet: {expected}.",
    Why.OUT_OF_RANGE: "„{value}“ liegt außerhalb von {expected}.",
    Why.NOT_A_DATE: "„{value}“ ist kein Datum. Bitte so schreiben: {expected}.",
    Why.NOT_A_LIST: "„{value}“ ist keine Liste von Texten.",
    Why.NOT_ALLOWED: "„{value}“ ist hier nicht möglich. Möglich: {expected}.",
    Why.UNKNOWN_KEY: "„{value}“ ist nicht bekannt. Bitte den Schlüssel prüfen oder ihn dort anlegen, wo er hingehört.",
    Why.TWICE: "„{value}“ steht schon in Zeile {expected}. Jeder Schlüssel darf nur einmal vorkommen.",
    Why.OUTSIDE: "Der Punkt liegt nicht dort, wo er soll: {expected}. Bitte Länge und Breite prüfen.",
    Why.SELF_CROSSING: "Die Grenze ist keine gültige Fläche: {expected}. Bitte im Kartenprogramm reparieren.",
    Why.NOT_AN_AREA: "Hier wird eine Fläche erwartet (Polygon oder MultiPolygon).",
    Why.OTHER_COUNTY: "Dieses Haus gehört zu {expected}, der Ordner zu {value}. Bitte ein eigenes Haus anlegen.",
    Why.EXPLAINED: "{expected}",
    Why.STILL_NEEDED: "„{value}“ fehlt, wird aber noch gebraucht: {expected}.",
}


def place_of(mistake: RowMistake) -> str:
    """Where the mistake is: file, line and field."""
    parts = [mistake.file]
    if mistake.line:
        parts.append(f"Zeile {mistake.line}")
    if mistake.field:
        parts.append(f"Feld „{mistake.field}“")
    return ", ".join(parts)


def sentence(mistake: RowMistake) -> str:
    """What is wrong, which value, and what to do."""
    return _SENTENCES[mistake.why].format(value=mistake.value, expected=mistake.expected, field=mistake.field)
