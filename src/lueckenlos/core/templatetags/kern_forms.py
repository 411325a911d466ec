"""Form components: KERN's markup for fields, with or without a Django form behind them."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lueckenlos.core.components import attributes, options_of
from lueckenlos.core.forms import described, summary_of

register = template.Library()


def _field(name: str, given: dict[str, Any]) -> SafeString:
    given.setdefault("id", f"id_{given['name']}")
    marks = [f"{given['id']}_{part}" for part in ("hint", "error") if given.get(part)]
    given["described"] = " ".join(marks)
    return render_to_string(f"core/components/{name}.html", given)


@register.simple_tag(name="input")
def input_field(name: str, label: str, *, value: Any = "", type: str = "text", **more: Any) -> SafeString:  # noqa: A002 - HTML's own word, as templates write it
    """One line to fill in."""
    hint, error = more.pop("hint", ""), more.pop("error", "")
    given = {"name": name, "label": label, "type": type, "hint": hint, "error": error}
    given["value"] = "" if value is None else value
    if identity := more.pop("id", ""):
        given["id"] = identity
    return _field("input", {**given, "attrs": attributes(more)})


@register.simple_tag
def textarea(name: str, label: str, *, value: Any = "", rows: int = 5, **more: Any) -> SafeString:
    """Several lines to fill in."""
    hint, error = more.pop("hint", ""), more.pop("error", "")
    given = {"name": name, "label": label, "rows": rows, "hint": hint, "error": error}
    given["value"] = "" if value is None else value
    return _field("textarea", {**given, "attrs": attributes(more)})


@register.simple_tag
def select(name: str, label: str, options: Any, value: Any = None, **more: Any) -> SafeString:
    """One of many."""
    hint, error = more.pop("hint", ""), more.pop("error", "")
    given = {"name": name, "label": label, "hint": hint, "error": error}
    if identity := more.pop("id", ""):
        given["id"] = identity
    return _field("select", {**given, "options": options_of(options, value=value), "attrs": attributes(more)})


@register.simple_tag
def checkbox(name: str, label: str, *, value: str = "1", chosen: Any = None, **more: Any) -> SafeString:
    """Yes or not."""
    hint, error = more.pop("hint", ""), more.pop("error", "")
    given = {"name": name, "label": label, "value": value, "hint": hint, "error": error}
    if identity := more.pop("id", ""):
        given["id"] = identity
    return _field("checkbox", {**given, "chosen": bool(chosen), "attrs": attributes(more)})


@register.simple_tag
def radios(name: str, legend: str, options: Any, value: Any = None, **more: Any) -> SafeString:
    """One of few, all in sight."""
    hint, error = more.pop("hint", ""), more.pop("error", "")
    given = {"name": name, "legend": legend, "hint": hint, "error": error}
    return _field("radios", {**given, "options": options_of(options, value=value)})


@register.simple_block_tag
def fieldset(content: str, legend: str, *, hint: str = "", error: str = "", name: str = "") -> SafeString:
    """Fields that belong together under one question."""
    given = {"content": content, "legend": legend, "hint": hint, "error": error, "name": name or "gruppe"}
    return _field("fieldset", given)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A bound field of a Django form, with label, hint and error tied to it."""
    return render_to_string("core/forms/field.html", {"field": described(bound)})


@register.simple_tag
def error_summary(*parts: BaseForm) -> SafeString:
    """All errors of what is sent as one in one place, each a link to its field."""
    return render_to_string("core/forms/summary.html", {"summary": summary_of(*parts)})
