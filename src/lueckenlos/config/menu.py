"""Which entries the page shell's menu has; rooms do not know the menu."""

from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role
from lueckenlos.portal.menu import MenuEntry

COORDINATION = frozenset({Role.COORDINATION})
PROVIDER = frozenset({Role.PROVIDER})
CHAIN_READERS = frozenset({Role.COORDINATION, Role.MUNICIPALITY, Role.PROVIDER})
COUNSELLORS = frozenset({Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE})
WITH_TASKS = COUNSELLORS | PROVIDER | {Role.COORDINATION, Role.DATA_PROTECTION}

ENTRIES = [
    MenuEntry(_("Hilfe finden"), "finder:search"),
    MenuEntry(_("Alle Themen"), "finder:topics"),
    MenuEntry(_("Mitmachen"), "programmes:listing"),
    MenuEntry(_("Merkliste"), "finder:bookmarks"),
    MenuEntry(_("Sofort Hilfe"), "finder:urgent"),
    MenuEntry(
        _("Familienbüro"),
        "frontdoor:desk",
        roles=frozenset({Role.FAMILY_OFFICE}),
        text=_("Anliegen beantworten, zählen, Angebote finden"),
        icon="house",
    ),
    MenuEntry(
        _("Meine Aufgaben"),
        "tasks:mine",
        roles=WITH_TASKS,
        text=_("Was wartet, was heute dran ist, was überfällig ist"),
        icon="bell",
    ),
    MenuEntry(
        _("Schnittstellengespräche"),
        "talks:home",
        roles=COUNSELLORS | COORDINATION,
        text=_("Mehrere Ämter an einem Tisch, Fälle ohne Namen zuerst"),
        icon="people",
    ),
    MenuEntry(
        _("Präventionskette"),
        "chain:picture",
        roles=CHAIN_READERS,
        text=_("Was da ist, was fehlt, was offen ist"),
        icon="checklist",
    ),
    MenuEntry(
        _("Meine Angebote"),
        "directory:desk",
        roles=PROVIDER,
        text=_("Bestätigen, ändern, neue vorschlagen"),
        icon="checklist",
    ),
    MenuEntry(
        _("Programme und Termine"),
        "programmes:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Kurse, Vorträge, Gruppen: planen, wer kommt, wer war da"),
        icon="calendar",
    ),
    MenuEntry(
        _("Ferienplätze"),
        "holidays:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Wunschzettel sammeln, auslosen, Plätze verteilen"),
        icon="checklist",
    ),
    MenuEntry(
        _("Buchungen"),
        "bookings:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Sprechzeiten, Räume, Dinge: was frei ist und wer kommt"),
        icon="clock",
    ),
    MenuEntry(
        _("Familienklassen"),
        "classes:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Freie Plätze, Vormittage, Einladungen ohne Namen"),
        icon="school",
    ),
    MenuEntry(
        _("Online-Kurse mit Zugangscode"),
        "courses:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Vorrat an Codes, wie viele in Gebrauch sind, neue einlesen"),
        icon="checklist",
    ),
    MenuEntry(
        _("Familienzentren"),
        "centres:desk",
        roles=PROVIDER | COUNSELLORS,
        text=_("Zusammen eine Seite, ein Kalender, ein Plan"),
        icon="house",
    ),
    MenuEntry(
        _("Gutscheine"),
        "vouchers:desk",
        roles=PROVIDER | COUNSELLORS | COORDINATION,
        text=_("Für Sport: ausgeben, einlösen, abrechnen"),
        icon="ball",
    ),
    MenuEntry(
        _("Meine Fälle"),
        "cases:mine",
        roles=COUNSELLORS,
        text=_("Was läuft, was als Nächstes kommt"),
        icon="people",
    ),
    MenuEntry(
        _("Kinderschutz"),
        "cases:child_protection",
        roles=COUNSELLORS | PROVIDER,
        text=_("Wen Sie anrufen, wenn Sie sich um ein Kind sorgen"),
        icon="warning",
    ),
    MenuEntry(
        _("Kinderschutzfachkräfte"),
        "advisers:register",
        roles=COORDINATION,
        text=_("Wer wen berät, Verträge, Vertretung, Treffen"),
        icon="people",
    ),
    MenuEntry(
        _("Meine Listen"),
        "finder:lists",
        roles=COUNSELLORS,
        text=_("Angebote, die Sie oft weitergeben"),
        icon="list",
    ),
    MenuEntry(
        _("Führungszeugnisse"),
        "certificates:register",
        roles=frozenset({Role.PROFESSIONAL, Role.COORDINATION}),
        text=_("Wessen Zeugnis Sie gesehen haben, wen Sie wieder fragen"),
        icon="bookmark-done",
    ),
    MenuEntry(
        _("Angebote im Kreis"),
        "directory:coordination",
        roles=COORDINATION,
        text=_("Was fällig ist, was fehlt, wer pflegt"),
        icon="checklist",
    ),
    MenuEntry(
        _("Vorschläge der Anbieter"),
        "directory:proposals",
        roles=COORDINATION,
        text=_("Ansehen, übernehmen, beantworten"),
        icon="edit",
    ),
    MenuEntry(
        _("Hinweise auf Fehler"),
        "directory:inquiries",
        roles=COORDINATION,
        text=_("Was nicht mehr stimmt, mit Frist"),
        icon="warning",
    ),
    MenuEntry(
        _("Träger"),
        "directory:organizations",
        roles=COORDINATION,
        text=_("Anlegen, vertrauen, umbenennen"),
        icon="people",
    ),
    MenuEntry(
        _("Gesucht und nicht gefunden"),
        "finder:unmet",
        roles=COORDINATION,
        text=_("Was Familien suchten und was daraus wird"),
        icon="search",
    ),
    MenuEntry(
        _("Wörter der Suche"),
        "finder:words",
        roles=COORDINATION,
        text=_("So sagen es Familien, so sagen es die Ämter"),
        icon="speech",
    ),
    MenuEntry(
        _("Wege der Fälle"),
        "cases:pathways",
        roles=frozenset({Role.ADMINISTRATION}),
        text=_("Ein- und ausschalten, ganz oder nur die Naht"),
        icon="list",
    ),
    MenuEntry(
        _("Datenschutz"),
        "oversight:overview",
        roles=frozenset({Role.DATA_PROTECTION}),
        text=_("Einwilligungen, Einsichten, Bitten, Löschen, Verzeichnis"),
        icon="visibility",
    ),
    MenuEntry(
        _("Meine Anmeldungen und Termine"),
        "programmes:mine",
        roles=frozenset({Role.FAMILY, Role.YOUNG_PERSON, *COUNSELLORS}),
        text=_("Wozu Sie sich angemeldet und was Sie gebucht haben"),
        icon="calendar-today",
    ),
    MenuEntry(
        _("Meine Daten"),
        "own:page",
        roles=frozenset({Role.FAMILY, Role.YOUNG_PERSON}),
        text=_("Was über Sie gespeichert ist und wer was wissen darf"),
        icon="person",
    ),
    MenuEntry(
        _("Personen und Rollen"),
        "accounts:people",
        roles=frozenset({Role.ADMINISTRATION}),
        text=_("Einladen, Rollen geben und beenden"),
        icon="person",
    ),
]
