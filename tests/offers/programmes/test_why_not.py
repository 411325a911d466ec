"""What does not suit is told in one tick, counted without anybody, and limited like every other form."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lueckenlos.commons.signals.models import Signal
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from tests.offers.programmes.house import Centre


def tell(centre: Centre, *, prefix: str = "", **given: str) -> int:
    """Somebody sends the form; the status of the answer."""
    with override("de"):
        url = reverse("programmes:does_not_fit", args=[centre.programme.key])
    return Client().post(f"{prefix}{url}", given).status_code


def counted() -> list[tuple[str, str, str, int]]:
    """All that was counted."""
    return list(Signal.objects.values_list("source", "reason", "language", "count"))


def test_a_reason_is_counted_once_more_and_nothing_else_is_kept(centre: Centre) -> None:
    assert tell(centre, reason=SignalReason.TOO_FAR.value, place="Nirgendwo 7") == 302
    assert tell(centre, reason=SignalReason.TOO_FAR.value) == 302
    assert counted() == [(SignalSource.REFUSAL.value, SignalReason.TOO_FAR.value, "", 2)]


def test_a_missing_language_is_counted_with_the_language_of_the_page(centre: Centre) -> None:
    assert tell(centre, reason=SignalReason.LANGUAGE.value, prefix="/ar") == 302
    assert tell(centre, reason=SignalReason.LANGUAGE.value, prefix="/de-x-plain") == 302
    assert sorted(language for _source, _reason, language, _count in counted()) == ["", "ar"]


def test_no_reason_or_one_that_is_not_asked_for_is_told_in_a_sentence(centre: Centre) -> None:
    with override("de"):
        url = reverse("programmes:does_not_fit", args=[centre.programme.key])
    for given in ({}, {"reason": SignalReason.NOT_WANTED.value}, {"reason": "x"}):
        answer = Client().post(url, {**given, "place": "Titz"})
        assert answer.status_code == 422
        assert 'value="Titz"' in answer.content.decode()
    assert counted() == []
    assert "zu weit" in Client().get(url).content.decode()
    assert Client().post(url.replace(centre.programme.key, "gibt-es-nicht")).status_code == 404


def test_programs_and_floods_are_not_counted(centre: Centre) -> None:
    assert tell(centre, reason=SignalReason.COST.value, website="https://example.org") == 302
    assert counted() == []
    answers = [tell(centre, reason=SignalReason.COST.value) for _ in range(45)]
    assert answers.count(422) == 5
    assert counted() == [(SignalSource.REFUSAL.value, SignalReason.COST.value, "", 40)]
