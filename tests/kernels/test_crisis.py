"""Words that point to danger bring help; words of those who plan or teach do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.crisis import CrisisKind, detect

DANGERS = [
    ("Ich möchte nicht mehr leben", CrisisKind.SUICIDE),
    ("i want to die", CrisisKind.SUICIDE),
    ("я не хочу жить", CrisisKind.SUICIDE),
    ("mein Sohn schneidet sich", CrisisKind.SELF_HARM),
    ("mein Freund würgt mich", CrisisKind.VIOLENCE_HOME),
    ("kocam beni dövüyor", CrisisKind.VIOLENCE_HOME),
    ("زوجي يضربني", CrisisKind.VIOLENCE_HOME),
    ("чоловік б’є мене", CrisisKind.VIOLENCE_HOME),
    ("mein Onkel fasst mich an", CrisisKind.SEXUAL_ABUSE),
    ("die Nachbarn schlagen ihr Kind", CrisisKind.CHILD_AT_RISK),
    ("Papa schlägt mich", CrisisKind.CHILD_AT_RISK),
    ("wir wissen nicht wohin, sind obdachlos", CrisisKind.NOWHERE_TO_SLEEP),
    ("weiß nicht wo ich heute schlafen soll", CrisisKind.NOWHERE_TO_SLEEP),
    ("unser Baby brüllt seit Stunden", CrisisKind.CRYING_BABY_EXHAUSTED),
    ("ich habe Angst, dass ich mein Baby schüttele", CrisisKind.CRYING_BABY_EXHAUSTED),
    ("ich kann einfach nicht mehr", CrisisKind.PARENT_AT_END),
    ("Tochter hat Tabletten geschluckt", CrisisKind.POISON),
    ("ungewollt schwanger", CrisisKind.PREGNANCY_DISTRESS),
]
HARMLESS = [
    "Gewaltfreie Kommunikation Kurs",
    "Suizidprävention Vortrag für Lehrkräfte",
    "Fortbildung sexualisierte Gewalt",
    "Schlagzeug lernen",
    "Tischtennis",
    "Mein Kind kann nicht mehr schwimmen gehen",
    "Mein Sohn schlägt andere Kinder",
    "am Ende der Ferien",
    "Wir können die Klassenfahrt nicht mehr bezahlen",
    "Erste Hilfe am Kind",
    "Babyschwimmen",
    "Täterarbeit häusliche Gewalt Konzept",
    "",
]


@pytest.mark.parametrize(("text", "kind"), DANGERS)
def test_danger_is_heard(text: str, kind: CrisisKind) -> None:
    assert kind in detect(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_raise_no_alarm(text: str) -> None:
    assert detect(text) == ()


def test_somebody_who_speaks_of_themselves_is_heard_even_in_a_planner_s_words() -> None:
    assert CrisisKind.VIOLENCE_HOME in detect("Workshop oder Hilfe, mein Mann schlägt mich")


def test_the_most_urgent_comes_first() -> None:
    assert detect("mein Mann schlägt mich, ich will nicht mehr leben")[0] is CrisisKind.SUICIDE


@given(st.text(max_size=500))
def test_any_text_gets_an_answer(text: str) -> None:
    assert set(detect(text)) <= set(CrisisKind)
