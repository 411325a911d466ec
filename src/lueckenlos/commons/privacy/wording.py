"""German words for what this room knows: purposes, categories, grounds, and what the wall refuses."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from lueckenlos.commons.privacy.rights import RightKind, RightOutcome
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    ConsentState,
    CoverKind,
    DraftAnswer,
    Ground,
    LegalBasis,
    Mode,
    OpeningGround,
    PartyRole,
    Purpose,
    RetentionClass,
    WithdrawalWay,
)

Words = StrOrPromise

PURPOSES: Final[dict[Purpose, Words]] = {
    Purpose.COUNSELLING: _("Beratung"),
    Purpose.CRISIS: _("schnelle Hilfe in der Krise"),
    Purpose.CASE_TALK: _("Gespräch mehrerer Ämter"),
    Purpose.HANDOVER: _("Übergabe an eine andere Stelle"),
    Purpose.ACCOMPANIMENT: _("gemeinsame Begleitung"),
    Purpose.PROTECTION: _("Schutz eines Kindes"),
    Purpose.TRANSITION: _("Übergang von der Kita in die Schule"),
}

CATEGORIES: Final[dict[Category, Words]] = {
    Category.IDENTITY: _("Name und Geburtstag"),
    Category.CONTACT: _("Telefon und Adresse"),
    Category.SITUATION: _("worum es geht"),
    Category.FAMILY: _("wer zur Familie gehört"),
    Category.HEALTH: _("Gesundheit"),
    Category.SCHOOL: _("Kita und Schule"),
    Category.DEVELOPMENT: _("Entwicklung des Kindes"),
    Category.FINANCES: _("Geld"),
    Category.HOUSING: _("Wohnen"),
    Category.AGREEMENTS: _("Ziele und Verabredungen"),
    Category.HELP: _("welche Hilfen es schon gab"),
    Category.DOCUMENTS: _("Unterlagen"),
}

PARTY_ROLES: Final[dict[PartyRole, Words]] = {
    PartyRole.CHILD: _("Kind"),
    PartyRole.YOUNG_PERSON: _("junger Mensch"),
    PartyRole.MOTHER: _("Mutter"),
    PartyRole.FATHER: _("Vater"),
    PartyRole.GUARDIAN: _("Vormund"),
    PartyRole.ADULT: _("Erwachsene oder Erwachsener"),
    PartyRole.OTHER: _("andere Person"),
}

GROUNDS: Final[dict[Ground, Words]] = {
    Ground.OWN_TASK: _("eigene Aufgabe"),
    Ground.CONSENT: _("Einwilligung"),
    Ground.CONFIDED: _("anvertraut"),
    Ground.PROTECTION: _("Schutz eines Kindes"),
    Ground.OWN_DATA: _("eigene Daten"),
    Ground.COVER: _("Vertretung"),
}

FORMS: Final[dict[ConsentForm, Words]] = {
    ConsentForm.PAPER: _("auf Papier"),
    ConsentForm.SIGNATURE: _("Unterschrift auf dem Tablet"),
    ConsentForm.ELECTRONIC: _("über einen Link mit Code"),
    ConsentForm.ORAL: _("mündlich"),
}

STATES: Final[dict[ConsentState, Words]] = {
    ConsentState.GIVEN: _("gilt"),
    ConsentState.WITHDRAWN: _("widerrufen"),
    ConsentState.EXPIRED: _("abgelaufen"),
    ConsentState.REPLACED: _("ersetzt"),
}

WAYS: Final[dict[WithdrawalWay, Words]] = {
    WithdrawalWay.OWN_PAGE: _("auf der eigenen Seite"),
    WithdrawalWay.LINK: _("über einen Link"),
    WithdrawalWay.WORD: _("mündlich im Amt"),
    WithdrawalWay.LETTER: _("mit einem Brief"),
    WithdrawalWay.MAIL: _("mit einer E-Mail"),
}

MODES: Final[dict[Mode, Words]] = {Mode.VIEW: _("ansehen"), Mode.EDIT: _("ansehen und mitschreiben")}

BASES: Final[dict[LegalBasis, Words]] = {
    LegalBasis.SGB8_8A: "§ 8a SGB VIII",
    LegalBasis.SGB8_8A_4: "§ 8a Absatz 4 SGB VIII",
    LegalBasis.KKG_4: "§ 4 KKG",
}

COVERS: Final[dict[CoverKind, Words]] = {
    CoverKind.ILLNESS: _("Vertretung bei Krankheit oder Urlaub"),
    CoverKind.SUPERVISION: _("Fachaufsicht"),
    CoverKind.AUDIT: _("Prüfung"),
    CoverKind.SUPPORT: _("technische Hilfe"),
}

OPENINGS: Final[dict[OpeningGround, Words]] = {
    OpeningGround.AGREED: _("die Person, die es anvertraut hat, ist einverstanden"),
    OpeningGround.COURT: _("dem Familiengericht zur Entscheidung (§ 65 Absatz 1 Nummer 2)"),
    OpeningGround.CHANGE_OF_WORKER: _(
        "Wechsel der Zuständigkeit bei Anhaltspunkten für eine Gefährdung (Nummer 3)"
    ),
    OpeningGround.PROTECTION_TEAM: _("Fachkräfte der Gefährdungseinschätzung nach § 8a (Nummer 4)"),
}

RETENTION: Final[dict[RetentionClass, Words]] = {
    RetentionClass.HELP_FILE: _("Akte einer Hilfe, Heimunterbringung oder Vormundschaft (§ 9b SGB VIII)"),
    RetentionClass.PROTECTION: _("Gefährdungseinschätzung (§ 8a SGB VIII)"),
    RetentionClass.COUNSELLING: _("Beratung"),
    RetentionClass.CASE_TALK: _("Schnittstellengespräch"),
    RetentionClass.REQUEST: _("Anliegen"),
}

RIGHTS: Final[dict[RightKind, Words]] = {
    RightKind.ACCESS: _("mehr erfahren, als hier steht"),
    RightKind.CORRECTION: _("etwas berichtigen"),
    RightKind.ERASURE: _("etwas löschen"),
    RightKind.RESTRICTION: _("etwas sperren, bis es geklärt ist"),
    RightKind.OBJECTION: _("der Nutzung widersprechen"),
}

# What stands on the desks: no name, since a task is seen by a whole team.
RIGHT_TASKS: Final[dict[RightKind, Words]] = {
    RightKind.ACCESS: "Auskunft geben (Art. 15 DSGVO): Jemand möchte mehr über die eigenen Daten wissen",
    RightKind.CORRECTION: "Berichtigung prüfen (Art. 16 DSGVO): Jemand möchte eigene Daten berichtigt haben",
    RightKind.ERASURE: "Löschung prüfen (Art. 17 DSGVO): Jemand möchte eigene Daten gelöscht haben",
    RightKind.RESTRICTION: "Einschränkung prüfen (Art. 18 DSGVO): Jemand möchte eigene Daten gesperrt haben",
    RightKind.OBJECTION: "Widerspruch prüfen (Art. 21 DSGVO): Jemand widerspricht der Nutzung eigener Daten",
}

RIGHT_OUTCOMES: Final[dict[RightOutcome, Words]] = {
    RightOutcome.DONE: _("erledigt"),
    RightOutcome.PARTLY: _("zum Teil erledigt"),
    RightOutcome.REFUSED: _("abgelehnt"),
}

DRAFT_ANSWERS: Final[dict[DraftAnswer, Words]] = {
    DraftAnswer.OPEN: _("noch keine Antwort"),
    DraftAnswer.AGREED: _("hat zugestimmt"),
    DraftAnswer.DECLINED: _("hat abgelehnt"),
    DraftAnswer.REVOKED: _("Frage zurückgenommen"),
}

REFUSALS: Final[dict[str, Words]] = {
    "consent_in_future": _(
        "Die Einwilligung trägt ein Datum, das noch kommt. Bitte tragen Sie den Tag ein, an dem sie gegeben wurde."
    ),
    "consent_too_long": _(
        "Eine Einwilligung gilt höchstens 12 Monate, mit einem benannten Ende des Zwecks höchstens 24. "
        "Bitte wählen Sie ein früheres Ende."
    ),
    "consent_text_not_yet_valid": _(
        "Diesen Einwilligungstext gab es an diesem Tag noch nicht. Bitte prüfen Sie Tag und Text."
    ),
    "consent_for_a_stranger": _(
        "Die Person, um deren Daten es geht, gehört nicht zu diesem Fall. Bitte nehmen Sie sie zuerst auf."
    ),
    "consent_without_custody": _(
        "Diese Person kann hier nicht einwilligen: Für die Daten dieses Kindes ist kein Sorgerecht von ihr vermerkt. "
        "Bitte fragen Sie, wer das Sorgerecht hat, und tragen Sie es ein."
    ),
    "consent_is_frozen": _(
        "Eine gegebene Einwilligung wird nicht mehr verändert. Bitte holen Sie eine neue ein."
    ),
    "consent_exceeds_its_text": _(
        "Die Einwilligung geht über ihren Text hinaus. Bitte wählen Sie nur, was im Text steht, "
        "oder nehmen Sie einen anderen Text."
    ),
    "draft_closed": _(
        "Diese Frage ist schon beantwortet, zurückgenommen oder abgelaufen. Bitte sehen Sie nach, wie es jetzt steht."
    ),
    "consent_is_there": _(
        "Genau das hat diese Person schon erlaubt, und es gilt noch so lange. Bitte fragen Sie nur nach dem, was fehlt, "
        "oder wählen Sie ein späteres Ende."
    ),
    "consent_has_no_end": _("Bitte wählen Sie ein Ende, das noch kommt."),
    "consent_is_empty": _(
        "Es ist nichts ausgewählt. Ohne eine Auswahl erlaubt die Einwilligung nichts. Bitte wählen Sie mindestens "
        "eine Stelle und eine Art von Daten."
    ),
    "recipient_is_closed": _("Diese Stelle gibt es nicht mehr. Bitte wählen Sie ihre Nachfolgerin."),
    "cover_too_long": _("Eine Vertretung gilt höchstens 28 Tage. Bitte wählen Sie ein früheres Ende."),
    "assignment_unfit": _("Bitte wählen Sie eine Person oder ein Team, und nennen Sie den Grund."),
    "unit_of_another_office": _("Dieses Team gehört nicht zu der Stelle. Bitte wählen Sie ein anderes."),
}


def refusal(name: str) -> Words:
    """The sentence for what the wall refuses."""
    return REFUSALS.get(name, _("Das geht hier nicht."))
