"""The figures of the finder, computed by hand."""

import math

from lueckenlos.kernels.evaluation import lacks_good, ndcg, recall, reciprocal_rank

RELEVANT = {"a": 3, "b": 2, "c": 1}


def test_the_best_order_scores_one() -> None:
    assert ndcg(["a", "b", "c"], RELEVANT) == 1.0


def test_gain_is_two_to_the_grade_less_one_discounted_by_place() -> None:
    best = 7 + 3 / math.log2(3) + 1 / 2
    assert math.isclose(ndcg(["x", "a"], RELEVANT), (7 / math.log2(3)) / best)


def test_a_result_named_twice_counts_once() -> None:
    assert ndcg(["a", "a", "b", "c"], RELEVANT) == 1.0


def test_nothing_relevant_is_no_failure() -> None:
    assert ndcg(["x"], {}) == 1.0
    assert recall(["x"], {}) == 1.0


def test_results_beyond_the_depth_do_not_count() -> None:
    assert ndcg(["x"] * 1 + [str(n) for n in range(9)] + ["a"], RELEVANT) == 0.0
    assert recall(["a", "b"], RELEVANT, depth=1) == 1 / 3


def test_a_list_without_a_good_result_is_told() -> None:
    assert lacks_good(["c", "x"], RELEVANT)
    assert not lacks_good(["c", "b"], RELEVANT)
    assert reciprocal_rank(["c", "b"], RELEVANT) == 0.5
