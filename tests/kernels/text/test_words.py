"""Words are found however they are written, bent, joined or misspelled."""

from functools import lru_cache

import pytest
from HanTa.HanoverTagger import HanoverTagger
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.text import languages
from lueckenlos.kernels.text.analysis import Analyzer
from lueckenlos.kernels.text.folding import clean, fold, words
from lueckenlos.kernels.text.german import UNSEEN, German
from lueckenlos.kernels.text.mending import understand
from lueckenlos.kernels.text.spelling import Speller, allowed_changes


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    return Analyzer(German(HanoverTagger("morphmodel_ger.pgz")))


def keys(text: str) -> set[str]:
    return {term.key for term in analyzer().question(text, lang="de").terms}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Düren", "Dueren"),
        ("DÜREN", "duren"),
        ("Straße", "Strasse"),
        ("Größe", "groesse"),
        ("أنا", "انا"),
        ("ёлка", "елка"),
    ],
)
def test_ways_of_writing_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_u_and_e_that_are_no_umlaut_stay_apart() -> None:
    assert fold("neue") == "neue"
    assert fold("Quelle") == "quelle"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=2_000))
def test_any_text_is_cleaned_and_analyzed_without_error(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= 400
    assert "\x00" not in cleaned
    assert all(word.strip() for word in words(cleaned))
    languages.detect(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schreibabyambulanz", "Schreiambulanz"),
        ("Hausaufgabenbetreuung", "Betreuung bei Hausaufgaben"),
        ("Trennung", "getrennt"),
        ("Mobbing", "gemobbt"),
        ("Mütter", "Mutter"),
        ("Krabbelgruppe", "Gruppe zum Krabbeln"),
        ("Babyerstausstattungszuschuss", "Zuschuss"),
    ],
)
def test_bent_and_joined_words_share_a_term(one: str, other: str) -> None:
    assert keys(one) & keys(other)


def test_index_and_question_see_the_same_terms() -> None:
    text = "Offene Hebammensprechstunde für Schwangere"
    assert keys(text) == set(analyzer().document(text))


def test_a_part_says_less_than_the_whole() -> None:
    weights = {term.key: term.weight for term in analyzer().question("Jugendfeuerwehr", lang="de").terms}
    assert weights["jugendfeuerwehr"] > weights["jugend"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("çocuğum okula gitmek istemiyor", "tr"),
        ("طفلي مريض", "ar"),
        ("допомога для дитини", "uk"),
        ("моя дочь плачет", "ru"),
        ("where can my child learn to swim", "en"),
        ("pomoc dla dziecka", "pl"),
        ("Mein Kind will nicht in die Schule", "de"),
        ("Hebamme", "de"),
    ],
)
def test_the_language_of_a_short_question_is_guessed(text: str, lang: str) -> None:
    assert languages.detect(text) == lang


SPELLER = Speller(
    {"Krabbelgruppe": 5, "Tafel": 3, "Nörvenich": 4, "Kleiderkammer": 2, "Kinder": 50, "kennen": 9}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("krabelgruppe", "Krabbelgruppe"),
        ("Taffel", "Tafel"),
        ("Noervenich", None),
        ("nörvenisch", "Nörvenich"),
        ("xyzzyq", None),
    ],
)
def test_a_misspelled_word_is_mended_by_its_nearest(typed: str, meant: str | None) -> None:
    mended = SPELLER.mend(typed)
    assert (mended.meant if mended else None) == meant


def test_short_words_are_left_alone() -> None:
    assert [allowed_changes(length) for length in (2, 3, 6, 7, 11, 12)] == [0, 1, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bref", "Brief"), ("niht", "nicht"), ("Auot", "Auto"), ("mekn", "mein"),
        ("Birf", None), ("Noah", None), ("Lina", None),
    ],
)  # fmt: skip
def test_in_four_letters_one_may_be_missing_swapped_or_beside_but_not_just_any(
    typed: str, meant: str | None
) -> None:
    mended = Speller(["Brief", "nicht", "noch", "nach", "Auto", "Line", "Linde", "mein"]).mend(typed)
    assert (mended.meant if mended else None) == meant


def test_a_missing_letter_is_likelier_than_another_one() -> None:
    mended = Speller({"Malen": 1, "Mann": 50}).mend("maln")
    assert mended and mended.meant == "Malen"


def test_the_next_key_is_as_likely_as_a_missing_letter() -> None:
    mended = Speller({"hängt": 9, "Haft": 1}).mend("hänft")
    assert mended and mended.meant == "hängt"


COMPOUNDS = Speller(
    {
        "Eltern": 50, "Medienberatung": 9, "Familien": 30, "Rechtsberatung": 5, "Hilfe": 80, "Kurs": 20,
        "Familientherapie": 3, "Wohnung": 8, "Suche": 4, "Frühförderung": 6, "Fürst": 1,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Eltwrnmedienberatung", "Elternmedienberatung"),
        ("Familienrecchtsberatung", "Familienrechtsberatung"),
        ("familienrcehtsberatung", "familienrechtsberatung"),
        ("Wohnugnssuche", "Wohnungssuche"),
        ("Frühförderungsskurs", "Frühförderungskurs"),
        ("Jugendarbeitslosigkeitshlfe", "Jugendarbeitslosigkeitshilfe"),
        ("Familientherapiekkurs", "Familientherapiekurs"),
        ("Multiramilientherapie", "Multifamilientherapie"),
        ("Elternmedienberatung", None),
        ("Elternsuche", None),
        ("Eltwrnmedeinberatung", None),
        ("Qqqqqqmedienberatung", None),
        ("Elternkurs", None),
    ],
)
def test_one_wrong_letter_in_a_part_of_a_compound_is_mended_where_the_rest_is_known(
    typed: str, meant: str | None
) -> None:
    language = {"jugendarbeitslosigkeits": -20.0, "multi": -11.0}
    mended = COMPOUNDS.mend_part(typed, language=lambda part: language.get(part, -40.0))
    assert (mended.meant if mended and mended.likely > -35.0 else None) == meant


def test_a_question_is_mended_part_by_part_only_where_no_whole_word_is_near() -> None:
    asked = {"mended": "Wohnugnssuche in Titz", "near": "Rechtsberatunk"}
    found = {
        name: understand(text, analyzer=analyzer(), speller=COMPOUNDS, known=lambda key: False).text
        for name, text in asked.items()
    }
    assert found == {"mended": "Wohnungssuche in Titz", "near": "Rechtsberatung"}


def mend(text: str) -> str:
    return understand(text, analyzer=analyzer(), speller=SPELLER, known=lambda key: False).text


def test_a_compound_torn_apart_is_joined() -> None:
    assert mend("kleider kamer") == "Kleiderkammer"


class Counting:
    """A tagger that says what it was asked, and knows nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def analyze(self, word: str, taglevel: int = 1) -> tuple[str, list[tuple[str, str]], str]:
        return word, [(word, "NN")], "NN"

    def tag_word(self, word: str, cutoff: int = 5) -> list[tuple[str, float]]:
        self.asked.append(word)
        return []


def test_an_endless_word_is_not_looked_up() -> None:
    tagger = Counting()
    german = German(tagger)

    assert german.likely("xyzqw" * 80) <= UNSEEN
    assert tagger.asked == []
    assert german.likely("xyzqw") <= UNSEEN
    assert tagger.asked == ["xyzqw", "Xyzqw"]


def test_a_word_that_german_knows_is_not_mended_into_another() -> None:
    assert mend("wo kann ich pennen") == "wo kann ich pennen"


def test_other_languages_are_not_mended_into_german() -> None:
    assert mend("çocuklar için tafel") == "çocuklar için tafel"
