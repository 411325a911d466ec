"""The design system's parts are right for those who see, hear or touch them, and let nothing through."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from lueckenlos.core.components import FilterWord, LinkItem, Station, StationState, page_window
from lueckenlos.core.workshop import SampleForm

ATTACK = '"><script>alert(1)</script>'


class Elements(HTMLParser):
    """All elements of a piece of HTML with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.found if name == tag]


def shown(source: str, **given: Any) -> str:
    return Template("{% load kern %}" + source).render(Context(given))


def elements(source: str, **given: Any) -> Elements:
    return Elements(shown(source, **given))


def test_a_button_submits_unless_told_otherwise() -> None:
    assert elements('{% button "Weiter" %}').named("button")[0]["type"] == "submit"
    assert elements('{% button "Weiter" type="button" %}').named("button")[0]["type"] == "button"


def test_further_words_become_attributes_and_empty_ones_are_left_out() -> None:
    button = elements('{% button "Weiter" hx_get="/teil" data_x="" class_="breit" %}').named("button")[0]

    assert button["hx-get"] == "/teil"
    assert "data-x" not in button
    assert button["class"].split()[-1] == "breit"


@pytest.mark.parametrize(
    "source",
    [
        "{% button bad name=bad %}",
        "{% link_button bad bad %}",
        "{% badge bad %}",
        "{% input 'q' bad value=bad hint=bad error=bad placeholder=bad %}",
        "{% textarea 'q' bad value=bad %}",
        "{% select 'q' bad options bad %}",
        "{% checkbox 'q' bad value=bad %}",
        "{% card title=bad href=bad preline=bad %}x{% endcard %}",
        "{% alert bad %}{{ bad }}{% endalert %}",
        "{% door bad bad text=bad %}",
        "{% facts items %}",
        "{% details bad %}{{ bad }}{% enddetails %}",
        "{% data_table bad %}{{ bad }}{% enddata_table %}",
        "{% share bad bad %}",
        "{% undo bad bad %}",
        "{% map_view bad label=bad %}",
    ],
)
def test_what_people_write_never_becomes_markup(source: str) -> None:
    text = shown(source, bad=ATTACK, options=[(ATTACK, ATTACK)], items=[(ATTACK, ATTACK)])

    assert "<script" not in text
    assert "&lt;script" in text or "%3Cscript" in text


def test_an_icon_without_a_label_is_passed_by_and_with_one_is_read() -> None:
    assert elements('{% icon "phone" %}').named("svg")[0]["aria-hidden"] == "true"
    named = elements('{% icon "search" label="Suchen" %}').named("span")[0]
    assert (named["role"], named["aria-label"]) == ("img", "Suchen")


def test_a_misspelled_icon_or_drawing_is_a_mistake_of_the_template() -> None:
    with pytest.raises(KeyError, match="telefone"):
        shown('{% icon "telefone" %}')
    with pytest.raises(KeyError, match="sommer"):
        shown('{% picture "sommer" %}')


def test_hint_and_error_of_a_field_are_read_with_it() -> None:
    page = elements('{% input "ort" "Ort" hint="Dorf oder Stadt" error="Diesen Ort kennen wir nicht." %}')
    field = page.named("input")[0]
    marks = {attrs.get("id") for _, attrs in page.found}

    assert page.named("label")[0]["for"] == field["id"]
    assert set(field["aria-describedby"].split()) <= marks
    assert field["aria-invalid"] == "true"


def test_the_number_to_call_is_dialed_without_its_blanks() -> None:
    link = elements('{% call_button "02421 / 22-1000" %}').named("a")[0]

    assert link["href"] == "tel:02421221000"


def test_every_station_says_its_state_in_words_too() -> None:
    stations = [Station(state.value, state) for state in StationState]
    text = shown('{% path stations label="Anmeldung" %}', stations=stations)

    for word in ("erledigt", "jetzt", "noch offen", "Lücke", "nicht bekannt"):
        assert word in text
    current = [attrs for attrs in Elements(text).named("li") if "aria-current" in attrs]
    assert len(current) == 1


def test_a_chosen_word_says_how_to_take_it_back() -> None:
    words = [FilterWord("kostenlos", "?", chosen=True), FilterWord("offen", "?offen=1")]
    text = shown('{% filter_words words label="Eingrenzen" %}', words=words)

    assert text.count("gewählt, wieder aufheben") == 1


def test_tabs_mark_the_view_the_reader_sees() -> None:
    items = [LinkItem("Liste", "?a=1", current=True, count=0), LinkItem("Karte", "?a=2")]
    links = elements('{% tabs items label="Ansicht" %}', items=items).named("a")

    assert [link.get("aria-current") for link in links] == ["page", None]


def test_pagination_keeps_what_was_searched() -> None:
    request = RequestFactory().get("/suche/", {"q": "Baby & Kind", "sprache": ["ar", "tr"], "seite": "3"})
    page = Paginator(range(100), 10).page(3)
    links = elements("{% pagination page %}", page=page, request=request).named("a")

    assert links[-1]["href"] == "?q=Baby+%26+Kind&sprache=ar&sprache=tr&seite=4"
    assert sum("aria-current" in link for link in links) == 1


def test_a_single_page_needs_no_pagination() -> None:
    assert shown("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("total", "current", "numbers"),
    [
        (1, 1, [1]),
        (5, 3, [1, 2, 3, 4, 5]),
        (12, 6, [1, None, 5, 6, 7, None, 12]),
        (12, 1, [1, 2, None, 12]),
        (12, 4, [1, 2, 3, 4, 5, None, 12]),
    ],
)
def test_page_numbers_leave_out_only_what_is_far(total: int, current: int, numbers: list[int | None]) -> None:
    assert page_window(total, current=current) == numbers


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name() -> None:
    region = elements('{% data_table "Plätze" %}<tbody></tbody>{% enddata_table %}').named("div")[0]

    assert (region["tabindex"], region["role"], region["aria-label"]) == ("0", "region", "Plätze")


def test_a_form_with_errors_names_each_and_leads_to_its_field() -> None:
    form = SampleForm({"email": "ohne-at"})
    page = Elements(str(form))
    targets = {attrs.get("id") for _, attrs in page.found}
    links = [link["href"] for link in page.named("a")]

    assert len(links) == len(form.errors) == 6
    assert {link.removeprefix("#") for link in links} <= targets


def test_a_form_asks_kindly_for_what_is_missing() -> None:
    text = str(SampleForm({}))

    assert "Bitte wählen Sie etwas aus." in text
    assert "Ohne dieses Häkchen geht es hier nicht weiter." in text
    assert "zwingend erforderlich" not in text


def test_a_form_keeps_its_own_words_for_what_is_missing() -> None:
    class Child(forms.Form):
        name = forms.CharField(error_messages={"required": "Wie heißt Ihr Kind?"})

    assert str(Child({})).count("Wie heißt Ihr Kind?") == 2


def test_every_input_of_a_form_has_its_label_and_its_hint() -> None:
    page = Elements(str(SampleForm()))
    labels = {label.get("for") for label in page.named("label")}
    inputs = [field for tag in ("input", "select", "textarea") for field in page.named(tag)]

    assert {field["id"] for field in inputs} == labels
    assert (
        next(field for field in inputs if field["name"] == "email")["aria-describedby"] == "id_email_helptext"
    )


def test_a_fresh_form_shows_no_error() -> None:
    assert "kern-error" not in str(SampleForm())
