"""Fits the finder's ranking on judged questions and writes `ranking.json`; shows first how it does on unseen ones.

Run with a loaded county whose vectors are ready:
`python -m tools.fit_ranking QUERIES.jsonl` (cross-validation and file) or with `--only-check`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import lightgbm
import numpy as np
from numpy.typing import NDArray

from lueckenlos.kernels.evaluation import GOOD, lacks_good, ndcg, recall
from lueckenlos.kernels.text.ranking.features import FEATURES, WORD_FEATURES

FOLDS = 10
REPEATS = 5
TREES = 150
SMOOTHING = 0.003
STEPS = 40
SETTINGS: Mapping[str, Any] = {
    "objective": "lambdarank", "learning_rate": 0.06, "num_leaves": 4, "min_data_in_leaf": 30,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
    "num_threads": 1, "label_gain": [0, 1, 3, 7], "lambdarank_truncation_level": 15, "max_bin": 63,
    "deterministic": True, "seed": 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged question with its candidates' features."""

    style: str
    keys: tuple[str, ...]
    table: NDArray[np.float64]
    grades: NDArray[np.int64]
    relevant: Mapping[str, int]


def collect(path: Path, *, measured: Callable[[Any], Any], request: Callable[..., Any]) -> list[Judged]:
    """Return the features of every judged question as the search itself measures them."""
    listed: list[Judged] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        context = asked["context"] or {}
        found = measured(request(text=asked["query"], ags=context.get("ags"), age=context.get("age")))
        keys = tuple(each.document.key for each in found.candidates)
        grades = np.asarray([asked["relevant"].get(key, 0) for key in keys])
        listed.append(Judged(asked["style"], keys, found.table, grades, asked["relevant"]))
    return listed


@dataclass(frozen=True, slots=True)
class Fitted:
    """A weighted sum and the trees that mend it."""

    weights: NDArray[np.float64]
    trees: lightgbm.Booster

    def scores(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the score of each row."""
        return np.asarray(table @ self.weights + self.trees.predict(table), dtype=np.float64)


def train(judged: Sequence[Judged], *, columns: Sequence[str]) -> Fitted:
    """Return sum and trees fitted on these questions."""
    chosen = [FEATURES.index(name) for name in columns]
    tables = [one.table[:, chosen] for one in judged]
    weights = weighted_sum(tables, [one.grades for one in judged])
    table = np.vstack(tables)
    grades = np.concatenate([one.grades for one in judged])
    data = lightgbm.Dataset(
        table, grades, group=[len(one.grades) for one in judged], init_score=table @ weights
    )
    return Fitted(weights, lightgbm.train(dict(SETTINGS), data, TREES))


def weighted_sum(
    tables: Sequence[NDArray[np.float64]], grades: Sequence[NDArray[np.int64]]
) -> NDArray[np.float64]:
    """Return weights under which gains are likeliest in a softmax over each question's services.

    Newton's steps, halved until they help: a whole step may overshoot while the weights are far off.
    """
    lists = [
        (table, (2.0**grade - 1) / (2.0**grade - 1).sum())
        for table, grade in zip(tables, grades, strict=True)
        if grade.any()
    ]
    weights = np.zeros(tables[0].shape[1])
    loss = _loss(weights, lists)
    for _ in range(STEPS):
        step = np.linalg.solve(*_bend(weights, lists))
        size = 1.0
        while size > 1e-4 and _loss(weights - size * step, lists) >= loss:
            size /= 2
        if size <= 1e-4:
            break
        weights = weights - size * step
        loss = _loss(weights, lists)
    return weights


Lists = Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]


def _loss(weights: NDArray[np.float64], lists: Lists) -> float:
    total = SMOOTHING * len(lists) * float(weights @ weights)
    for table, share in lists:
        raw = table @ weights
        highest = raw.max()
        total += float(highest + np.log(np.exp(raw - highest).sum()) - share @ raw)
    return total


def _bend(weights: NDArray[np.float64], lists: Lists) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return curvature and slope of the loss."""
    slope = 2 * SMOOTHING * len(lists) * weights
    curvature = 2 * SMOOTHING * len(lists) * np.eye(len(weights))
    for table, share in lists:
        raw = table @ weights
        chance = np.exp(raw - raw.max())
        chance /= chance.sum()
        mean = chance @ table
        slope = slope + mean - share @ table
        curvature += (table * chance[:, None]).T @ table - np.outer(mean, mean)
    return curvature, slope


def unseen(
    judged: Sequence[Judged], *, columns: Sequence[str], repeats: int = REPEATS
) -> list[list[NDArray[np.float64]]]:
    """Return each question's scores by models that never saw it, one list a repeat."""
    chosen = [FEATURES.index(name) for name in columns]
    rounds: list[list[NDArray[np.float64]]] = []
    for repeat in range(repeats):
        order = np.random.default_rng(repeat).permutation(len(judged))
        scores: list[NDArray[np.float64]] = [np.zeros(0)] * len(judged)
        for fold in range(FOLDS):
            held = set(order[fold::FOLDS].tolist())
            model = train([one for row, one in enumerate(judged) if row not in held], columns=columns)
            for row in held:
                scores[row] = model.scores(judged[row].table[:, chosen])
        rounds.append(scores)
    return rounds


def ranked(one: Judged, scores: NDArray[np.float64]) -> list[str]:
    """Return the keys, best first."""
    return [one.keys[row] for row in np.argsort(-scores, kind="stable")]


def likelihood(judged: Sequence[Judged], scores: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Return slope and shift that turn a score into the chance of a good answer (logistic, by Newton's steps)."""
    values = np.concatenate(list(scores))
    good = np.concatenate([one.grades >= GOOD for one in judged]).astype(np.float64)
    design = np.stack([values, np.ones_like(values)], axis=1)
    weights = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + 1e-6 * np.eye(2)
        weights += np.linalg.solve(curvature, design.T @ (good - chance))
    return float(weights[0]), float(weights[1])


def as_document(model: Fitted, *, columns: Sequence[str], slope: float, shift: float) -> dict[str, Any]:
    """Return the model as the kernel reads it."""
    trees = [_nodes(tree["tree_structure"]) for tree in model.trees.dump_model()["tree_info"]]
    weights = [round(weight, 5) for weight in model.weights.tolist()]
    return {
        "columns": list(columns),
        "weights": weights,
        "slope": round(slope, 5),
        "shift": round(shift, 5),
        "trees": trees,
    }


def _nodes(root: Mapping[str, Any]) -> list[list[float]]:
    listed: list[list[float]] = []

    def add(node: Mapping[str, Any]) -> int:
        place = len(listed)
        listed.append([])
        if "leaf_value" in node:
            listed[place] = [round(float(node["leaf_value"]), 6)]
        else:
            below, above = add(node["left_child"]), add(node["right_child"])
            listed[place] = [int(node["split_feature"]), round(float(node["threshold"]), 7), below, above]
        return place

    add(root)
    return listed


def report(judged: Sequence[Judged], rounds: Sequence[Sequence[NDArray[np.float64]]], *, title: str) -> None:
    """Print the figures of unseen questions by style."""
    print(f"{title}: {REPEATS} × {FOLDS}-fold, grouped by question")
    for style in ("", *sorted({one.style for one in judged})):
        rows = [
            (ranked(one, scores[row]), one.relevant)
            for scores in rounds
            for row, one in enumerate(judged)
            if not style or one.style == style
        ]
        print(
            f"  {style or 'all':16} nDCG@10 {np.mean([ndcg(*row) for row in rows]):.3f}"
            f"  recall@20 {np.mean([recall(*row) for row in rows]):.3f}"
            f"  without good {np.mean([lacks_good(*row) for row in rows]):.3f}"
        )


def main() -> None:
    """Fit, show, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--only-check", action="store_true")
    chosen = parser.parse_args()
    django.setup()
    from lueckenlos.config.house import opened  # noqa: PLC0415 - Django stands only now
    from lueckenlos.offers.finder import engine, searching  # noqa: PLC0415
    from lueckenlos.offers.finder.types import SearchRequest  # noqa: PLC0415

    documents: dict[str, Any] = {}
    with opened():
        for name, measured, columns in (
            ("full", searching.measured_for, FEATURES),
            ("words", searching.measured_by_words, WORD_FEATURES),
        ):
            judged = collect(chosen.queries, measured=measured, request=SearchRequest)
            rounds = unseen(judged, columns=columns)
            report(judged, rounds, title=name)
            slope, shift = likelihood(judged, rounds[0])
            model = train(judged, columns=columns)
            documents[name] = as_document(model, columns=columns, slope=slope, shift=shift)
    if not chosen.only_check:
        engine.MODEL.write_text(json.dumps(documents, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"written: {engine.MODEL.name}")


if __name__ == "__main__":
    main()
