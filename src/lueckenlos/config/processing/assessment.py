"""A draft of the data protection impact assessment (Art. 35 (7) GDPR): people decide on it, not a program."""

from __future__ import annotations

from lueckenlos.config.processing.facts import Facts
from lueckenlos.config.processing.record import measures
from lueckenlos.portal.oversight.parts import Document, Section, Table


def assessment(facts: Facts) -> Document:
    """Description, necessity, risks with what answers them, what this house still has to do."""
    return Document(
        key="folgenabschaetzung",
        title="Datenschutz-Folgenabschätzung (Entwurf)",
        subtitle=f"{facts.county}, Artikel 35 DSGVO, Stand {facts.made_at:%d.%m.%Y}, aus der laufenden Einrichtung",
        sections=(
            Section(
                "Wozu dieser Entwurf dient",
                paragraphs=(
                    "Er beschreibt dieses Haus, so wie es eingerichtet ist. Die Bewertung trifft der Verantwortliche mit "
                    "dem Rat der Datenschutzbeauftragten (Art. 35 Absatz 2) und, wo es angebracht ist, nach Anhörung von "
                    "Familien (Absatz 9).",
                ),
            ),
            _description(facts),
            _necessity(),
            _risks(facts),
            Section("Maßnahmen, die laufen", points=measures(facts)),
            _open(facts),
        ),
    )


def _description(facts: Facts) -> Section:
    on = [each.pathway.title_de for each in facts.pathways if each.is_on]
    return Section(
        "Beschreibung der Verarbeitung",
        paragraphs=(
            "Ämter und Träger begleiten Familien gemeinsam, mit Einwilligung und nie ohne sie. Es geht um Daten von Kindern "
            "und um Gesundheit: besonders schutzbedürftige Menschen und besondere Arten von Daten (Art. 9 DSGVO), Sozialdaten "
            "(§ 35 SGB I, §§ 67 ff. SGB X, §§ 61 ff. SGB VIII).",
            f"Wege, auf denen Fälle beginnen: {', '.join(on) or 'keine'}.",
        ),
    )


def _necessity() -> Section:
    return Section(
        "Notwendigkeit und Verhältnismäßigkeit",
        points=(
            "Jede Weitergabe hat einen Zweck, eine Datenart, eine benannte Stelle und ein Ende",
            "Niedrigschwellige Hilfe braucht keinen Fall (§§ 16, 17 SGB VIII); Beratung geht mit Pseudonym",
            "Keine Gesamtsicht auf eine Person: Wiederfinden nur mit Grund, im eigenen Amt (§ 63 SGB VIII)",
            "Planung sieht Zahlen, nie Personen (§ 64 Absatz 3 SGB VIII)",
            "Keine automatisierte Entscheidung über einen Menschen; vorgeschlagene Angebote wählt ein Mensch",
        ),
    )


def _risks(facts: Facts) -> Section:
    forced = "alle" if not facts.unforced else f"NICHT für {', '.join(facts.unforced)}"
    rows = (
        ("Eine Stelle sieht mehr, als die Familie erlaubt hat", "hoch", f"Zeilenschutz, erzwungen für {forced}", "gering"),
        ("Ein Elternteil erfährt, wo der andere wohnt", "hoch", "Eigene Adresse je Person, eigene Seite, eigener Brief", "gering"),
        ("Eltern erfahren von der Beratung ihres Kindes", "hoch", "Eigene Akte (§ 8 Absatz 3), auf keiner Seite der Eltern", "gering"),
        ("Ein Gewalttäter erfährt von einem Schritt zum Schutz", "sehr hoch", "Schritte stehen auf keiner eigenen Seite", "gering"),
        ("Ein Widerruf wirkt zu spät", "mittel", "Er wirkt mit der nächsten Anweisung jeder offenen Sitzung", "gering"),
        ("Ein Link wird weitergeleitet", "mittel", "Gilt einmal, auf dem Gerät, das ihn zuerst öffnet", "mittel"),
        ("Jemand schaut aus Neugier", "mittel", "Aufgabe statt Amt, Liste der Einsichten für die Familie, Protokoll", "mittel"),
        ("Die Verwaltung des Servers liest mit", "hoch", "Vertrag, Trennung der Schlüssel, Protokoll außer Haus", "mittel"),
        ("Sicherungen enthalten Gelöschtes", "mittel", "Aufbewahrung der Sicherungen begrenzt; nach dem Einspielen läuft das Löschen", "gering"),
        ("Wenige Fälle machen Familien erkennbar", "mittel", f"Zahlen erst ab {facts.minimum_cell}, mit zweiter Unterdrückung", "gering"),
    )  # fmt: skip
    return Section(
        "Risiken für die Menschen",
        paragraphs=("Die Einschätzungen sind Vorschläge. Bitte prüfen und ändern.",),
        table=Table(("Risiko", "ohne Maßnahme", "Was ihm begegnet", "Rest"), rows),
    )


def _open(facts: Facts) -> Section:
    points = [
        "Rat der Datenschutzbeauftragten einholen und hier festhalten",
        "Vertrag mit dem Betreiber des Servers prüfen (§ 80 SGB X, Art. 28 DSGVO, § 203 Absatz 3 StGB)",
        "Aufbewahrung der Sicherungen festlegen (docs/operations.md)",
    ]
    if facts.second_factor != "required":
        points.append("Zweiten Faktor verlangen (LUECKENLOS_SECOND_FACTOR=required)")
    if not facts.is_https:
        points.append("Adresse mit https:// einrichten (LUECKENLOS_BASE_URL)")
    if not facts.has_scanner:
        points.append("Prüfprogramm für Dateien einrichten (LUECKENLOS_DOCUMENT_SCANNER)")
    if facts.unforced:
        points.append(f"Zeilenschutz auch für die Eigentümerin erzwingen: {', '.join(facts.unforced)}")
    if facts.is_demo:
        points.append("Dieses Haus läuft als Demo: keine echten Daten eingeben")
    return Section("Was noch zu tun ist", points=tuple(points))
