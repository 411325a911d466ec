"""Searching: the list, the map's points, and the tiles to browse by."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.components import FilterWord, LinkItem
from lueckenlos.core.guards import public
from lueckenlos.kernels.geometry import to_metres
from lueckenlos.offers.finder import cards, crisis, selectors, services, traces, wording
from lueckenlos.offers.finder.forms import SearchForm, Where
from lueckenlos.offers.finder.types import Hit, SearchAnswer

FRESHEN = 20


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search; with htmx the list alone."""
    if "lat" in request.GET:
        return nearby(request)
    form = SearchForm(request.GET)
    where = place_meant(form.text("ort"))
    language = get_language() or "de"
    catalog = directory.catalog().in_language(language)
    now = clock.now()
    asked = form.to_request(where=where, catalog=catalog, now=now)
    services.refresh_index(limit=FRESHEN)
    answer = selectors.search(asked)
    found = directory.glances([hit.service_id for hit in answer.hits], language=language, now=now)
    if not answer.found_good and asked.text and asked.page == 1:
        traces.count_unmet(
            asked,
            answer=answer,
            reason=SignalReason.NOTHING_FOUND,
            source=SignalSource.SEARCH,
            on=clock.day_of(now),
        )
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "answer": answer,
        "where": where,
        "cards": cards.cards(answer.hits, services=found),
        "page": page_of(answer),
        "crisis": crisis.help_for(answer.crisis, language=language, now=now),
        "office": places.youth_office_for(answer.ags) if answer.ags else None,
        "words": filter_words(request.GET, form=form),
        "views": view_tabs(request.GET),
        "as_map": form.text("ansicht") == "karte",
        "points_url": with_query(reverse("finder:points"), request.GET),
        "phase_options": [("", _("alle Lebensphasen")), *((item.key, item.label) for item in catalog.phases)],
        "field_options": [("", _("alle Themen")), *((item.key, item.label) for item in catalog.fields)],
        "language_options": [
            ("", _("egal")),
            *((code, wording.languages([code])) for code in places.county().spoken_languages),
        ],
    }
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return render(request, "finder/partials/results.html" if htmx else "finder/search.html", context)


def nearby(request: HttpRequest) -> HttpResponse:
    """Turn a position into the name of the nearest village, so that no address keeps the position."""
    given = request.GET.copy()
    latitude, longitude = given.pop("lat", [""])[-1], given.pop("lon", [""])[-1]
    name = nearest_name(latitude=str(latitude), longitude=str(longitude))
    if name:
        given["ort"] = name
    return redirect(with_query(reverse("finder:search"), given))


@public
@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The hits of a search as points of a map (GeoJSON, WGS 84)."""
    form = SearchForm(request.GET)
    now = clock.now()
    asked = form.to_request(where=place_meant(form.text("ort")), catalog=directory.catalog(), now=now)
    answer = selectors.search(asked)
    ids, language = [hit.service_id for hit in answer.hits], get_language() or "de"
    shown = cards.cards(answer.hits, services=directory.glances(ids, language=language, now=now))
    return JsonResponse(
        {"type": "FeatureCollection", "features": [_point(card) for card in shown if card.longitude]}
    )


@public
@require_safe
def areas(request: HttpRequest) -> JsonResponse:
    """The municipalities' boundaries for the map."""
    return JsonResponse(places.areas_geojson())


@public
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Browse by life phase and field."""
    catalog = directory.catalog().in_language(get_language() or "de")
    return render(request, "finder/topics.html", {"phases": catalog.phases, "fields": catalog.fields})


@public
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """Every number for help at once, those that answer at this hour first."""
    lines = crisis.all_lines(language=get_language() or "de", now=clock.now())
    return render(request, "finder/urgent.html", {"crisis": lines})


def place_meant(typed: str) -> Where:
    """What a typed place means: one place, several to choose from, one outside, or nothing known."""
    if not typed:
        return Where()
    found = places.find_place(typed)
    if isinstance(found, OutsideCounty):
        return Where(typed=typed, outside=found)
    if not found:
        return Where(typed=typed, unknown=True)
    towns = {match.ags for match in found}
    return Where(typed=typed, place=found[0], choices=tuple(found) if len(towns) > 1 else ())


def nearest_name(*, latitude: str, longitude: str) -> str:
    """The nearest village of the county, or nothing for a position outside or no position at all."""
    try:
        position = float(longitude), float(latitude)
    except ValueError:
        return ""
    if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
        return ""
    if places.municipality_at(*position) is None:
        return ""
    nearest = places.nearest_villages(to_metres(*position), limit=1)
    return f"{nearest[0].name} ({nearest[0].municipality})" if nearest else ""


def with_query(path: str, query: QueryDict) -> str:
    """An address with a query; empty values are left out."""
    pairs = [(name, value) for name, values in query.lists() for value in values if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def page_of(answer: SearchAnswer) -> Page[Hit]:
    """The answer as Django's page, for the pagination component."""
    paginator: Paginator[Hit] = Paginator(_Known(answer), answer.limit)
    return paginator.page(min(answer.page, paginator.num_pages))


class _Known(list[Hit]):
    """A list that knows how long it would be; only the page at hand is filled."""

    def __init__(self, answer: SearchAnswer) -> None:
        super().__init__(answer.hits)
        self.total = answer.total

    def __len__(self) -> int:
        return self.total


def filter_words(query: QueryDict, *, form: SearchForm) -> list[FilterWord]:
    """The filters as words that are chosen or taken away by a link."""
    labels = {
        "kostenlos": _("kostenlos"),
        "barrierefrei": _("barrierefrei"),
        "jetzt": _("jetzt offen"),
    }
    return [
        FilterWord(
            label=label, url=_toggled(query, name=name, chosen=form.flag(name)), chosen=form.flag(name)
        )
        for name, label in labels.items()
    ]


def view_tabs(query: QueryDict) -> list[LinkItem]:
    """List or map."""
    as_map = query.get("ansicht") == "karte"
    plain, mapped = query.copy(), query.copy()
    plain.pop("ansicht", None)
    mapped["ansicht"] = "karte"
    path = reverse("finder:search")
    return [
        LinkItem(label=_("Liste"), url=with_query(path, plain), current=not as_map),
        LinkItem(label=_("Karte"), url=with_query(path, mapped), current=as_map),
    ]


def _toggled(query: QueryDict, *, name: str, chosen: bool) -> str:
    changed = query.copy()
    changed.pop("seite", None)
    changed.pop(name, None)
    if not chosen:
        changed[name] = "1"
    return with_query(reverse("finder:search"), changed)


def _point(card: cards.Card) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [card.longitude, card.latitude]},
        "properties": {"name": card.name.text, "url": reverse("finder:service", args=[card.key])},
    }
