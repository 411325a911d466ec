"""The design system's components as template tags: ``{% load kern %}``.

Shell: ``{% extends "core/page.html" %}`` with the blocks ``title`` (without the
county's name), ``description``, ``head``, ``breadcrumbs``, ``heading`` (text of
the one h1), ``lead`` (one or two sentences below it), ``content``, ``side``
(a second column from 60rem on), ``after`` (full width, below both), ``scripts``.
``masthead`` and ``foot`` are left empty where a page leads nowhere else.
A page without an own h1 block (front page) overrides ``header`` whole. Body
class by ``{% block body_class %}desk{% endblock %}``: 16 px instead of 18.

Single tags. Further keywords become attributes, ``_`` becomes ``-``
(``hx_get="/x"``, ``data_map="1"``, ``aria_label="…"``); None and "" are left out.
  {% button "Platz anfragen" kind="primary|secondary|tertiary" type="submit|button" icon="…" %}
  {% link_button "Weiter" href kind="primary" icon="…" %}      {% call_button "02421 221000" label="Anrufen" %}
  {% icon "search" label="" %}        names: core/icons.py; without a label it is decoration
  {% picture "nacht" %}               drawing from core/pictures, decoration; names: PICTURES there
  {% badge "kostenlos" kind="info|success|warning|danger|plain" icon="" %}
  {% field form.email %}              a bound Django field; whole forms: ``{{ form }}``
  {% error_summary form %}            (``{{ form }}`` brings its own)
  {% input "q" "Was suchen Sie?" value=q type="search" hint="" error="" autocomplete="" required="required" %}
  {% textarea "text" "Ihre Frage" value="" rows=5 hint="" error="" %}
  {% select "ort" "Ort" options value hint="" error="" %}     options: [(value, label), …]
  {% checkbox "gratis" "kostenlos" value="1" chosen=params.gratis hint="" %}
  {% radios "wann" "Wann?" options value hint="" error="" %}
  {% tabs items label="Ansicht" %}                    items: label, url, current (objects or dicts)
  {% breadcrumbs items %}                             items: [(label, url), …]; the last is the page itself
  {% pagination page param="seite" %}                 a Django Page; keeps the other parameters of the address
  {% path stations label="Anmeldung" %}               stations: core.components.Station(label, state, url, note)
  {% progress 40 "40 von 100 Zeilen gelesen" %}
  {% filter_words words label="Eingrenzen" %}         words: core.components.FilterWord(label, url, chosen)
  {% door "Das Geld reicht nicht" href text="" icon="" %}     inside <ul class="l-doors"> as <li>
  {% facts items %}                                   items: [(term, value), …]; empty values are left out
  {% undo "Gemerkt." url label="Rückgängig" %}        a notice with a small POST form
  {% read_aloud "#beschreibung" %}    {% share title url %}    {% nearby "#ort-form" %}
  {% map_view data_url label="Karte" list="#treffer" %}       GeoJSON of points; municipalities via areas_url
  {% dialog_button "Wer sieht das?" "dlg-wer" kind="tertiary" %}

Blocks, each closed by ``{% end<name> %}``:
  {% card title="" href="" level=3 preline="" subline="" kind="" %}…{% endcard %}   kind: "" | "quiet" | "accent"
  {% alert "Titel" kind="info|success|warning|danger" level=2 %}…{% endalert %}
  {% fieldset "Legende" hint="" error="" %}…{% endfieldset %}
  {% details "Mehr zur Barrierefreiheit" state="closed|open" %}…{% enddetails %}
  {% dialog "dlg-wer" "Wer sieht das?" %}…{% enddialog %}
  {% data_table "Bildunterschrift" kind="" %}<thead>…</thead><tbody>…</tbody>{% enddata_table %}   td.num for numbers
  {% empty_state "Hier ist noch nichts" picture="leer" %}…{% endempty_state %}
  {% actions %}buttons{% endactions %}

Layout classes: ``l-stack`` (things below each other), ``l-cluster`` (beside,
wrapping), ``l-grid`` (cards), ``l-doors``, ``l-narrow`` (70 characters),
``l-panel`` (surface), ``l-muted``, ``l-small``, ``l-lead``, ``kern-sr-only``,
``l-no-print``, ``l-print-only``, ``l-needs-js`` (shown only with JavaScript).
No ``style`` attribute and no inline script anywhere: the policy refuses both.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lueckenlos.core import icons
from lueckenlos.core.components import PageLink, address_with, attributes, page_window, units
from lueckenlos.core.pictures import picture_file
from lueckenlos.core.templatetags import kern_forms

register = template.Library()
register.tags.update(kern_forms.register.tags)


def _part(name: str, given: dict[str, Any]) -> SafeString:
    return render_to_string(f"core/components/{name}.html", given)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """An icon; with a label it is read out, without one it is decoration."""
    known = icons.known(name)
    role = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    if known in icons.KERN:
        return format_html('<span class="kern-icon kern-icon--{}"{}></span>', known, role)
    drawing = '<svg class="l-icon" viewBox="0 0 24 24"{} focusable="false"><path d="{}"/></svg>'
    return format_html(drawing, role, icons.OWN[known])


def _inside(label: Any, *, icon_name: str) -> SafeString:
    sign = icon(icon_name) if icon_name else ""
    return format_html('{}<span class="kern-label">{}</span>', sign, label)


def _classes(first: str, rest: dict[str, Any]) -> str:
    return " ".join(filter(None, (first, rest.pop("class_", ""))))


@register.simple_tag(name="button")
def button(label: str, *, kind: str = "primary", icon: str = "", **rest: Any) -> SafeString:
    """A button that does something here; it submits its form unless told otherwise."""
    classes = _classes(f"kern-btn kern-btn--{kind}", rest)
    inside = _inside(label, icon_name=icon)
    given = {"type": "submit", **rest}
    return format_html('<button class="{}"{}>{}</button>', classes, attributes(given), inside)


@register.simple_tag
def link_button(label: str, href: str, *, kind: str = "primary", icon: str = "", **rest: Any) -> SafeString:
    """A link that looks like a button, because it is the page's next step."""
    classes = _classes(f"kern-btn kern-btn--{kind}", rest)
    inside = _inside(label, icon_name=icon)
    return format_html('<a class="{}" href="{}"{}>{}</a>', classes, href, attributes(rest), inside)


@register.simple_tag
def call_button(number: str, *, label: str = "") -> SafeString:
    """The call button: the largest thing on the phone."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return _part("call", {"number": number, "href": f"tel:{digits}", "label": label})


@register.simple_tag
def picture(name: str) -> SafeString:
    """One of the line drawings; decoration, so screen readers pass it by."""
    return render_to_string(picture_file(name))


@register.simple_tag
def badge(label: str, *, kind: str = "plain", icon: str = "") -> SafeString:
    """A short mark; its color only repeats what its word says."""
    inside = _inside(label, icon_name=icon)
    return format_html('<span class="kern-badge kern-badge--{}">{}</span>', kind, inside)


@register.simple_tag
def tabs(items: Any, *, label: str) -> SafeString:
    """Views of the same thing as links, so that they work without JavaScript and can be shared."""
    return _part("tabs", {"items": items, "label": label})


@register.simple_tag
def breadcrumbs(items: Any) -> SafeString:
    """The way back, at the top of a page."""
    *way, here = items
    return _part("breadcrumbs", {"way": way, "here": here})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, param: str = "seite") -> SafeString:
    """Links to the other pages of a list; other parameters of the address stay."""
    request = context.get("request")
    query = request.GET if request is not None else {}

    def at(number: int) -> str:
        return address_with(query, param=param, value=number)

    window = page_window(page.paginator.num_pages, current=page.number)
    links = [PageLink(each, at(each or 1), each == page.number) for each in window]
    before = at(page.number - 1) if page.has_previous() else ""
    after = at(page.number + 1) if page.has_next() else ""
    return _part("pagination", {"links": links, "before": before, "after": after})


@register.simple_tag
def path(stations: Any, *, label: str) -> SafeString:
    """The path: stations on a line that is solid, open, broken or unknown."""
    return _part("path", {"stations": stations, "label": label})


@register.simple_tag
def progress(value: int, text: str, *, total: int = 100) -> SafeString:
    """How far a long work is."""
    return _part("progress", {"value": value, "total": total, "text": text})


@register.simple_tag
def filter_words(words: Any, *, label: str) -> SafeString:
    """Filters as words, not as a form."""
    return _part("filter_words", {"words": words, "label": label})


@register.simple_tag
def door(title: str, href: str, *, text: str = "", icon: str = "") -> SafeString:
    """An everyday door: one need in a family's own words."""
    return _part("door", {"title": title, "href": href, "text": text, "icon": icon})


@register.simple_tag
def facts(items: Any) -> SafeString:
    """Terms and their values; a term without a value is left out."""
    return _part("facts", {"items": [(term, value) for term, value in items if value not in ("", None)]})


@register.simple_tag(takes_context=True)
def undo(context: Context, text: str, url: str, *, label: str = "") -> SafeString:
    """A notice of what was done, with the way back."""
    given = {"text": text, "url": url, "label": label, "csrf_token": context.get("csrf_token")}
    return _part("undo", given)


@register.simple_tag
def read_aloud(target: str) -> SafeString:
    """A button that lets the browser read the target out in its own language."""
    return _part("read_aloud", {"target": target})


@register.simple_tag
def share(title: str, url: str) -> SafeString:
    """A button that hands the address to the phone's own sharing, or copies it."""
    return _part("share", {"title": title, "url": url})


@register.simple_tag
def nearby(form: str) -> SafeString:
    """A button that fills rounded coordinates into the form and sends them nowhere else."""
    return _part("nearby", {"form": form})


@register.simple_tag
def map_view(data_url: str, *, label: str, **more: str) -> SafeString:
    """A map on demand; the list it names says the same for those who do not see it."""
    return _part("map", {"data_url": data_url, "label": label, **more})


@register.simple_tag
def dialog_button(label: str, target: str, *, kind: str = "secondary", icon: str = "") -> SafeString:
    """Opens a dialog; without JavaScript the link shows it by its address."""
    return link_button(label, f"#{target}", kind=kind, icon=icon, data_dialog="open")


@register.simple_block_tag
def card(
    content: str, *, title: str = "", href: str = "", level: int = 3, kind: str = "", **more: str
) -> SafeString:
    """A card; with an address its title is the link and the whole card is the target."""
    given = {"content": content, "title": title, "href": href, "level": level, "kind": kind, **more}
    return _part("card", given)


@register.simple_block_tag
def alert(content: str, title: str, *, kind: str = "info", level: int = 2) -> SafeString:
    """A message that should be seen before the rest."""
    return _part("alert", {"content": content, "title": title, "kind": kind, "level": level})


@register.simple_block_tag
def details(content: str, summary: str, *, state: str = "closed") -> SafeString:
    """What few need, one tap away."""
    return _part("details", {"content": content, "summary": summary, "state": state})


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """A question or explanation above the page; ``name`` is its id."""
    return _part("dialog", {"content": content, "name": name, "title": title})


@register.simple_block_tag
def data_table(content: str, caption: str, *, kind: str = "") -> SafeString:
    """A table that scrolls by itself on small screens and can be reached by keyboard."""
    return _part("data_table", {"content": content, "caption": caption, "kind": kind})


@register.simple_block_tag
def empty_state(content: str, title: str, *, picture: str = "leer", level: int = 2) -> SafeString:
    """What would be here, and how to begin."""
    return _part(
        "empty", {"content": content, "title": title, "picture": picture_file(picture), "level": level}
    )


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Buttons in a row, the most likely first."""
    return format_html('<div class="l-actions">{}</div>', content)


register.filter("units", units)
