"""In a directory too large to rank every service, the likeliest are still found, within the filters."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection

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
    loaded = retrieval.loaded

    def counted(ids: list[UUID]) -> list[retrieval.Candidate]:
        ranked.append(len(ids))
        return loaded(ids)

    monkeypatch.setattr(retrieval, "loaded", counted)
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

    near = [alike[pk] for pk in retrieval._by_meaning(rows, Intent(question=question), vectors)]

    free = sorted((alike[pk] for pk in rows.values_list("pk", flat=True)), reverse=True)
    assert len(near) == retrieval.BY_MEANING
    assert near == pytest.approx(free[: len(near)])


def test_loaded_services_come_in_the_order_asked_for_and_unknown_ones_are_left_out() -> None:
    ids = list(IndexedService.objects.order_by("key").values_list("pk", flat=True)[:5])[::-1]

    assert [each.service_id for each in retrieval.loaded([*ids, UUID(int=7)])] == ids
    assert retrieval.loaded([]) == []


def test_browsing_goes_through_all_of_them() -> None:
    answer = selectors.search(SearchRequest(limit=10, page=150))

    assert answer.total == IndexedService.objects.count()
    assert len(answer.hits) == 10
