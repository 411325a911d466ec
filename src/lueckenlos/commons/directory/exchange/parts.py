"""The smaller records as Open Referral writes them: numbers, contacts, times, prices, money, papers, places."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import get_language_info

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.exchange.keeping import clean, overlay
from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.kernels.openreferral import Form, fits

AREA_TYPE: Final = "ags"
PLACES_A_YEAR: Final = "places_per_year"
RULE: Final[Mapping[str, str]] = {
    "FREQ": "freq",
    "INTERVAL": "interval",
    "BYDAY": "byday",
    "BYMONTHDAY": "bymonthday",
    "BYWEEKNO": "byweekno",
    "BYYEARDAY": "byyearday",
    "COUNT": "count",
}
_NUMBERS: Final = frozenset({"interval", "count"})
_FREQUENCIES: Final = frozenset({"WEEKLY", "MONTHLY"})
_FREE_UNKNOWN: Final = "Plätze im Jahr; wie viele davon noch frei sind, ist nicht bekannt."


def fitting(value: str, form: Form) -> str | None:
    """A value that has its form, else nothing: what goes out is always valid."""
    return value if value and fits(value, form) else None


def attribute(owner: UUID, link_type: str, term: Row, *, entity: str, **more: Any) -> Row:
    """A link between a record and a term, with an id that follows from both."""
    name = "/".join(str(more[key]) for key in ("field", "language") if key in more) or term["code"]
    return clean(
        {
            "id": str(uuid5(owner, f"attribute/{link_type}/{name}")),
            "link_type": link_type,
            "link_entity": entity,
            "taxonomy_term": term,
            **more,
        }
    )


def fact(owner: UUID, name: str, value: Any, *, entity: str, codes: Codes) -> list[Row]:
    """One single statement as an attribute with a value; nothing where there is nothing to say."""
    if value in (None, ""):
        return []
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return [attribute(owner, lists.FACT, codes.term(lists.FACT, name), entity=entity, value=text)]


def translations(owner: UUID, rows: Iterable[Row], *, entity: str, codes: Codes) -> list[Row]:
    """Texts in other languages as attributes; the term says how far they can be trusted."""
    return [
        attribute(
            owner,
            "translation",
            codes.term(lists.TEXT_STATE, row["state"]),
            entity=entity,
            value=row["text"],
            field=row["field"],
            language=row["language"],
            source_hash=row["source_hash"],
        )
        for row in rows
    ]


def languages(owner: UUID, spoken: Iterable[str]) -> list[Row]:
    """Languages by their BCP 47 code."""
    return [
        {"id": str(uuid5(owner, f"language/{code}")), "code": code, "name": _language_name(code)}
        for code in spoken
    ]


def phone(row: Row) -> Row:
    """A telephone number."""
    extension = row["extension"]
    is_number = extension.isascii() and extension.isdigit() and str(int(extension)) == extension
    document = clean(
        {
            "id": str(row["id"]),
            "number": row["number"],
            "extension": int(extension) if is_number else None,
            "extension_text": "" if is_number else extension,
            "type": row["type"],
            "description": row["description"],
            "languages": languages(row["id"], row["languages"]),
        }
    )
    return overlay(document, row["unknown"])


def contact(row: Row) -> Row:
    """A function that one can ask."""
    document = clean(
        {
            "id": str(row["id"]),
            "name": row["name"],
            "title": row["title"],
            "department": row["department"],
            "email": fitting(row["email"], Form.EMAIL),
            "phones": [phone(each) for each in row.get("phones", ())],
        }
    )
    return overlay(document, row["unknown"])


def schedule(row: Row, codes: Codes) -> Row:
    """A recurrence in Open Referral's own fields; the rule itself where they cannot say it."""
    fields = _rule_fields(row["rrule"])
    document = clean(
        {
            "id": str(row["id"]),
            "dtstart": _day(row["starts_on"]),
            "valid_to": _day(row["ends_on"]),
            "opens_at": row["opens_at"].isoformat() if row["opens_at"] else None,
            "closes_at": row["closes_at"].isoformat() if row["closes_at"] else None,
            "description": row["description"],
            **fields,
            "rrule": row["rrule"] if rule_text(fields) != row["rrule"] else None,
            "attributes": [
                attribute(row["id"], lists.EXCEPTION, codes.term(lists.EXCEPTION, skip), entity="schedule")
                for skip in row["skips"]
            ],
        }
    )
    return overlay(document, row["unknown"])


def rule_text(fields: Mapping[str, Any]) -> str:
    """The recurrence rule that Open Referral's fields mean; empty without a frequency."""
    if not fields.get("freq"):
        return ""
    written = ((name, fields.get(field)) for name, field in RULE.items())
    return ";".join(
        f"{name}={_plain(value)}"
        for name, value in written
        if value and not (name == "INTERVAL" and value == 1)
    )


def cost_option(row: Row) -> Row:
    """A price."""
    amount = row["amount"]
    whole = amount is not None and amount == amount.to_integral_value()
    document = clean(
        {
            "id": str(row["id"]),
            "option": row["option"],
            "currency": row["currency"],
            "amount": None if amount is None else (int(amount) if whole else float(amount)),
            "amount_description": row["description"],
        }
    )
    return overlay(document, row["unknown"])


def funding(row: Row, codes: Codes) -> Row:
    """Where the money comes from; until when is an attribute."""
    until = fact(row["id"], "until", _day(row["until"]), entity="funding", codes=codes)
    document = clean({"id": str(row["id"]), "source": row["source"], "attributes": until})
    return overlay(document, row["unknown"])


def required_document(row: Row) -> Row:
    """What to bring."""
    return overlay(clean({"id": str(row["id"]), "document": row["document"]}), row["unknown"])


def capacity(row: Row, codes: Codes) -> Row:
    """Places a year; the format demands a number of free ones, an attribute says whether it is known."""
    known = row["available"] is not None
    document = clean(
        {
            "id": str(row["id"]),
            "unit": {
                "id": str(uuid5(lists.NAMESPACE, PLACES_A_YEAR)),
                "name": "Plätze im Jahr",
                "scheme": "lueckenlos",
                "identifier": PLACES_A_YEAR,
            },
            "available": row["available"] if known else row["maximum"],
            "maximum": row["maximum"],
            "description": "" if known else _FREE_UNKNOWN,
            "updated": f"{row['known_on'].isoformat()}T00:00:00Z",
            "attributes": []
            if known
            else fact(row["id"], "available", "unknown", entity="service_capacity", codes=codes),
        }
    )
    return overlay(document, row["unknown"])


def areas(owner: UUID, catchment: Iterable[str], *, whole_county: bool, codes: Codes) -> list[Row]:
    """Whom a service is for, by official keys."""
    named = [(ags, codes.word(lists.MUNICIPALITY, ags)) for ags in catchment]
    if whole_county:
        named.insert(0, (codes.county, codes.county_name))
    return [
        {"id": str(uuid5(owner, f"area/{key}")), "name": name, "extent": key, "extent_type": AREA_TYPE}
        for key, name in named
    ]


PARTS: Final[Mapping[str, Callable[[Row, Codes], Row]]] = {
    "phones": lambda row, _codes: phone(row),
    "contacts": lambda row, _codes: contact(row),
    "schedules": schedule,
    "cost_options": lambda row, _codes: cost_option(row),
    "funding": funding,
    "required_documents": lambda row, _codes: required_document(row),
    "capacities": capacity,
}


def _rule_fields(text: str) -> Row:
    """The fields of a rule, or none where Open Referral has not all of them."""
    pairs = dict(part.partition("=")[::2] for part in text.split(";") if part)
    if pairs.get("FREQ") not in _FREQUENCIES or pairs.keys() - RULE.keys():
        return {}
    fields = {RULE[name]: value for name, value in pairs.items()}
    if any(not fields[name].isdigit() for name in _NUMBERS & fields.keys()):
        return {}
    return {name: int(value) if name in _NUMBERS else value for name, value in fields.items()}


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
