"""How the desk of the front door speaks: German, to those who work there and to those it refers to."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from lueckenlos.care.cases.types import Channel, TallyOutcome
from lueckenlos.care.frontdoor.types import Telling, Who
from lueckenlos.commons.families.types import ContactWish
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.kernels.crisis import CrisisKind

Words = StrOrPromise

WISH_RULES: Final[dict[ContactWish, Words]] = {
    ContactWish.CALL: _("anrufen"),
    ContactWish.SMS: _("SMS"),
    ContactWish.EMAIL: _("E-Mail"),
    ContactWish.LETTER: _("Brief"),
    ContactWish.IN_PERSON: _("kommt selbst vorbei"),
}
WHO_COMES: Final[dict[Who, Words]] = {
    Who.PARENT: _("Mutter oder Vater"),
    Who.YOUNG_PERSON: _("Kind oder junger Mensch, allein"),
    Who.RELATIVE: _("andere Angehörige"),
    Who.PROFESSIONAL: _("Fachkraft für eine Familie"),
    Who.UNSAID: _("nicht gesagt"),
}
COUNTED_CHANNELS: Final[dict[Channel, Words]] = {
    Channel.PHONE: _("Telefon"),
    Channel.COUNTER: _("Tresen"),
    Channel.MAIL: _("Mail"),
}
OUTCOMES: Final[dict[TallyOutcome, Words]] = {
    TallyOutcome.ANSWERED: _("beantwortet"),
    TallyOutcome.LIST_GIVEN: _("Liste gegeben"),
    TallyOutcome.SENT_ON: _("weitergeschickt"),
    TallyOutcome.REQUEST_MADE: _("Anliegen aufgenommen"),
    TallyOutcome.NOTHING_FOUND: _("nichts gefunden"),
    TallyOutcome.NO_PLACE: _("kein Platz frei"),
}
TOLD: Final[dict[Telling, Words]] = {
    Telling.MAIL: _("Die Antwort ist da. Die Familie hat eine Mail bekommen, ohne Inhalt."),
    Telling.SMS: _("Die Antwort ist da. Die Familie hat eine SMS bekommen, ohne Inhalt."),
    Telling.CALL: _("Die Antwort ist da. Die Familie möchte angerufen werden: Das steht bei Ihren Aufgaben."),
    Telling.LETTER: _("Die Antwort ist da. Die Familie möchte einen Brief: Das steht bei Ihren Aufgaben."),
    Telling.THEMSELVES: _("Die Antwort ist da. Die Familie sieht selbst mit ihrem Code nach."),
}
# What was missing; what a family did not know of is no lack, and what it does not want neither.
MISSING: Final[dict[SignalReason, Words]] = {
    SignalReason.NO_OFFER: _("kein passendes Angebot"),
    SignalReason.NO_PLACE: _("kein Platz frei"),
    SignalReason.WAITING: _("zu lange Wartezeit"),
    SignalReason.TOO_FAR: _("zu weit weg"),
    SignalReason.LANGUAGE: _("nicht in der Sprache der Familie"),
    SignalReason.COST: _("zu teuer"),
    SignalReason.BARRIER: _("nicht barrierefrei"),
    SignalReason.TIME: _("zur falschen Zeit"),
}
# What a receiver says with one tap, where nobody came or could be helped.
NOT_ARRIVED: Final[dict[SignalReason, Words]] = {
    SignalReason.NO_PLACE: _("Bei uns ist kein Platz frei"),
    SignalReason.WAITING: _("Die Wartezeit war zu lang"),
    SignalReason.NO_OFFER: _("Unser Angebot passte nicht"),
    SignalReason.AGE: _("Das Alter passte nicht"),
    SignalReason.LANGUAGE: _("Wir sprechen die Sprache nicht"),
    SignalReason.TOO_FAR: _("Der Weg war zu weit"),
    SignalReason.TIME: _("Unsere Zeiten passten nicht"),
    SignalReason.COST: _("Es war zu teuer"),
    SignalReason.BARRIER: _("Es war nicht barrierefrei"),
    SignalReason.NOT_WANTED: _("Die Familie wollte nicht mehr"),
    SignalReason.NOT_KNOWN: _("Bei uns hat sich niemand gemeldet"),
}
DANGERS: Final[dict[CrisisKind, Words]] = {
    CrisisKind.DANGER_NOW: _("Lebensgefahr"),
    CrisisKind.POISON: _("Vergiftung"),
    CrisisKind.SUICIDE: _("nicht mehr leben wollen"),
    CrisisKind.SELF_HARM: _("verletzt sich selbst"),
    CrisisKind.VIOLENCE_HOME: _("Gewalt zu Hause"),
    CrisisKind.SEXUAL_ABUSE: _("sexuelle Gewalt"),
    CrisisKind.CHILD_AT_RISK: _("ein Kind in Gefahr"),
    CrisisKind.NOWHERE_TO_SLEEP: _("kein Platz zum Schlafen"),
    CrisisKind.CRYING_BABY_EXHAUSTED: _("Baby schreit, Eltern am Ende"),
    CrisisKind.PARENT_AT_END: _("Eltern am Ende ihrer Kraft"),
    CrisisKind.PREGNANCY_DISTRESS: _("Not in der Schwangerschaft"),
}
