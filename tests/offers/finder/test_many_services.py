"""In a directory too large to rank every service, the likeliest are still found, within the filters."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.fields import Distance, Point
from lueckenlos.kernels.text.ranking.phrases import Intent
from lueckenlos.offers.finder import engine, retrieval, selectors, services
from lueckenlos.offers.finder.models import IndexedService
from lueckenlos.offers.finder.types import SearchRequest
from tests.offers.finder.memories import only_what_lasts

pytestmark = pytest.mark.django_db
COPIES = 4
COPY = """
INSERT INTO finder_indexedservice ({names})
SELECT {values} FROM finder_indexedservice, generate_series(1, %s) n
"""
QUESTIONS = [
    "mein Baby schreit die ganze Nacht",
    "kein Geld für die Klassenfahrt",
    "Hausaufgabenbetreuung",
    "Papa trinkt",
    "Kinderfeuerwehr",
]


def original(key: str) -> str:
    return key.partition("~")[0]


@pytest.fixture(autouse=True)
def many(db: None) -> Iterator[None]:
    """The county's services several times over, as far as the index goes."""
    services.refresh_index(limit=1_000)
    with only_what_lasts():
        multiply()
        yield


def multiply() -> None:
    columns = [str(field.column) for field in IndexedService._meta.concrete_fields]
    made = {"service_id": "md5(service_id::text || n)::uuid", "key": "left(key, 110) || '~' || n"}
    values = ", ".join(made.get(name, name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(names=", ".join(columns), values=values), [COPIES])
        for table in ("finder_indexedterm", "finder_indexedword"):
            cursor.execute(f"UPDATE {table} SET services = services * %s", [COPIES + 1])
        cursor.execute(
            "UPDATE finder_indexstate SET services = services * %s, index_revision = index_revision + 1",
            [COPIES + 1],
        )
    assert IndexedService.objects.count() > 2 * retrieval.ALL


def found(text: str, **more: object) -> list[str]:
    answer = selectors.search(SearchRequest(text=text, limit=50, **more))  # type: ignore[arg-type]
    return [original(hit.key) for hit in answer.hits]


def originals_alone(text: str, **more: object) -> str:
    """The best service where the copies are not there: the small directory's answer, every service ranked."""
    IndexedService.objects.filter(key__contains="~").delete()
    return found(text, **more)[0]


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_best_among_few_is_found_among_many(text: str) -> None:
    among_many = found(text)

    assert originals_alone(text) in among_many[: 3 * (COPIES + 1)]


@pytest.mark.parametrize("text", QUESTIONS)
def test_only_the_likeliest_are_ranked(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked: list[int] = []
    read = retrieval._at

    def counted(revisions: dict[UUID, int]) -> list[retrieval.Candidate]:
        ranked.append(len(revisions))
        return read(revisions)

    monkeypatch.setattr(retrieval, "_at", counted)
    found(text)

    assert 0 < max(ranked) <= retrieval.ALL


def test_filters_hold_among_many() -> None:
    titz = "05358056"
    keys = found("Spielgruppe", ags=titz, free=True)

    assert keys
    rows = IndexedService.objects.filter(key__in=keys)
    assert all(row.free and (row.everywhere or titz in row.catchment) for row in rows)


def test_a_word_that_nobody_uses_still_gets_an_answer_by_kinds_or_meaning() -> None:
    assert found("qwxyz Schulden qwxyz")


def test_of_what_is_near_in_meaning_the_nearest_within_the_filters_are_taken() -> None:
    vectors = engine.service_vectors(engine.state())
    if vectors is None:
        pytest.skip("no vectors here")
    rows, question = IndexedService.objects.filter(free=True), vectors.text[0]
    alike = dict(zip(vectors.ids, (vectors.text @ question).tolist(), strict=True))

    nearest = retrieval._nearest(Intent(question=question), vectors)
    near = [alike[pk] for pk in retrieval.likeliest(rows, near=nearest)]

    free = sorted((alike[pk] for pk in rows.values_list("pk", flat=True)), reverse=True)
    assert len(near) == retrieval.BY_MEANING
    assert near == pytest.approx(free[: len(near)])


def test_with_few_words_in_common_the_rarest_go_first_and_a_frequent_one_fills_up() -> None:
    rows = IndexedService.objects.all()
    counts = Counter(term for terms in rows.values_list("terms", flat=True) for term in terms)
    rare, frequent = min(counts, key=lambda term: (counts[term], term)), counts.most_common(1)[0][0]

    found = list(retrieval.likeliest(rows, words=[rare, frequent]))

    with_rare = set(rows.filter(terms__contains=[rare]).values_list("pk", flat=True))
    assert set(found[: len(with_rare)]) == with_rare
    assert len(with_rare) < len(found) <= retrieval.BY_WORDS


def test_of_a_frequent_word_only_so_many_are_held_against_the_filters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = Counter(
        term for terms in IndexedService.objects.values_list("terms", flat=True) for term in terms
    )
    frequent, rows = terms.most_common(1)[0][0], IndexedService.objects.filter(free=True)
    everything = retrieval.likeliest(rows, words=[frequent])

    monkeypatch.setattr(retrieval, "LOOKED_THROUGH", 40)
    found = retrieval.likeliest(rows, words=[frequent])

    assert 0 < len(found) < 40 < len(everything)
    assert rows.filter(pk__in=found, terms__contains=[frequent]).count() == len(found)


def test_every_filter_is_answered_beside_the_kinds_without_reading_a_row() -> None:
    everything = SearchRequest(
        text="Spielgruppe", language="uk", free=True, accessible=True, format="online", on=date(2026, 11, 2),
        phase="kita", field="gesundheit",
    )  # fmt: skip
    within, values = retrieval._condition(retrieval.filtered(everything, ags="05358056", age=5))
    with connection.cursor() as cursor:
        # A directory of some hundred is read from end to end; what matters is what a large one may do.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT service_id, revision, point FROM finder_indexedservice "
            f"WHERE kind = 'hebamme' AND {within}",
            values,
        )
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert "Index Only Scan using indexed_kind" in plan


def test_of_each_likely_kind_the_nearest_are_taken() -> None:
    kind = IndexedService.objects.filter(point__isnull=False).values_list("kind", flat=True)[0]
    here = Point(*places.municipalities()[0].point)
    share = retrieval.BY_KINDS // 2

    found = list(retrieval.likeliest(IndexedService.objects.all(), kinds=[kind, "gibt es nicht"], point=here))

    of_kind = IndexedService.objects.filter(kind=kind).order_by(Distance("point", to=here))
    far = dict(of_kind.values_list("pk", Distance("point", to=here)))
    assert sorted(far[pk] or 0 for pk in found) == [value or 0 for value in list(far.values())[:share]]


def test_where_the_filters_leave_few_all_of_them_are_ranked() -> None:
    rows = IndexedService.objects.filter(kind=IndexedService.objects.values_list("kind", flat=True)[0])

    assert set(retrieval.likeliest(rows, words=["qwxyz"])) == set(rows.values_list("pk", flat=True))


def test_loaded_services_come_in_the_order_asked_for_and_unknown_ones_are_left_out() -> None:
    ids = list(IndexedService.objects.order_by("key").values_list("pk", flat=True)[:5])[::-1]

    assert [each.service_id for each in retrieval.loaded([*ids, UUID(int=7)])] == ids
    assert retrieval.loaded([]) == []


def test_browsing_goes_through_all_of_them() -> None:
    answer = selectors.search(SearchRequest(limit=10, page=150))

    assert answer.total == IndexedService.objects.count()
    assert len(answer.hits) == 10
