"""How alike what services say of themselves is: the cosine of their rare words (tf-idf, Salton and Buckley 1988).

Words are cut to six letters, which takes off most German endings, and weigh the more the fewer services use them. The
likeness is that of the names times that of names and texts together: two courses that share a rare name but tell of
different things are not one, nor are two texts of the same trade with different names.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix, triu

STEM: Final = 6
Pairs = tuple[tuple[int, int, float], ...]


@lru_cache(maxsize=8)
def alike(
    names: tuple[str, ...], texts: tuple[str, ...], groups: tuple[str | None, ...], least: float
) -> Pairs:
    """The pairs of one group whose likeness (0 to 1) is at least so much: two rows, the smaller first, and how much.

    All have the same length; whoever has no group is left out. Kept for the same words, since those rarely change.
    """
    whole = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    short, long = _vectors(names), _vectors(whole)
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        if group is not None:
            rows.setdefault(group, []).append(row)
    found: list[tuple[int, int, float]] = []
    for members in rows.values():
        some = np.array(members, dtype=np.int64)
        product = (short[some] @ short[some].T).multiply(long[some] @ long[some].T)
        found += _pairs(triu(product, k=1).tocoo(), some.tolist(), least=least)
    return tuple(sorted(found))


def _pairs(product: csr_matrix, rows: Sequence[int], *, least: float) -> Iterable[tuple[int, int, float]]:
    entries = zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True)
    return [(rows[one], rows[other], value) for one, other, value in entries if value >= least]


def _vectors(texts: Sequence[str]) -> csr_matrix:
    """One row of length 1 for each text (texts x words)."""
    bags = [Counter(stems(text)) for text in texts]
    spread = Counter(stem for bag in bags for stem in bag)
    column = {stem: at for at, stem in enumerate(sorted(spread))}
    first = np.cumsum([0, *(len(bag) for bag in bags)])
    columns = np.array([column[stem] for bag in bags for stem in bag], dtype=np.int64)
    counts = np.array([count for bag in bags for count in bag.values()], dtype=np.float64)
    used = np.array([spread[stem] for stem in column], dtype=np.float64)
    weights = (1.0 + np.log(counts)) * np.log1p(len(texts) / used)[columns] if len(columns) else counts
    lengths = np.sqrt(np.bincount(np.repeat(np.arange(len(bags)), np.diff(first)), weights**2, len(bags)))
    weights = weights / np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(first))
    return csr_matrix((weights, columns, first), shape=(len(texts), max(len(column), 1)))


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text without case and signs, cut to six letters."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ß", "ss")
    bare = "".join(sign if sign.isalnum() else " " for sign in folded)
    return tuple(word[:STEM] for word in bare.split())
