"""Services are ranked by words, phrases, meaning, place and age, each for itself."""

import numpy as np
import pytest

from lueckenlos.kernels.text.analysis import PART_WEIGHT, Analyzed, Term
from lueckenlos.kernels.text.hints import Hints, Speaker
from lueckenlos.kernels.text.ranking.documents import Document, statistics
from lueckenlos.kernels.text.ranking.features import FEATURES, Meaning, Question, measure
from lueckenlos.kernels.text.ranking.lexical import score_words, weigh
from lueckenlos.kernels.text.ranking.meaning import centered, pack, unit, unpack
from lueckenlos.kernels.text.ranking.model import trees_from
from lueckenlos.kernels.text.ranking.phrases import Intent, Phrase, PhraseBook


def asked(*forms: tuple[str, float]) -> Analyzed:
    terms = tuple(Term(key, weight, index, key) for index, (key, weight) in enumerate(forms))
    return Analyzed("de", tuple(key for key, _ in forms), terms)


def service(key: str, *, words: dict[str, float], **more: object) -> Document:
    return Document(key=key, title=words, body=words, **{"kind": "beratung", **more})  # type: ignore[arg-type]


def columns(
    question: Question, documents: list[Document], meaning: Meaning | None = None
) -> dict[str, list[float]]:
    table, _ = measure(question, documents, stats=statistics(documents), meaning=meaning)
    return {name: table[:, place].tolist() for place, name in enumerate(FEATURES)}


def ask(analyzed: Analyzed, **more: object) -> Question:
    return Question(analyzed=analyzed, **{"hints": Hints(), "intent": Intent(), **more})  # type: ignore[arg-type]


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    documents = [
        service("rare", words={"autismus": 1}),
        service("often", words={"kind": 1}),
        service("more", words={"kind": 1}),
        service("most", words={"kind": 1}),
    ]
    stats = statistics(documents)
    question = weigh(asked(("autismus", 1.0), ("kind", 1.0)).terms, stats=stats)
    rare, often = (score_words(question, each, stats=stats) for each in documents[:2])
    assert rare.body > often.body


def test_parts_of_one_compound_add_up_but_never_beyond_the_whole_word_s_forms() -> None:
    terms = (
        Term("jugendfeuerwehr", 1.0, 0, "Jugendfeuerwehr"),
        Term("jugend", PART_WEIGHT, 0, "Jugendfeuerwehr"),
        Term("feuerwehr", PART_WEIGHT, 0, "Jugendfeuerwehr"),
    )
    documents = [
        service("whole", words={"jugendfeuerwehr": 1, "jugend": 0.5, "feuerwehr": 0.5}),
        service("parts", words={"jugend": 1, "feuerwehr": 1}),
        service("part", words={"jugend": 1}),
    ]
    stats = statistics(documents)
    question = weigh(terms, stats=stats)
    whole, parts, part = (score_words(question, each, stats=stats) for each in documents)
    assert part.body < parts.body
    assert parts.coverage <= whole.coverage <= 1


def test_place_and_age_are_measured() -> None:
    documents = [
        service(
            "here",
            words={"x": 1},
            ags="A",
            catchment=frozenset({"A"}),
            point=(0.0, 0.0),
            age_min=3,
            age_max=6,
        ),
        service("far", words={"x": 1}, ags="B", point=(30_000.0, 0.0), age_min=10, age_max=18),
    ]
    found = columns(ask(asked(("x", 1.0)), ags="A", point=(0.0, 0.0), age=4), documents)
    assert found["here"] == [1, 0]
    assert found["local"] == [1, 0]
    assert found["near"][0] == 1
    assert found["near"][1] < 0.05
    assert found["age_fit"] == [1, 0]


def test_offers_for_professionals_are_held_back_from_families_alone() -> None:
    documents = [service("pro", words={"x": 1}, audience="fachkraefte")]
    assert columns(ask(asked(("x", 1.0))), documents)["professional"] == [-1]
    expert = Hints(speaker=Speaker.PROFESSIONAL)
    assert columns(ask(asked(("x", 1.0)), hints=expert), documents)["professional"] == [1]


PHRASES = [
    Phrase(
        id=1,
        lang="de",
        text="Papa trinkt",
        office="Suchtberatung",
        kinds=("sucht",),
        words={"papa": 1, "trink": 1},
        terms={"sucht": 1},
    ),
    Phrase(
        id=2,
        lang="de",
        text="kein Geld",
        office="Schuldnerberatung",
        kinds=("schulden", "antrag"),
        words={"geld": 1},
        terms={"schuld": 1},
    ),
]


def test_a_phrase_points_to_its_kinds_and_office_words() -> None:
    intent = PhraseBook(PHRASES).intent(asked(("trink", 1.0), ("papa", 1.0)))
    assert max(intent.kinds, key=lambda kind: intent.kinds[kind]) == "sucht"
    assert "sucht" in intent.terms
    assert intent.matches[0].phrase.id == 1


def test_meaning_finds_a_phrase_without_a_word_in_common() -> None:
    vectors = np.asarray([[1.0, 0.2], [0.2, 1.0]], dtype=np.float32)
    book = PhraseBook(PHRASES, vectors=unit(vectors), office_vectors=unit(vectors))
    intent = book.intent(asked(("unbekannt", 1.0)), vector=unit(np.asarray([0.1, 1.0], dtype=np.float32)))
    assert intent.matches[0].phrase.id == 2
    assert next(iter(intent.kinds)) == "schulden"


def test_a_new_phrase_without_a_vector_is_found_by_its_words() -> None:
    vectors = unit(np.asarray([[1.0, 0.2], [0.2, 1.0], [0.0, 0.0]], dtype=np.float32))
    new = Phrase(
        id=3,
        lang="de",
        text="Blubb",
        office="Tafel",
        kinds=("essen",),
        words={"blubb": 1},
        terms={"tafel": 1},
    )
    book = PhraseBook(
        [*PHRASES, new], vectors=vectors, office_vectors=vectors, ready=np.asarray([True, True, False])
    )
    intent = book.intent(asked(("blubb", 1.0)), vector=vectors[0])
    assert intent.matches[0].phrase.id == 3


def test_an_empty_thesaurus_points_nowhere() -> None:
    assert PhraseBook([]).intent(asked(("x", 1.0))).kinds == {}


def test_packed_vectors_keep_their_angles() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(20, 384)).astype(np.float32))
    assert np.abs(unpack(pack(vectors)) @ vectors.T - vectors @ vectors.T).max() < 0.01


def test_centering_takes_away_what_all_texts_share() -> None:
    vectors = unit(np.asarray([[5.0, 1.0], [5.0, -1.0]], dtype=np.float32))
    apart = centered(vectors)
    assert apart[0] @ apart[1] == pytest.approx(-1, abs=1e-4)


def test_trees_mend_a_weighted_sum() -> None:
    model = trees_from(
        {
            "columns": ["a", "b"],
            "weights": [1.0, 0.0],
            "slope": 1.0,
            "shift": 0.0,
            "trees": [[[1, 0.5, 1, 2], [10.0], [20.0]], [[0.5]]],
        }
    )
    raw = model.raw(np.asarray([[1.0, 0.5], [2.0, 0.6]]), columns=("a", "b"))
    assert raw.tolist() == [11.5, 22.5]
    assert model.likely(0.0) == 0.5
