"""Signs that a text names a person: names, birthdays, addresses, numbers. A hint for the one who writes, no proof.

German texts of offices, which write every noun with a capital: so a capital alone is no sign. What counts is a form
of address or "heißt" before a capital, a common first name, a day, a street with its number, a postcode with a town,
a telephone number, a mail address, a file number, initials, and whatever the caller knows (the names in a case).
Without the caller's names a rare name in a bare sentence is not found: whoever writes must still read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sign(StrEnum):
    """What a passage looks like."""

    NAME = "name"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    FILE_NUMBER = "file_number"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that may name somebody, as it is written, and where it begins."""

    sign: Sign
    words: str
    start: int


_CAPITAL: Final = r"[A-ZÄÖÜÇŞĞİ][\w'’-]+"
_MONTHS: Final = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_PATTERNS: Final[tuple[tuple[Sign, re.Pattern[str]], ...]] = (
    (Sign.EMAIL, re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b")),
    (
        Sign.BIRTHDAY,
        re.compile(
            r"\b(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|"
            rf"\d{{1,2}}\.\s?(?:{_MONTHS})\s+(?:19|20)\d\d)\b"
        ),
    ),
    (
        Sign.ADDRESS,
        re.compile(
            rf"\b(?:[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|pfad|berg|hof)|"
            rf"{_CAPITAL}er\s(?:Straße|Str\.|Weg|Platz|Allee))\s+\d{{1,3}}\s?[a-z]?\b"
        ),
    ),
    (Sign.ADDRESS, re.compile(rf"\b\d{{5}}\s+{_CAPITAL}")),
    (Sign.PHONE, re.compile(r"(?<![\w.])(?:\+\d{2}|0\d)[\d\s/()-]{5,}\d")),
    (Sign.FILE_NUMBER, re.compile(r"\b(?:Az\.?|AZ|Aktenzeichen|Geschäftszeichen)[:.\s]+[\w/.-]*\d[\w/.-]*")),
    (Sign.NAME, re.compile(rf"\b(?:Herrn?|Frau|Familie|Fam\.|Eheleute)\s+(?:Dr\.\s+)?({_CAPITAL})")),
    (
        Sign.NAME,
        re.compile(rf"\b(?:heißt|hieß|namens|genannt|Name ist|Namen)\s+({_CAPITAL}(?:\s{_CAPITAL})?)"),
    ),
    (Sign.NAME, re.compile(r"(?<![\w.])[A-ZÄÖÜ]\.\s?[A-ZÄÖÜ]\.(?!\w)")),
)
# After "Frau" and "Familie" often stands a noun that is no name.
_NO_NAMES: Final = frozenset(
    """Hilfe Hilfen Unterstützung Beratung Kind Kinder Mutter Vater Eltern Wohnung Arbeit Geld Angst Probleme
    Schwierigkeiten Kontakt Besuch Termin Termine Begleitung Zeit Schulden Familie Frau Herr Doktor Ärztin Arzt""".split()
)
# Common first names in Germany, many roots; words that are nouns, months or towns, too, are left out.
FIRST_NAMES: Final = frozenset(
    """Adam Adem Ahmad Ahmed Aileen Aleksandra Alexander Alexandra Ali Alina Alma Amal Amelie Amina Amir Amira
    Anastasia Andrea Andreas Andrii Anja Anna Anne Annika Anton Antonia Arda Arne Arthur Asya Aya Ayla Ayşe Aylin Azra
    Baran Bastian Beate Ben Benjamin Berat Bernd Birgit Bjarne Björn Bogdan Boris Can Carla Carlotta Caroline Cedric
    Celina Cem Charlotte Chiara Christian Christiane Christina Christine Christoph Claudia Clara Clemens Damian Daniel
    Daniela Dariia Darius David Dennis Denise Deniz Diana Diego Dilara Dimitri Dominik Ecrin Ela Elena Elias Elif Elisa
    Elisabeth Ella Ellen Elsa Emil Emilia Emilio Emine Emir Emma Emre Enes Enno Eren Erik Esra Eva Fabian Fabienne
    Fatih Fatima Fatma Felix Ferdinand Finja Finn Florian Franziska Frederik Frieda Friederike Fynn Gabriel Gabriele
    Georg Gerd Greta Günther Gülcan Hakan Halil Hamza Hanna Hannah Hannes Hans Harun Hasan Hatice Heike Heinz Helena
    Helga Helmut Henri Henriette Henrik Henry Hilal Horst Hussein Hüseyin Ibrahim Ida Igor Ilayda Ingo Ingrid Irina
    Iris Isabel Isabella Ivan Iwan Jakob Jamal Jana Janina Jannik Jannis Janosch Jasmin Jennifer Jens Jeremias Jessica
    Joel Johann Johanna Johannes Jonah Jonas Jonathan Josef Josefine Joshua Joy Judith Julia Julian Juliane Julius
    Jürgen Justin Justus Kaan Karim Karin Karl Karla Karoline Katarina Kateryna Katharina Kathrin Katja Kemal Kerem
    Kerstin Kevin Khaled Kilian Klara Klaus Konstantin Lara Larissa Lars Laura Layla Lea Leandro Leila Leni Lennard
    Lennart Leo Leon Leonard Leonie Levi Levin Lia Liam Lilli Lilly Lina Linda Linus Lisa Liselotte Lotta Lotte Louis
    Louisa Luca Lucas Lucia Luis Luisa Lukas Lukasz Luna Lutz Maja Malte Manfred Manuel Manuela Mara Marcel Marco Mareike
    Maren Maria Mariam Marie Marina Mario Marius Markus Marlene Marta Martha Martin Martina Mateo Mathilda Matteo Matti
    Matthias Max Maxim Maximilian Maya Mehmet Melanie Melek Melina Melis Melissa Merle Merve Mia Michael Michaela Mika
    Mila Milan Milena Milo Mira Miriam Mohamad Mohamed Mohammad Mohammed Mona Monika Moritz Murat Musa Mustafa Nadine
    Nadja Natalia Nele Nick Nico Nicole Niklas Nils Nina Noah Noemi Nora Norbert Nour Oksana Olaf Oleh Oleksandr Olena
    Olga Oliver Olivia Omar Ömer Oskar Pascal Patricia Patrick Paul Paula Pauline Peter Petra Philipp Phil Pia Rafael
    Ralf Ramona Rania Raphael Rayan Rebecca Regina Reinhard Renate Rita Robert Robin Roman Romy Ronja Roza Rüdiger
    Ruth Sabine Sabrina Sadia Said Salma Samira Samuel Sandra Sara Sarah Sascha Sebastian Selin Selina Selma Semih Sena
    Serhii Silke Silvia Simon Simone Sina Sofia Sofie Sonja Sophia Sophie Stefan Stefanie Stella Stephan Susanne Svenja
    Svitlana Sven Sylvia Tamara Tanja Tarek Tatjana Theo Theodor Theresa Thilo Thomas Tim Timo Tina Tobias Tom Tomasz
    Torben Torsten Uli Ulrich Ulrike Umut Ursula Uwe Valentin Valentina Valeria Vanessa Vera Veronika Victoria Viktor
    Viktoria Viola Volker Volodymyr Walter Werner Wiebke Wilhelm Willi Xenia Yannick Yara Yasin Yasmin Yigit Younes
    Yuliia Yusuf Yvonne Zehra Zeynep Zoe""".split()
)
_WORD: Final = re.compile(rf"(?<![\w-]){_CAPITAL}")
_GENITIVE: Final = re.compile(r"['’]?s$")


def signs_of_a_person(text: str, *, known: Collection[str] = ()) -> tuple[Mark, ...]:
    """The passages that may name somebody, in order of reading, none inside another; `known` are names to look for."""
    found = sorted((*_patterns(text), *_first_names(text), *_known(text, known)), key=_order)
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].start + len(kept[-1].words):
            kept.append(mark)
    return tuple(kept)


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -len(mark.words)


def _patterns(text: str) -> Iterator[Mark]:
    for sign, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.lastindex and match[match.lastindex] in _NO_NAMES:
                continue
            yield Mark(sign, match[0].strip(), match.start())


def _first_names(text: str) -> Iterator[Mark]:
    """A common first name, also in the genitive and with a family name after it."""
    for match in _WORD.finditer(text):
        word = match[0]
        if word in FIRST_NAMES or _GENITIVE.sub("", word) in FIRST_NAMES:
            yield Mark(Sign.NAME, word, match.start())


def _known(text: str, names: Collection[str]) -> Iterator[Mark]:
    for name in names:
        for part in filter(None, name.split()):
            if len(part) < 3:
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(part)}s?(?!\w)", text, re.IGNORECASE):
                yield Mark(Sign.NAME, match[0], match.start())
