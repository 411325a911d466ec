"""What a column of a foreign table can mean."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Target:
    """One field that a column can fill, with the headings that such columns have elsewhere."""

    key: str
    label: str | Promise
    headings: tuple[str, ...]
    required: bool = False
    hint: str | Promise = ""


TARGETS: Final = (
    Target("name", _("Name"), ("Name", "Titel", "Angebot", "Bezeichnung", "Name des Angebots", "title", "service name"), required=True),
    Target("description", _("Beschreibung"), ("Beschreibung", "Inhalt", "Kurzbeschreibung", "description"), required=True),
    Target("fields", _("Handlungsfelder"), ("Handlungsfeld", "Handlungsfelder", "Thema", "Themen", "Bereich", "Kategorie", "fields", "category"), required=True),
    Target("phases", _("Lebensphasen"), ("Lebensphase", "Lebensphasen", "Altersphase", "life phases", "life_phases"), hint=_("Fehlt sie, folgt sie aus dem Alter.")),
    Target("age_min", _("Alter ab"), ("Alter ab", "Alter von", "Mindestalter", "von Jahren", "age min", "age_min", "minimum age")),
    Target("age_max", _("Alter bis"), ("Alter bis", "Höchstalter", "bis Jahre", "age max", "age_max", "maximum age")),
    Target("audience", _("Für wen"), ("Zielgruppe", "Für wen", "Adressaten", "audience"), hint=_("Sonst: Familien")),
    Target("eligibility", _("Wer kommen darf"), ("Voraussetzung", "Voraussetzungen", "Bedingung", "eligibility")),
    Target("format", _("Wo es stattfindet"), ("Format", "Angebotsform", "Durchführung"), hint=_("Sonst: vor Ort")),
    Target("access", _("Zugang"), ("Zugang", "Anmeldung nötig", "Anmeldung erforderlich", "access"), hint=_("Sonst: mit Anmeldung")),
    Target("application", _("So fängt man an"), ("Anmeldung", "So fängt man an", "Kontaktaufnahme", "application process")),
    Target("schedule_text", _("Zeiten"), ("Zeiten", "Termine", "Öffnungszeiten", "Wann", "Zeit", "schedule", "opening hours")),
    Target("fee", _("Kosten"), ("Kosten", "Gebühr", "Gebühren", "Preis", "Teilnahmebeitrag", "fee", "fees")),
    Target("street", _("Straße und Hausnummer"), ("Straße", "Anschrift", "Adresse", "Straße und Hausnummer", "street", "address")),
    Target("postcode", _("Postleitzahl"), ("PLZ", "Postleitzahl", "postcode", "postal code", "zip")),
    Target("city", _("Ort"), ("Ort", "Stadt", "Gemeinde", "city", "town")),
    Target("location_name", _("Name des Ortes"), ("Einrichtung", "Veranstaltungsort", "Standort", "Räumlichkeit", "location")),
    Target("latitude", _("Breitengrad"), ("Breitengrad", "Breite", "lat", "latitude")),
    Target("longitude", _("Längengrad"), ("Längengrad", "Länge", "lon", "lng", "longitude")),
    Target("phone", _("Telefon"), ("Telefon", "Telefonnummer", "Tel", "phone", "telephone")),
    Target("email", _("E-Mail"), ("E-Mail", "Email", "Mail", "E-Mail-Adresse")),
    Target("website", _("Internetseite"), ("Internetseite", "Webseite", "Website", "Homepage", "Link", "URL")),
    Target("languages", _("Sprachen"), ("Sprachen", "Sprache", "languages"), hint=_("Sonst: Deutsch")),
    Target("accessible", _("Barrierefrei"), ("Barrierefrei", "barrierefrei", "rollstuhlgerecht", "accessible")),
    Target("catchment", _("Einzugsgebiet"), ("Einzugsgebiet", "Für Orte", "Kommunen", "Gemeinden", "catchment"), hint=_("Sonst: der ganze Kreis")),
    Target("kind", _("Art des Angebots"), ("Art", "Angebotsart", "Art des Angebots", "kind", "type")),
    Target("documents", _("Mitzubringen"), ("Mitzubringen", "Unterlagen", "required documents")),
    Target("capacity", _("Plätze im Jahr"), ("Plätze", "Plätze im Jahr", "Kapazität", "Teilnehmerzahl", "capacity")),
    Target("waiting_weeks", _("Wartezeit in Wochen"), ("Wartezeit", "Wartezeit in Wochen", "waiting weeks")),
    Target("valid_from", _("Gibt es ab"), ("Beginn", "Start", "gültig ab", "valid from")),
    Target("valid_to", _("Gibt es bis"), ("Ende", "gültig bis", "valid to")),
    Target("easy", _("Beschreibung in Einfacher Sprache"), ("Einfache Sprache", "Leichte Sprache", "easy")),
    Target("external_key", _("Kennung"), ("ID", "Kennung", "Schlüssel", "Angebots-ID", "Angebotsnummer", "Datensatz-ID", "external id", "identifier"), hint=_("Daran erkennt die nächste Tabelle das Angebot wieder. Sonst an Träger, Name und Ort.")),
    Target("organization", _("Träger"), ("Träger", "Anbieter", "Organisation", "Veranstalter", "organization", "provider")),
)  # fmt: skip
KEYS: Final = tuple(target.key for target in TARGETS)
CHOSEN_FOR_ALL: Final = ("fields", "phases", "audience", "format", "access", "kind")
"""Fields that one word can fill for the whole table, where no column has them."""
