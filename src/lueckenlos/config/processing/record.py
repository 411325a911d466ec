"""The record of processing activities (Art. 30 (1) GDPR)."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.privacy.types import Category, Purpose, RetentionClass
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES, RETENTION
from lueckenlos.config.processing.facts import Facts, InstalledPathway
from lueckenlos.core.actor import Role
from lueckenlos.portal.oversight.parts import Document, Section, Table

ROLES: Final[dict[Role, str]] = {
    Role.PROVIDER: "Anbieter: eigene Angebote, übergebene Fälle, soweit eine Einwilligung reicht",
    Role.PROFESSIONAL: "Fachkraft: Fälle, die ihre Aufgabe sind; anderes nur durch Einwilligung oder Vertretung",
    Role.PREVENTION_OFFICER: "Präventionskraft: eigene Fälle; im Gespräch der Ämter, was die Einwilligung öffnet",
    Role.FAMILY_OFFICE: "Familienbüro: Anliegen ihres Teams",
    Role.MUNICIPALITY: "Kommune: Zahlen, keine Personen",
    Role.COORDINATION: "Koordination: Zahlen und Verzeichnis, keine Fälle",
    Role.VOLUNTEER: "Ehrenamt: keine Fälle",
    Role.PARTNER: "Partner der Familienkarte: keine Fälle",
    Role.DATA_PROTECTION: "Datenschutz: Einwilligungen, Einsichten, Protokoll; keinen Inhalt",
    Role.ADMINISTRATION: "Verwaltung des Hauses: Konten und Einstellungen; keinen Fall",
    Role.FAMILY: "Familie: die eigene Seite",
    Role.YOUNG_PERSON: "junger Mensch: die eigene Seite, eigene Beratung nach § 8 Absatz 3 SGB VIII",
}
KINDS: Final[dict[OrganizationKind, str]] = {
    OrganizationKind.PUBLIC: "Ämter und öffentliche Stellen",
    OrganizationKind.INDEPENDENT: "freie Träger",
    OrganizationKind.SCHOOL: "Schulen",
    OrganizationKind.HEALTH: "Gesundheitswesen",
    OrganizationKind.ASSOCIATION: "Vereine",
    OrganizationKind.VOLUNTARY: "Ehrenamt",
    OrganizationKind.COMMERCIAL: "Gewerbe",
}


def record_of_processing(facts: Facts) -> Document:
    """What is processed, what for, of whom, towards whom, how long, how it is guarded."""
    return Document(
        key="verzeichnis",
        title="Verzeichnis von Verarbeitungstätigkeiten",
        subtitle=f"{facts.county}, Artikel 30 DSGVO, Stand {facts.made_at:%d.%m.%Y}, aus der laufenden Einrichtung",
        sections=(
            _controller(facts),
            *(_activity(each) for each in facts.pathways),
            _rights(),
            _disclosures(facts),
            _kept(facts),
            _access(),
            _measures(facts),
        ),
    )


def _controller(facts: Facts) -> Section:
    legal, officer = facts.legal, facts.legal.get("data_protection", {})
    return Section(
        "Verantwortlicher und Datenschutzbeauftragte",
        points=(
            f"Verantwortlicher: {legal.get('publisher', facts.county)}, {legal.get('represented_by', '')}, "
            f"{legal.get('street', '')}, {legal.get('postcode', '')} {legal.get('city', '')}",
            f"Datenschutz: {officer.get('office', '–')}, {officer.get('phone', '')}, {officer.get('email', '')}",
            f"Aufsichtsbehörde: {officer.get('authority', '–')}",
            "Jede Stelle, die Fälle führt, ist für ihre Fälle selbst verantwortlich; das Haus trennt sie nach Stelle.",
        ),
    )


def _activity(each: InstalledPathway) -> Section:
    pathway = each.pathway
    categories = sorted({str(CATEGORIES[Category(kind.category)]) for kind in pathway.record_kinds})
    roles = sorted(ROLES[Role(role)].partition(":")[0] for role in pathway.roles)
    state = "läuft" if each.is_on else "ist abgeschaltet; laufende Fälle gehen zu Ende"
    return Section(
        f"Tätigkeit: {pathway.title_de}",
        paragraphs=(pathway.summary_de,),
        points=(
            f"Fassung {pathway.version}, {state}" + (", nur Nahtstelle" if each.is_seam_only else ""),
            f"Zweck: {PURPOSES[Purpose(pathway.purpose)]}",
            "Betroffene: Eltern und andere Sorgeberechtigte, Kinder, junge Menschen; Fachkräfte als Handelnde",
            f"Datenarten: {', '.join(categories)}",
            f"Wer damit arbeitet: {', '.join(roles)}",
            "Empfänger: nur Stellen, die eine Einwilligung benennt, oder nach § 8a SGB VIII, § 4 KKG mit Grund",
            f"Aufbewahrung: {RETENTION[RetentionClass(pathway.retention_class)]}",
            "Drittländer: keine Übermittlung",
        ),
    )


def _rights() -> Section:
    return Section(
        "Tätigkeit: Rechte der Betroffenen",
        points=(
            "Zweck: Auskunft, Berichtigung, Löschung, Einschränkung, Widerspruch, Übertragbarkeit (Art. 15 bis 21 DSGVO)",
            "Jede Person hat ihre eigene Seite „Meine Daten“, nie die der Familie; Ausgabe als PDF und JSON",
            "Jede Bitte hat eine Aufgabe bei der Stelle und beim Datenschutz, fällig nach einem Monat",
        ),
    )


def _disclosures(facts: Facts) -> Section:
    rows = tuple(
        (
            text.title,
            str(text.version),
            ", ".join(sorted(str(PURPOSES[each]) for each in text.purposes))
            or "öffnet keine Daten (§ 203 StGB)",
            ", ".join(sorted(str(CATEGORIES[each]) for each in text.categories)) or "–",
            ", ".join(sorted(KINDS[OrganizationKind(each)] for each in text.recipient_kinds)) or "–",
        )
        for text in facts.texts
    )
    return Section(
        "Einwilligungstexte: was sie höchstens erlauben",
        paragraphs=(
            "Eine Einwilligung nennt einzelne Stellen und Datenarten und kann ihren Text nie überschreiten; "
            "das hält die Datenbank. Sie gilt höchstens zwölf Monate, mit benanntem Ende höchstens vierundzwanzig.",
        ),
        table=Table(("Text", "Fassung", "Zweck", "Datenarten", "Empfänger"), rows),
    )


def _kept(facts: Facts) -> Section:
    classes = ", ".join(str(RETENTION[RetentionClass(each)]) for each in facts.archive["classes"]) or "keine"
    tray = (
        "in den Ordner des Archivs"
        if facts.archive["own_folder"]
        else f"in ein Fach des Hauses, das nach {facts.archive['days']} Tagen geleert wird"
    )
    return Section(
        "Löschfristen",
        paragraphs=(
            f"Vor dem Löschen gehen an das Archiv (PDF/A, JSON, Unterlagen; ohne Anvertrautes): {classes}, {tray}.",
            "Jede Nacht: zeigen, löschen, nachsehen, den persönlichen Teil des Protokolls schwärzen.",
        ),
        table=Table(
            ("Was", "Warum und wie lange"), tuple((rule.records, rule.reason) for rule in facts.rules)
        ),
    )


def _access() -> Section:
    rows = tuple((role.value, words) for role, words in ROLES.items())
    return Section(
        "Rollen und was sie sehen",
        paragraphs=("Keine Rolle sieht alles. Die Verwaltung des Hauses liest keinen Fall.",),
        table=Table(("Rolle", "Reichweite"), rows),
    )


def _measures(facts: Facts) -> Section:
    return Section(
        "Technische und organisatorische Maßnahmen (Art. 32 DSGVO)",
        points=measures(facts),
        table=Table(
            ("Tabelle hinter der Wand", "für alle erzwungen", "Regeln für"),
            tuple(
                (table.name, "ja" if table.is_forced else "NEIN", table.commands or "niemanden")
                for table in facts.tables
            ),
        ),
    )


def measures(facts: Facts) -> tuple[str, ...]:
    """What guards the data in this very house."""
    factor = "verlangt" if facts.second_factor == "required" else "angeboten, nicht verlangt"
    return (
        f"{len(facts.tables)} Tabellen mit Zeilenschutz in PostgreSQL; die Anwendung ist weder Eigentümerin noch Superuser",
        "Wer fragt, ist je Transaktion kryptographisch unterschrieben; ohne Unterschrift ist nichts zu sehen",
        "Unterlagen verschlüsselt (AES-256-GCM), der Schlüssel liegt außerhalb der Datenbank",
        "Protokoll als Kette von Prüfsummen, deren Enden täglich das Haus verlassen",
        f"Zweiter Faktor für alle mit einer Rolle: {factor}",
        "Übertragung verschlüsselt (HTTPS)" if facts.is_https else "ACHTUNG: Adresse ohne HTTPS eingerichtet",
        "Prüfung hochgeladener Dateien auf Schadprogramme"
        if facts.has_scanner
        else "Kein Prüfprogramm für hochgeladene Dateien eingerichtet; Art und Größe werden geprüft",
        "SMS-Dienst eingerichtet; Nachrichten nennen keinen Anlass" if facts.sends_messages else "Keine SMS",
        f"Zahlen für die Planung erst ab {facts.minimum_cell}; kleinere werden unterdrückt",
    )
