"""The form of an entry: everything a family asks, in groups; ends in `ServiceValues`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.forms import BaseFormSet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext

from lueckenlos.commons.directory.forms.fields import EntryFields, text_name, translation_languages
from lueckenlos.commons.directory.forms.parts import (
    CostForms,
    FundingForms,
    LocationForms,
    PhoneForms,
    yes_no,
    yes_no_word,
)
from lueckenlos.commons.directory.types import (
    PLAIN,
    Access,
    Audience,
    Catalog,
    Format,
    Label,
    LocationValue,
    ServiceStatus,
    ServiceValues,
    TextValue,
)
from lueckenlos.core.forms import Summary, SummaryEntry, summary_of

TRANSLATED = ("name", "description")
"""Fields that the form offers in other languages; texts of other fields are kept as they are."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong under one question, with the parts that repeat there."""

    key: str
    title: str
    hint: str
    fields: list[BoundField]
    parts: "BaseFormSet[Any] | None" = None
    parts_title: str = ""


class EntryForm:
    """The fields and the repeating parts of an entry as one form."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        values: ServiceValues | None,
        catalog: Catalog,
        municipalities: Sequence[Label],
    ) -> None:
        self.values = values
        first = initial_of(values) if values else {"languages": ["de"], "status": ServiceStatus.ACTIVE}
        self.fields = EntryFields(data, initial=first, catalog=catalog, municipalities=municipalities)
        self.locations = LocationForms(data, prefix="ort", initial=_locations(values))
        self.phones = PhoneForms(data, prefix="telefon", initial=_parts(values, "phones"))
        self.costs = CostForms(data, prefix="preis", initial=_parts(values, "costs"))
        self.funding = FundingForms(data, prefix="foerderung", initial=_parts(values, "funding"))

    @property
    def sets(self) -> "tuple[BaseFormSet[Any], ...]":
        """The repeating parts in the order of the page."""
        return (self.phones, self.locations, self.costs, self.funding)

    def is_valid(self) -> bool:
        """Whether everything fits; every part is looked at, so that all errors are said at once."""
        return all([self.fields.is_valid(), *(part.is_valid() for part in self.sets)])

    @property
    def summary(self) -> Summary | None:
        """All errors of the submission in one place, or None."""
        forms_ = [self.fields, *(form for part in self.sets for form in part)]
        entries: list[SummaryEntry] = [entry for form in forms_ for entry in summary_of(form).entries]
        for part in self.sets:
            entries += [SummaryEntry("", "", str(error)) for error in part.non_form_errors()]
        if not entries:
            return None
        if len(entries) == 1:
            return Summary(gettext("Eine Angabe fehlt noch oder passt nicht"), entries)
        words = gettext("%(count)s Angaben fehlen noch oder passen nicht") % {"count": len(entries)}
        return Summary(words, entries)

    def groups(self) -> list[Group]:
        """The form as the page shows it: one group a question."""
        return [
            self._group("was", gettext("Was es ist"), "name alternate_name description kind phases fields_"),
            self._group(
                "fuerwen", gettext("Für wen"), "audience age_min age_max eligibility whole_county catchment"
            ),
            self._group(
                "anfang",
                gettext("Wie man anfängt"),
                "access application email website documents",
                parts=self.phones,
                parts_title=gettext("Telefon"),
            ),
            self._group("wann", gettext("Wann"), "schedule_text status valid_from valid_to"),
            self._group(
                "wo", gettext("Wo"), "format accessible", parts=self.locations, parts_title=gettext("Ort")
            ),
            self._group(
                "kosten",
                gettext("Was es kostet"),
                "is_free fee",
                parts=self.costs,
                parts_title=gettext("Preis"),
            ),
            self._group("sprachen", gettext("Sprachen"), "languages interpretation"),
            self._group(
                "plaetze",
                gettext("Plätze und Wartezeit"),
                "capacity available waiting_weeks bridge_from bridge_to",
                hint=gettext(
                    "Daraus rechnet der Kreis, wo Angebote fehlen. Was Sie nicht wissen, bleibt leer."
                ),
                parts=self.funding,
                parts_title=gettext("Förderung"),
            ),
        ]

    def plain_group(self) -> Group:
        """Einfache Sprache: a text of its own."""
        hint = gettext("Ein Gedanke je Satz, höchstens zwölf Wörter. Kein Genitiv, kein Passiv.")
        return self._group(
            "einfach",
            gettext("Einfache Sprache"),
            f"{text_name(PLAIN, 'name')} {text_name(PLAIN, 'description')}",
            hint=hint,
        )

    def translation_group(self) -> Group:
        """The other languages of the pages."""
        names = [
            text_name(code, name)
            for code, _label in translation_languages()
            if code != PLAIN
            for name in TRANSLATED
        ]
        hint = gettext(
            "Ändert sich der deutsche Text, gelten Übersetzungen als veraltet, bis jemand sie prüft."
        )
        return self._group("uebersetzungen", gettext("Übersetzungen"), " ".join(names), hint=hint)

    def hidden(self) -> list[str]:
        """Everything that was sent, as hidden inputs, for pages between sending and saving."""
        forms_ = [
            self.fields,
            *(part.management_form for part in self.sets),
            *(form for part in self.sets for form in part),
        ]
        return [bound.as_hidden() for form in forms_ for bound in form]

    def to_values(self) -> ServiceValues:
        """What was sent, as the deed takes it; call after `is_valid`."""
        given = self.fields.cleaned_data
        known = self.values.locations if self.values else ()
        fee = given["fee"] or (gettext("kostenlos") if given["is_free"] else "")
        bridge = (given["bridge_from"], given["bridge_to"]) if given["bridge_from"] else None
        return ServiceValues(
            name=given["name"],
            alternate_name=given["alternate_name"],
            description=_lines(given["description"]),
            status=ServiceStatus(given["status"]),
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            kind=given["kind"] or None,
            phases=tuple(given["phases"]),
            fields=tuple(given["fields_"]),
            age_min=given["age_min"],
            age_max=given["age_max"],
            audience=Audience(given["audience"]),
            eligibility=_lines(given["eligibility"]),
            format=Format(given["format"]),
            access=Access(given["access"]),
            application=_lines(given["application"]),
            fee=fee,
            is_free=given["is_free"],
            costs=_filled(form.to_value() for form in self.costs),
            languages=_in_order_of(self.values.languages if self.values else (), given["languages"]),
            interpretation=given["interpretation"],
            accessible=yes_no(given["accessible"]),
            whole_county=given["whole_county"],
            catchment=() if given["whole_county"] else tuple(sorted(given["catchment"])),
            locations=_filled(form.to_value(known) for form in self.locations),
            schedule_text=given["schedule_text"],
            waiting_weeks=given["waiting_weeks"],
            capacity=given["capacity"],
            available=given["available"],
            phones=_filled(form.to_value() for form in self.phones),
            email=given["email"],
            website=given["website"],
            documents=tuple(line.strip() for line in given["documents"].splitlines() if line.strip()),
            funding=_filled(form.to_value() for form in self.funding),
            bridge=bridge,
            texts=self._texts(),
        )

    def _texts(self) -> tuple[TextValue, ...]:
        offered = {(code, name) for code, _label in translation_languages() for name in TRANSLATED}
        kept = [
            text
            for text in (self.values.texts if self.values else ())
            if (text.language, text.field) not in offered
        ]
        sent = [
            TextValue(code, name, _lines(self.fields.cleaned_data[text_name(code, name)]))
            for code, name in offered
        ]
        return tuple(sorted([*kept, *(text for text in sent if text.text)]))

    def _group(self, key: str, title: str, names: str, **more: Any) -> Group:
        hint = more.pop("hint", "")
        return Group(key, title, hint, [self.fields[name] for name in names.split()], **more)


def initial_of(values: ServiceValues) -> dict[str, Any]:
    """The content as the form shows it first."""
    first = {name: getattr(values, name) for name in EntryFields.base_fields if hasattr(values, name)}
    texts = {text_name(each.language, each.field): each.text for each in values.texts}
    bridge_from, bridge_to = values.bridge or ("", "")
    special = {
        "fields_": values.fields,
        "documents": "\n".join(values.documents),
        "accessible": yes_no_word(values.accessible),
        "bridge_from": bridge_from,
        "bridge_to": bridge_to,
        "kind": values.kind or "",
    }
    return {**first, **texts, **special}


def _locations(values: ServiceValues | None) -> list[dict[str, Any]]:
    places: Sequence[LocationValue] = values.locations if values else ()
    return [{**asdict(place), "accessible": yes_no_word(place.accessible)} for place in places]


def _parts(values: ServiceValues | None, name: str) -> list[dict[str, Any]]:
    return [asdict(each) for each in getattr(values, name)] if values else []


def _filled(parts: Any) -> tuple[Any, ...]:
    return tuple(part for part in parts if part is not None)


def _lines(text: str) -> str:
    """Browsers send line ends in their own way; the same text must stay the same text."""
    return text.replace("\r\n", "\n")


def _in_order_of(before: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The chosen keys, those that were there before in their old order, so that nothing seems changed."""
    return (*(each for each in before if each in chosen), *(each for each in chosen if each not in before))
