"""The tagger that was made quicker says what HanTa says, to the last digit."""

import random
import re

import pytest
from HanTa.HanoverTagger import HanoverTagger

from lueckenlos.offers.finder.tagging import Tagger
from tests.servers import COUNTY

MODEL = "morphmodel_ger.pgz"
ODD = [
    "ß",
    "a",
    "STRASSE",
    "x" * 59,
    "سلام",
    "l'été",
    "B2",
    "öäü",
    "Schuldnerberatungsstellenverzeichnis",
    "qqqq",
]


@pytest.fixture(scope="module")
def hanta() -> HanoverTagger:
    return HanoverTagger(MODEL)


@pytest.fixture(scope="module")
def quick() -> Tagger:
    return Tagger(MODEL)


def words_of_the_county(count: int) -> list[str]:
    text = (COUNTY / "services.jsonl").read_text(encoding="utf-8")
    return random.Random(0).sample(sorted(set(re.findall(r"[^\W\d_]{2,60}", text))), count)


def test_every_word_has_the_same_parts_and_chances(hanta: HanoverTagger, quick: Tagger) -> None:
    for word in [*words_of_the_county(200), *ODD]:
        for written in (word, word.capitalize(), word.lower()):
            assert quick.analyze(written, taglevel=3) == hanta.analyze(written, taglevel=3), written
            assert quick.tag_word(written, cutoff=9) == hanta.tag_word(written, cutoff=9), written


def test_asked_for_a_part_of_speech_it_takes_the_word_apart_in_the_same_way(
    hanta: HanoverTagger, quick: Tagger
) -> None:
    for word in words_of_the_county(40):
        for kind in ("NN", "VV(INF)", "ADJ(A)"):
            assert quick.analyze(word, pos=kind, taglevel=3) == hanta.analyze(word, pos=kind, taglevel=3)
