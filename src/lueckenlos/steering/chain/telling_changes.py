"""Says in German why a cell is not what it was."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.wording import FIELDS
from lueckenlos.steering.chain.selectors.causes import Cause, CauseKind
from lueckenlos.steering.chain.selectors.talk import key_of
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import CellKey, Labels

KINDS: dict[CauseKind, str | Promise] = {
    CauseKind.NEW: gettext_lazy("neues Angebot"),
    CauseKind.ENDED: gettext_lazy("Angebot beendet"),
    CauseKind.CHANGED: gettext_lazy("Angebot geändert"),
    CauseKind.CONFIRMED: gettext_lazy("neu bestätigt"),
    CauseKind.STALE: gettext_lazy("Angaben veraltet"),
    CauseKind.TARGET: gettext_lazy("Ziel geändert"),
    CauseKind.PEOPLE: gettext_lazy("Bevölkerung"),
    CauseKind.INDICATORS: gettext_lazy("Indikatoren"),
    CauseKind.PLACES: gettext_lazy("Orte und Grenzen"),
    CauseKind.CATALOG: gettext_lazy("Einteilung"),
    CauseKind.THRESHOLDS: gettext_lazy("Schwellen"),
}
OTHER_NAMES = {"serving": "audience", "travels": "format", "sites": "locations"}
"""Fields that the directory calls by another name."""


def cause_sentence(cause: Cause, *, labels: Labels) -> str:
    """What happened."""
    name = labels.services.get(cause.key, cause.key)
    return SENTENCES[cause.kind](cause, name, labels)


def cause_short(cause: Cause, *, labels: Labels) -> str:
    """What happened, in a few words: "Angaben veraltet: „Elterncafé“"."""
    name = labels.services.get(cause.key)
    return f"{KINDS[cause.kind]}: „{name}“" if name else str(KINDS[cause.kind])


def key_words(key: CellKey, *, labels: Labels) -> str:
    """A cell or seam in one line: "Titz, Kita, Kultur"."""
    phase = labels.phases.get(key.phase, key.phase)
    area = labels.areas.get(key.area, _("ganzer Kreis"))
    if key.to:
        return f"{area}, {phase} → {labels.phases.get(key.to, key.to)}"
    return f"{area}, {phase}, {labels.fields.get(key.field, key.field)}"


def _new(cause: Cause, name: str, labels: Labels) -> str:
    if "is_active" in cause.fields:
        return _("„%(name)s“ läuft wieder.") % {"name": name}
    return _("„%(name)s“ ist dazugekommen.") % {"name": name}


def _ended(cause: Cause, name: str, labels: Labels) -> str:
    if cause.after:
        return _("„%(name)s“ ist zu Ende gegangen, letzter Tag %(day)s.") % {
            "name": name,
            "day": _day(cause.after),
        }
    return _("„%(name)s“ gibt es nicht mehr, oder es macht Pause.") % {"name": name}


def _changed(cause: Cause, name: str, labels: Labels) -> str:
    parts = [_field(each, cause) for each in cause.fields]
    return _("„%(name)s“ wurde geändert: %(fields)s.") % {"name": name, "fields": ", ".join(parts)}


def _field(name: str, cause: Cause) -> str:
    word = str(FIELDS[OTHER_NAMES.get(name, name)])
    if name != "capacity":
        return word
    before, after = cause.before or _("unbekannt"), cause.after or _("unbekannt")
    return f"{word} {before} → {after}"


def _confirmed(cause: Cause, name: str, labels: Labels) -> str:
    return _("„%(name)s“ wurde bestätigt, zuletzt geprüft am %(day)s.") % {
        "name": name,
        "day": _day(cause.after),
    }


def _stale(cause: Cause, name: str, labels: Labels) -> str:
    if not cause.after:
        return _("„%(name)s“ hat niemand geprüft.") % {"name": name}
    return _(
        "„%(name)s“ ist überfällig: zuletzt geprüft am %(day)s. Niemand hat etwas geändert, nur die Zeit verging."
    ) % {"name": name, "day": _day(cause.after)}


def _target(cause: Cause, name: str, labels: Labels) -> str:
    key = key_of(cause.key)
    words = {
        "where": "" if key is None else key_words(key, labels=labels),
        "before": _wanted(cause.before),
        "after": _wanted(cause.after),
    }
    return _("Ziel für %(where)s: %(before)s → %(after)s Plätze je 100 Kinder.") % words


def _wanted(text: str) -> str:
    return number(float(text), places=1) if text else _("keines")


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j. F Y")


SENTENCES: dict[CauseKind, Callable[[Cause, str, Labels], str]] = {
    CauseKind.NEW: _new,
    CauseKind.ENDED: _ended,
    CauseKind.CHANGED: _changed,
    CauseKind.CONFIRMED: _confirmed,
    CauseKind.STALE: _stale,
    CauseKind.TARGET: _target,
    CauseKind.PEOPLE: lambda *_given: _("Es gibt neue Bevölkerungszahlen."),
    CauseKind.INDICATORS: lambda *_given: _(
        "Indikatoren, nach denen Ziele gewichtet werden, haben neue Werte."
    ),
    CauseKind.PLACES: lambda *_given: _("Orte, Punkte oder Grenzen der Gemeinden sind andere."),
    CauseKind.CATALOG: lambda *_given: _(
        "Lebensphasen, Handlungsfelder oder Angebotsarten sind anders eingeteilt."
    ),
    CauseKind.THRESHOLDS: lambda *_given: _("Der Kreis hat seine Schwellen geändert."),
}
