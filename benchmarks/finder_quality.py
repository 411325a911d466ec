"""The finder finds what judged questions ask for, better than full-text search, BM25 or the encoder alone.

Every peer gets the same filters for place and age, so that the difference lies in the words. Our figures come from
models that never saw the question (tenfold cross-validation, grouped by question).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from rank_bm25 import BM25Okapi
from tools import fit_ranking

from benchmarks import figures, house
from benchmarks.figures import Figure, Size, Table
from benchmarks.typing_errors import Method, kept, mistyped
from lueckenlos.kernels.evaluation import lacks_good, ndcg, recall
from lueckenlos.kernels.text import german
from lueckenlos.kernels.text.folding import words
from lueckenlos.kernels.text.ranking.features import FEATURES
from lueckenlos.offers.finder import engine, retrieval, searching, selectors, services
from lueckenlos.offers.finder.encoder import encoder
from lueckenlos.offers.finder.models import IndexedService
from lueckenlos.offers.finder.types import SearchRequest

QUERIES = house.ROOT.parent / "shared" / "data" / "finder" / "queries-dev.jsonl"
DEPTH = 20
WITH_ERRORS = frozenset({"typo", "other_language"})
"""Styles that are no German typed rightly: an error in them measures nothing."""
FULL_TEXT = """
SELECT key FROM finder_indexedservice
WHERE key = ANY(%s) AND to_tsvector('german', texts->>'text' || ' ' || (texts->>'easy')) @@ query
ORDER BY ts_rank(to_tsvector('german', texts->>'text' || ' ' || (texts->>'easy')), query) DESC, key LIMIT 20
"""
# Any word may match: with AND between them, everyday sentences find nothing at all.
OR_QUERY = "replace(plainto_tsquery('german', %s)::text, '&', '|')::tsquery"


@dataclass(frozen=True, slots=True)
class Answered:
    """One question's results by one method."""

    style: str
    results: Sequence[str]
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one method over some questions."""

    ndcg: float
    recall: float
    without_good: float


def run(size: Size) -> Table:
    """Return the figures by style."""
    with house.county():
        while services.make_vectors(limit=200):
            pass
        asked = [
            json.loads(line) for line in QUERIES.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        peers = _peers()
        scores = measure(asked, peers, repeats=1 if size is Size.QUICK else fit_ranking.REPEATS)
        mistypings = _mistypings(asked[:: 10 if size is Size.QUICK else 1], peers)
    return Table(
        title="Finder: quality",
        claim="Families find in their own words what full-text search does not see",
        figures=(*_found(scores), *mistypings),
        note="nDCG and recall: ours on unseen questions, cross-validated. The ratio is taken against the best peer. "
        "Features and settings were chosen with these questions in sight, so a little of the figure is optimism. "
        "Typing errors: share of questions whose first hit stays among the first three with one error somewhere.",
    )


def _found(scores: Mapping[str, Mapping[str, "Score"]]) -> list[Figure]:
    ours = scores["ours"]
    peers = [name for name in scores if name != "ours"]
    listed = [
        Figure(
            what=f"nDCG@10, {style}",
            ours=f"{score.ndcg:.3f}",
            against=" / ".join(peers),
            theirs=" / ".join(f"{scores[name][style].ndcg:.3f}" for name in peers),
            ratio=figures.times(score.ndcg / max(scores[name][style].ndcg for name in peers)),
            aim="≥ 0.85" if style == "all" else "≥ 0.75",
        )
        for style, score in ours.items()
    ]
    for what, pick, best, aim in (
        ("recall@20", lambda score: score.recall, max, ""),
        ("share without a good result", lambda score: score.without_good, min, "≤ 2 %"),
    ):
        theirs = [pick(scores[name]["all"]) for name in peers]
        listed.append(
            Figure(
                what=what,
                ours=f"{pick(ours['all']):.3f}",
                against=" / ".join(peers),
                theirs=" / ".join(f"{value:.3f}" for value in theirs),
                ratio=figures.times(pick(ours["all"]) / (best(theirs) or 1.0)),
                aim=aim,
            )
        )
    return listed


def _request(asked: Mapping[str, Any]) -> SearchRequest:
    context = asked["context"] or {}
    return SearchRequest(text=asked["query"], ags=context.get("ags"), age=context.get("age"))


def _mistypings(asked: Sequence[Mapping[str, Any]], peers: Mapping[str, Method]) -> list[Figure]:
    cases = list(mistyped(_request(each) for each in asked if each["style"] not in WITH_ERRORS))
    ours = kept(lambda request: [hit.key for hit in selectors.search(request).hits], cases)
    theirs = [kept(method, cases) for method in peers.values()]
    listed = []
    for each in (ours, *theirs):
        each["one error of any kind"] = [stayed for kind in each.values() for stayed in kind]
    for kind, stayed in ours.items():
        best = [float(np.mean(each.get(kind) or [False])) for each in theirs]
        share = float(np.mean(stayed))
        listed.append(
            Figure(
                what=f"{kind}, {len(stayed)} questions",
                ours=f"{share:.3f}",
                against=" / ".join(peers),
                theirs=" / ".join(f"{value:.3f}" for value in best),
                ratio=figures.times(share / (max(best) or 1.0)),
                aim="≥ 0.98",
            )
        )
    return listed


def measure(
    asked: Sequence[Mapping[str, Any]], peers: Mapping[str, Method], *, repeats: int
) -> dict[str, dict[str, Score]]:
    """Return method → style → figures."""
    judged = fit_ranking.collect(QUERIES, measured=searching.measured_for, request=SearchRequest)
    unseen = [
        Answered(one.style, fit_ranking.ranked(one, scores[row])[:DEPTH], one.relevant)
        for scores in fit_ranking.unseen(judged, columns=FEATURES, repeats=repeats)
        for row, one in enumerate(judged)
    ]
    found = {"ours": _by_style(unseen)}
    requests = [_request(each) for each in asked]
    for name, method in peers.items():
        answers = [
            Answered(each["style"], method(request), each["relevant"])
            for each, request in zip(asked, requests, strict=True)
        ]
        found[name] = _by_style(answers)
    return found


def _peers() -> dict[str, Method]:
    listed = list(IndexedService.objects.order_by("key").values_list("pk", "key", "texts"))
    stems = [
        [german.stem(word) for word in words(f"{texts['text']} {texts['easy']}")] for _, _, texts in listed
    ]
    counted = BM25Okapi(stems)
    position = {key: row for row, (_, key, _) in enumerate(listed)}

    def allowed(request: Any) -> list[str]:
        return list(
            retrieval.filtered(request, ags=request.ags, age=request.age).values_list("key", flat=True)
        )

    def full_text(request: Any) -> list[str]:
        statement = FULL_TEXT.replace("@@ query", f"@@ {OR_QUERY}").replace(", query)", f", {OR_QUERY})")
        with connection.cursor() as cursor:
            cursor.execute(statement, [allowed(request), request.text, request.text])
            return [key for (key,) in cursor.fetchall()]

    def bm25(request: Any) -> list[str]:
        scores = counted.get_scores([german.stem(word) for word in words(request.text)])
        keys = [key for key in allowed(request) if scores[position[key]] > 0]
        return sorted(keys, key=lambda key: -scores[position[key]])[:DEPTH]

    peers: dict[str, Method] = {"PostgreSQL german": full_text, "BM25 on stems": bm25}
    vectors, reader = engine.service_vectors(engine.state()), encoder()
    if vectors is not None and reader is not None:
        ours = {key: vectors.rows[pk] for pk, key, _ in listed}

        def meaning(request: Any) -> list[str]:
            near = vectors.text @ reader.questions([request.text])[0]
            return sorted(allowed(request), key=lambda key: -near[ours[key]])[:DEPTH]

        peers["encoder alone"] = meaning
    return peers


def _by_style(answers: Sequence[Answered]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for style in ("all", *sorted({each.style for each in answers})):
        chosen = [each for each in answers if style in ("all", each.style)]
        scores[style] = Score(
            ndcg=float(np.mean([ndcg(each.results, each.relevant) for each in chosen])),
            recall=float(np.mean([recall(each.results, each.relevant) for each in chosen])),
            without_good=float(np.mean([lacks_good(each.results, each.relevant) for each in chosen])),
        )
    return scores


if __name__ == "__main__":
    figures.main(run)
