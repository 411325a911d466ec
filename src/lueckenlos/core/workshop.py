"""The living style page of the design system; only a demo shows it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lueckenlos.core import icons
from lueckenlos.core.components import FilterWord, LinkItem, Station, StationState
from lueckenlos.core.guards import public
from lueckenlos.core.pictures import PICTURES

PHASES = ("Schwangerschaft", "0 bis 3", "Kita", "Grundschule", "10 bis 14", "14 bis 18", "Übergang in Arbeit")


class SampleForm(forms.Form):
    """One field of each kind, as forms of the house use them."""

    name = forms.CharField(label="Wie heißen Sie?", max_length=80)
    email = forms.EmailField(
        label="E-Mail", help_text="Nur für die Antwort. Wir geben sie nicht weiter.", required=False
    )
    place = forms.ChoiceField(
        label="Wo wohnen Sie?", choices=[("", "Bitte wählen"), ("a", "Aldenhoven"), ("t", "Titz")]
    )
    reach = forms.ChoiceField(
        label="Wie erreichen wir Sie am besten?",
        choices=[("phone", "am Telefon"), ("mail", "per E-Mail"), ("visit", "ich komme vorbei")],
        widget=forms.RadioSelect,
        help_text="Alles davon kostet nichts.",
    )
    topics = forms.MultipleChoiceField(
        label="Worum geht es?",
        choices=[("sleep", "Schlafen und Schreien"), ("school", "Schule"), ("money", "Geld")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label="Was beschäftigt Sie?", widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label="Sie dürfen mich dazu anrufen")


def stations() -> list[Station]:
    """The path with each of its states."""
    states = [
        StationState.DONE,
        StationState.DONE,
        StationState.CURRENT,
        StationState.GAP,
        StationState.OPEN,
        StationState.UNKNOWN,
        StationState.OPEN,
    ]
    return [Station(label, state) for label, state in zip(PHASES, states, strict=True)]


def sample() -> dict[str, Any]:
    """What the style page shows in its components."""
    return {
        "form": SampleForm(),
        "wrong": SampleForm({"email": "ohne-at", "place": "a"}, prefix="falsch"),
        "stations": stations(),
        "steps": [
            Station("Ihr Kind", StationState.DONE),
            Station("Termin", StationState.CURRENT, note="noch 3 Plätze"),
            Station("Fertig"),
        ],
        "tabs": [
            LinkItem("Liste", "?ansicht=liste", current=True, count=24),
            LinkItem("Karte", "?ansicht=karte"),
            LinkItem("Kalender", "?ansicht=kalender"),
        ],
        "words": [
            FilterWord("kostenlos", "?", chosen=True),
            FilterWord("ohne Stufen", "?stufen=1"),
            FilterWord("jetzt offen", "?offen=1"),
            FilterWord("auf Arabisch", "?sprache=ar"),
        ],
        "crumbs": [("Startseite", "/"), ("Hilfe rund ums Baby", "#"), ("Schreiambulanz", "")],
        "page": Paginator(range(240), 20).page(6),
        "options": [("", "überall"), ("j", "Jülich"), ("k", "Kreuzau")],
        "radio_options": [("heute", "heute"), ("woche", "diese Woche"), ("egal", "ganz gleich")],
        "facts": [
            ("Für wen", "Eltern mit einem Baby bis 12 Monate"),
            ("Kosten", "kostenlos"),
            ("Nächster Termin", "Di, 3. März 2027, 15–17 Uhr"),
            ("Weg", "2,4 km, etwa 30 Minuten zu Fuß"),
        ],
        "pictures": sorted(PICTURES),
        "kern_icons": sorted(icons.KERN),
        "own_icons": sorted(icons.OWN),
        "doors": DOORS,
    }


DOORS = [
    ("Mein Kind ist noch ganz klein", "Schwangerschaft, Geburt, die ersten Jahre", "baby"),
    ("In der Schule klappt es nicht", "Lernen, Streit, nicht hingehen wollen", "school"),
    ("Das Geld reicht nicht", "Zuschüsse, Klassenfahrt, Schulden", "wallet"),
    ("Wir sind neu hier", "Sprache, Kita, Schule, Ankommen", "arrival"),
    ("Zu Hause ist es schwer", "Streit, Trennung, Sucht, Angst", "house"),
    ("Freizeit und Ferien", "Sport, Musik, Ausflüge", "ball"),
]


@public
@require_GET
def workshop(request: HttpRequest) -> HttpResponse:
    """Every component of the design system, as pages use it."""
    return render(request, "core/workshop/page.html", sample())
