"""German words for the fields of an entry and their values, for differences, history and mails."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.types import (
    Access,
    Audience,
    Catalog,
    Difference,
    Format,
    Freshness,
    Hindrance,
    InquiryReason,
    InquiryState,
    OrganizationKind,
    ProposalState,
    ServiceStatus,
    TextState,
)

FIELDS: Mapping[str, Promise] = {
    "name": _("Name"),
    "alternate_name": _("Auch bekannt als"),
    "description": _("Beschreibung"),
    "organization": _("Träger"),
    "status": _("Status"),
    "valid_from": _("Gibt es ab"),
    "valid_to": _("Gibt es bis"),
    "kind": _("Art des Angebots"),
    "phases": _("Lebensphasen"),
    "fields": _("Handlungsfelder"),
    "age_min": _("Alter ab"),
    "age_max": _("Alter bis"),
    "audience": _("Für wen"),
    "eligibility": _("Wer kommen darf"),
    "format": _("Wo es stattfindet"),
    "access": _("Zugang"),
    "application": _("So fängt man an"),
    "fee": _("Kosten"),
    "is_free": _("Kostenlos"),
    "costs": _("Preise"),
    "languages": _("Sprachen"),
    "interpretation": _("Dolmetschen"),
    "accessible": _("Barrierefrei"),
    "whole_county": _("Für den ganzen Kreis"),
    "catchment": _("Einzugsgebiet"),
    "locations": _("Orte"),
    "schedule_text": _("Zeiten"),
    "waiting_weeks": _("Wartezeit in Wochen"),
    "capacity": _("Plätze im Jahr"),
    "available": _("Freie Plätze"),
    "phones": _("Telefon"),
    "email": _("E-Mail"),
    "website": _("Internetseite"),
    "documents": _("Mitzubringen"),
    "funding": _("Förderung"),
    "bridge": _("Übergang"),
    "texts": _("Einfache Sprache und Übersetzungen"),
    "verified_on": _("Zuletzt geprüft"),
}

AUDIENCES: Mapping[str, Promise] = {
    Audience.CHILDREN: _("Kinder"),
    Audience.PARENTS: _("Eltern"),
    Audience.FAMILIES: _("Familien"),
    Audience.YOUTH: _("Jugendliche"),
    Audience.ALL: _("alle"),
    Audience.PROFESSIONALS: _("Fachkräfte"),
}
FORMATS: Mapping[str, Promise] = {
    Format.ON_SITE: _("vor Ort"),
    Format.ONLINE: _("online"),
    Format.OUTREACH: _("kommt nach Hause"),
    Format.MOBILE: _("unterwegs an wechselnden Orten"),
    Format.PHONE: _("am Telefon"),
}
ACCESSES: Mapping[str, Promise] = {
    Access.OPEN: _("einfach hingehen"),
    Access.REGISTRATION: _("mit Anmeldung"),
    Access.REFERRAL: _("über eine Stelle, die vermittelt"),
}
STATUSES: Mapping[str, Promise] = {
    ServiceStatus.ACTIVE: _("läuft"),
    ServiceStatus.INACTIVE: _("nicht veröffentlicht"),
    ServiceStatus.DEFUNCT: _("beendet"),
    ServiceStatus.PAUSED: _("macht Pause"),
}
FRESHNESSES: Mapping[str, Promise] = {
    Freshness.FRESH: _("geprüft"),
    Freshness.DUE: _("bald prüfen"),
    Freshness.OVERDUE: _("Prüfung überfällig"),
    Freshness.NEVER: _("noch nie geprüft"),
}
ORGANIZATION_KINDS: Mapping[str, Promise] = {
    OrganizationKind.PUBLIC: _("öffentlicher Träger"),
    OrganizationKind.INDEPENDENT: _("freier Träger"),
    OrganizationKind.SCHOOL: _("Schule"),
    OrganizationKind.HEALTH: _("Gesundheitswesen"),
    OrganizationKind.ASSOCIATION: _("Verein"),
    OrganizationKind.VOLUNTARY: _("Ehrenamt"),
    OrganizationKind.COMMERCIAL: _("gewerblich"),
}
TEXT_STATES: Mapping[str, Promise] = {
    TextState.ORIGINAL: _("Original"),
    TextState.CHECKED: _("geprüft"),
    TextState.MACHINE: _("maschinell übersetzt"),
    TextState.OUTDATED: _("veraltet: der deutsche Text wurde geändert"),
}
INQUIRY_REASONS: Mapping[str, Promise] = {
    InquiryReason.GONE: _("Das Angebot gibt es nicht mehr"),
    InquiryReason.PHONE: _("Telefon oder E-Mail stimmt nicht"),
    InquiryReason.TIME: _("Die Zeiten stimmen nicht"),
    InquiryReason.PLACE: _("Der Ort stimmt nicht"),
    InquiryReason.COST: _("Die Kosten stimmen nicht"),
    InquiryReason.OTHER: _("Etwas anderes stimmt nicht"),
}
INQUIRY_STATES: Mapping[str, Promise] = {
    InquiryState.OPEN: _("offen"),
    InquiryState.CORRECTED: _("Eintrag berichtigt"),
    InquiryState.STILL_TRUE: _("Eintrag stimmt"),
}
PROPOSAL_STATES: Mapping[str, Promise] = {
    ProposalState.OPEN: _("wartet auf die Koordination"),
    ProposalState.ACCEPTED: _("übernommen"),
    ProposalState.REJECTED: _("nicht übernommen"),
    ProposalState.WITHDRAWN: _("durch einen neueren Vorschlag ersetzt"),
}
HINDRANCES: Mapping[str, Promise] = {
    Hindrance.EDITED_HERE: _("wurde hier bearbeitet, seit die Tabelle zuletzt übernommen wurde"),
    Hindrance.OF_ANOTHER: _("gehört einem anderen Träger"),
}
DEEDS: Mapping[str, Promise] = {
    "created": _("angelegt"),
    "edited": _("geändert"),
    "merged": _("geändert, nachdem zwei gleichzeitig daran gearbeitet hatten"),
    "confirmed": _("bestätigt: stimmt noch"),
    "answered": _("Plätze im Jahr genannt"),
    "accepted": _("Vorschlag übernommen"),
    "ended": _("beendet"),
    "imported": _("aus einer Tabelle übernommen"),
    "translated": _("übersetzt"),
    "moved": _("Träger gewechselt"),
    "county_folder": _("aus dem Ordner des Kreises übernommen"),
}
_ENUMS: Mapping[str, Mapping[str, Promise]] = {
    "audience": AUDIENCES,
    "format": FORMATS,
    "access": ACCESSES,
    "status": STATUSES,
}
LANGUAGE_NAMES: Mapping[str, Promise] = {
    "de": _("Deutsch"),
    "de-x-plain": _("Einfache Sprache"),
    "en": _("Englisch"),
    "tr": _("Türkisch"),
    "ar": _("Arabisch"),
    "uk": _("Ukrainisch"),
    "ru": _("Russisch"),
    "fr": _("Französisch"),
    "es": _("Spanisch"),
    "it": _("Italienisch"),
    "pl": _("Polnisch"),
    "ro": _("Rumänisch"),
    "bg": _("Bulgarisch"),
    "ku": _("Kurdisch"),
    "fa": _("Persisch"),
    "prs": _("Dari"),
    "ps": _("Paschtu"),
    "sq": _("Albanisch"),
    "sr": _("Serbisch"),
    "hr": _("Kroatisch"),
    "pt": _("Portugiesisch"),
    "nl": _("Niederländisch"),
    "el": _("Griechisch"),
    "ti": _("Tigrinya"),
    "so": _("Somali"),
    "gsg": _("Deutsche Gebärdensprache"),
    "dgs": _("Deutsche Gebärdensprache"),
}


def language_name(code: str) -> str:
    """The German name of a language, or its code where nobody has named it."""
    known = LANGUAGE_NAMES.get(code)
    if known is not None:
        return str(known)
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def field_label(name: str) -> str:
    """The German word for a field."""
    return str(FIELDS.get(name, name))


def field_labels(names: Iterable[str]) -> str:
    """The German words for fields, as a list in a sentence."""
    return ", ".join(map(field_label, names))


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, *, catalog: Catalog
) -> tuple[Difference, ...]:
    """Two records of some fields, side by side in German; equal fields are left out."""
    old, new = before or {}, after or {}
    names = [name for name in FIELDS if (name in old or name in new) and old.get(name) != new.get(name)]
    words = _Words(catalog)
    return tuple(
        Difference(field_label(name), words.shown(name, old.get(name)), words.shown(name, new.get(name)))
        for name in names
    )


class _Words:
    """Says values of fields in German; knows the county's words for keys."""

    def __init__(self, catalog: Catalog) -> None:
        self._labels = {
            **{phase.key: phase.label for phase in catalog.phases},
            **{field.key: field.label for field in catalog.fields},
            **{kind.key: kind.label for kind in catalog.kinds},
        }
        self._lists: Mapping[str, Callable[[Any], str]] = {
            "costs": _cost,
            "funding": _funding,
            "phones": lambda each: _joined((each["number"], each["description"]), " – "),
            "locations": _location,
            "texts": lambda each: (
                f"{language_name(each['language'])}, {field_label(each['field'])}: {each['text']}"
            ),
            "languages": language_name,
            "bridge": self._label,
            "phases": self._label,
            "fields": self._label,
        }

    def shown(self, name: str, value: Any) -> str:
        """One value as people read it; nothing is said as an empty text."""
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return gettext("ja") if value else gettext("nein")
        if name in _ENUMS:
            return str(_ENUMS[name].get(value, value))
        if name == "kind":
            return self._label(value)
        if isinstance(value, list | tuple):
            each = self._lists.get(name, str)
            lines = "\n" if name in {"costs", "locations", "texts", "funding"} else ", "
            return lines.join(each(one) for one in value)
        return _day(value) if name in {"valid_from", "valid_to", "verified_on"} else str(value)

    def _label(self, key: str) -> str:
        return self._labels.get(key, key)


def _joined(parts: Iterable[str | None], by: str = ", ") -> str:
    return by.join(part for part in parts if part)


def _day(value: str) -> str:
    return date.fromisoformat(value).strftime("%d.%m.%Y")


def euros(amount: Decimal) -> str:
    """Money as families read it: "12 Euro", "8,50 Euro"."""
    whole = amount == amount.to_integral_value()
    number = str(int(amount)) if whole else f"{amount:.2f}".replace(".", ",")
    return gettext("%(number)s Euro") % {"number": number}


def _cost(record: Mapping[str, Any]) -> str:
    try:
        amount = euros(Decimal(record["amount"])) if record.get("amount") is not None else ""
    except InvalidOperation:
        amount = str(record["amount"])
    return _joined((record.get("option"), amount, record.get("description")))


def _funding(record: Mapping[str, Any]) -> str:
    until = record.get("until")
    return str(record["source"]) + (gettext(" (bis %(day)s)") % {"day": _day(until)} if until else "")


def _location(record: Mapping[str, Any]) -> str:
    town = _joined((record.get("postcode"), record.get("city")), " ")
    steps = {"True": gettext("stufenlos"), "False": gettext("nicht stufenlos")}.get(
        str(record.get("accessible")), ""
    )
    return _joined((record.get("name"), record.get("street"), town, steps, record.get("accessibility_note")))
