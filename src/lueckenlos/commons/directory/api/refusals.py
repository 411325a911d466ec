"""Refusals in German sentences: which parameter, what is wrong with it, what would be right."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from lueckenlos.commons.directory.api.pages import answer

_SENTENCES: Final[tuple[tuple[str, str], ...]] = (
    ("int_", "muss eine ganze Zahl sein"),
    ("float_", "muss eine Zahl sein"),
    ("bool_", "muss true oder false sein"),
    ("uuid_", "muss eine UUID sein"),
    ("datetime_", "muss ein Datum oder Zeitpunkt sein, etwa 2026-11-01 oder 2026-11-01T10:00:00Z"),
    ("date_", "muss ein Datum oder Zeitpunkt sein, etwa 2026-11-01 oder 2026-11-01T10:00:00Z"),
    ("time_", "muss eine Uhrzeit sein, etwa 09:30"),
    ("enum", "muss eines sein von: {expected}"),
    ("greater_than_equal", "muss mindestens {ge} sein"),
    ("less_than_equal", "darf höchstens {le} sein"),
    ("string_too_long", "darf höchstens {max_length} Zeichen haben"),
    ("finite_number", "muss eine endliche Zahl sein"),
)


class _Spoken(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def refuse_in_sentences(api: NinjaAPI) -> None:
    """Make an interface answer what it cannot do in sentences."""

    @api.exception_handler(ValidationError)
    def wrong(request: HttpRequest, error: Any) -> HttpResponse:
        details = [_detail(each) for each in error.errors]
        sentence = " ".join(f"„{each['parameter']}“ {each['sentence']}." for each in details)
        return answer({"message": sentence, "detail": details}, status=422)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Any) -> HttpResponse:
        return answer({"message": "Das gibt es hier nicht."}, status=404)


def _detail(error: Mapping[str, Any]) -> dict[str, str]:
    kind = str(error.get("type", ""))
    words = next((text for start, text in _SENTENCES if kind.startswith(start)), "passt nicht")
    spoken = words.format_map(_Spoken(error.get("ctx") or {}))
    return {"parameter": str(error["loc"][-1]), "sentence": spoken}
