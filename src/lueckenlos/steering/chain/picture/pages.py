"""Everything that the page of the picture shows, put together from a wish and from what its reader may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from lueckenlos.commons.directory import wording as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.components import FilterWord, LinkItem
from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture import (
    address_in,
    asking,
    comparing,
    legend,
    listing,
    maps,
    picture_of,
    telling,
)
from lueckenlos.steering.chain.picture.asking import address
from lueckenlos.steering.chain.picture.poster import basis_words, largest_gaps
from lueckenlos.steering.chain.picture.shapes import Picture, Size
from lueckenlos.steering.chain.selectors import drawn as draw
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.selectors.summary import Spot, Summary, seen, summarize
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Drawn, Labels, PictureView, PictureWish

LARGEST = 5


@dataclass(frozen=True, eq=False)
class Side:
    """One chain that is shown: of a place, as known on a day."""

    drawn: Drawn
    area: str | None
    name: str
    fields: tuple[str, ...]

    @cached_property
    def summary(self) -> Summary:
        """The chain added up."""
        return summarize(self.drawn, area=self.area, fields=self.fields)


@dataclass(frozen=True, eq=False)
class Scene:
    """What the page shows, before it is written."""

    wish: PictureWish
    sight: Sight
    one: Side
    other: Side | None

    @property
    def labels(self) -> Labels:
        """The county's words."""
        return self.one.drawn.labels

    def address(self, side: Side) -> Callable[[Spot], str]:
        """Where cells lead: to their own page, or from the county to the map, with the filters kept."""
        if side.area is not None:
            return address_in(side.area)

        def there(spot: Spot) -> str:
            return address(
                self.wish,
                view=PictureView.MAP,
                phase=spot.phase,
                field=spot.field,
                to=spot.to,
                beside="",
                beside_day=None,
            )

        return there


def scene_of(wish: PictureWish, *, sight: Sight) -> Scene:
    """What is to be seen: the place that was asked for, or the reader's own, and what stands beside it."""
    area = area_of(wish, sight=sight)
    fields = (wish.field,) if wish.field and not wish.phase else ()
    drawn = seen(draw(wish.day, narrowing=wish.narrowing), sight=sight)
    one = Side(drawn, area, place_name(area, drawn.labels), fields)
    if not (wish.beside or wish.beside_day):
        return Scene(wish, sight, one, None)
    beside_area = wish.beside or area
    day = wish.beside_day or wish.day
    beside = drawn if day == wish.day else seen(draw(day, narrowing=wish.narrowing), sight=sight)
    other = Side(beside, beside_area, place_name(beside_area, drawn.labels), fields)
    if wish.beside_day:
        one, other = (replace(each, name=_dated(each)) for each in (one, other))
    return Scene(wish, sight, one, other)


def area_of(wish: PictureWish, *, sight: Sight) -> str | None:
    """The municipality that is shown, None for the whole county; whoever plans for one place begins there."""
    if wish.area is None and not sight.is_coordination and sight.areas:
        return min(sight.areas)
    return wish.area or None


def place_name(area: str | None, labels: Labels) -> str:
    """The name of a municipality or of the county."""
    return labels.areas.get(area, area) if area else places.county().name


def context_of(scene: Scene, *, today: date) -> dict[str, Any]:
    """What every view of the page shares, and what the chosen one needs."""
    wish, summary, labels = scene.wish, scene.one.summary, scene.labels
    return {
        "wish": wish,
        "view": wish.view.value,
        "view_template": f"chain/partials/picture_{wish.view.value}.html",
        "name": scene.one.name,
        "beside": scene.other.name if scene.other else "",
        "headline": telling.headline(summary, labels),
        "continuity": telling.continuity(summary),
        "largest": [
            (lack.text, address_in(lack.area)(lack.spot))
            for lack in largest_gaps(summary, labels, most=LARGEST)
        ],
        "basis": basis_words(scene.one.drawn, area=scene.one.area),
        "is_empty": not summary.cells,
        "known": telling.day(scene.one.drawn.chain.as_of),
        "is_past": scene.one.drawn.chain.as_of < today,
        "narrowed": asking.narrowed_to(wish.narrowing, labels),
        "limits": _limits(scene),
        "views": views_of(wish),
        "chosen": asking.chosen(wish, labels),
        "groups": asking.groups(wish, labels, languages=languages_of()),
        "places": _places(scene),
        "besides": _besides(scene),
        "hidden_fields": _hidden_fields(wish),
        "legend": legend.entries(many=len(summary.areas)),
        **PARTS[wish.view](scene),
    }


def views_of(wish: PictureWish) -> list[LinkItem]:
    """The ways to see it; picture, list and table let go of a chosen cell, maps let go of a comparison."""
    found = []
    for view, label in VIEWS.items():
        changes: dict[str, Any] = {"view": view}
        if view in MAPS:
            changes |= {"beside": "", "beside_day": None}
        elif wish.view in MAPS:
            changes |= {"phase": "", "to": "", "field": "" if wish.phase else wish.field}
        found.append(LinkItem(label(), address(wish, **changes), current=view is wish.view))
    return found


def languages_of() -> Mapping[str, str]:
    """The languages that families of the county speak, by their German names."""
    spoken = (code for code in places.county().spoken_languages if code not in {"de", "de-x-plain"})
    return {code: directory.language_name(code) for code in spoken}


def _dated(side: Side) -> str:
    return _("%(place)s, %(day)s") % {"place": side.name, "day": telling.day(side.drawn.chain.as_of)}


def _limits(scene: Scene) -> str:
    """What the reader does not see, said once."""
    if scene.sight.is_coordination:
        return ""
    if scene.sight.areas:
        said = _(
            "Sie sehen Ihre Kommune, soweit sie mit Ihnen geteilt ist, und von den anderen, was öffentlich ist."
        )
    else:
        said = _("Sie sehen die Zellen, in denen Ihre Angebote vorkommen, und was öffentlich ist.")
    if scene.one.area is None:
        counted = {"seen": len(scene.one.summary.seen_areas), "all": len(scene.one.drawn.areas)}
        said = f"{said} " + _("Das sind Zellen aus %(seen)s von %(all)s Kommunen.") % counted
    return said


def _places(scene: Scene) -> list[FilterWord]:
    wish, labels = scene.wish, scene.labels
    county = FilterWord(places.county().name, address(wish, area=""), chosen=scene.one.area is None)
    towns = (
        FilterWord(name, address(wish, area=key), chosen=key == scene.one.area)
        for key, name in labels.areas.items()
    )
    return [county, *towns]


def _besides(scene: Scene) -> list[FilterWord]:
    wish = replace(scene.wish, view=scene.wish.view if scene.wish.view not in MAPS else PictureView.PICTURE)
    if scene.one.area is None:
        return []
    return [
        FilterWord(name, address(wish, beside=key), chosen=key == wish.beside)
        for key, name in scene.labels.areas.items()
        if key != scene.one.area
    ]


def _hidden_fields(wish: PictureWish) -> dict[str, list[tuple[str, str]]]:
    return {
        "day": asking.without(wish, "stand"),
        "beside_day": asking.without(wish, "neben_stand"),
        "audience": asking.without(wish, "fuer"),
        "cell": asking.without(wish, "phase", "feld", "naht"),
    }


def _drawings(scene: Scene) -> dict[str, Any]:
    if scene.other is None:
        return {"picture": _picture(scene, scene.one, size=Size.PAGE), **_rows(scene)}
    sides = (scene.one, scene.other)
    return {"pair": [_picture(scene, side, size=Size.SMALL) for side in sides], **_differences(scene)}


def _rows(scene: Scene) -> dict[str, Any]:
    if scene.other is not None:
        return _differences(scene)
    lead = scene.address(scene.one)
    return {
        "phases": listing.rows_of(scene.one.summary, scene.labels, address=lead),
        "is_many": scene.one.area is None,
    }


def _differences(scene: Scene) -> dict[str, Any]:
    one, other = scene.one, scene.other
    assert other is not None
    found = comparing.differences(
        one.summary, other.summary, labels=scene.labels, addresses=(scene.address(one), scene.address(other))
    )
    return {"differences": found, "sides": (one.name, other.name)}


def _picture(scene: Scene, side: Side, *, size: Size) -> Picture:
    return picture_of(side.summary, scene.labels, size=size, address=scene.address(side), name=side.name)


def _chosen_spot(scene: Scene) -> Spot | None:
    """The cell or seam that a map shows; without a wish the one with most gaps, so that no map is empty."""
    whole = summarize(scene.one.drawn, area=None)
    wish = scene.wish
    if wish.to:
        return whole.seam(wish.phase, wish.to)
    if wish.phase and wish.field:
        return whole.cell(wish.phase, wish.field)
    cells = [
        spot for spot in whole.cells if wish.field in ("", spot.field) and wish.phase in ("", spot.phase)
    ]
    return max(cells, key=lambda spot: (spot.count(Verdict.GAP), spot.missing_lo), default=None)


def _spot_context(scene: Scene, spot: Spot | None) -> dict[str, Any]:
    labels, drawn = scene.labels, scene.one.drawn
    seams = [f"{one}>{other}" for one, other in zip(drawn.phases, drawn.phases[1:], strict=False)]
    given: dict[str, Any] = {
        "phase_options": [("", _("alle")), *labels.phases.items()],
        "field_options": [("", _("alle")), *labels.fields.items()],
        "seam_options": [("", _("keiner")), *((key, _arrow(key, labels)) for key in seams)],
        "shown": spot,
    }
    if spot is not None:
        given |= {
            "shown_where": telling.where(spot, labels),
            "shown_counts": telling.counts(spot),
            "shown_seam": f"{spot.phase}>{spot.to}" if spot.to else "",
            "towns": listing.municipalities(spot, labels, address=lambda each, area: address_in(area)(each)),
        }
    return given


def _map(scene: Scene) -> dict[str, Any]:
    spot = _chosen_spot(scene)
    given = _spot_context(scene, spot)
    if spot is None:
        return given
    geojson = places.areas_geojson()
    sheet = maps.map_of(spot, scene.labels, geojson=geojson, lead=lambda area: address_in(area)(spot))
    return {**given, "sheet": sheet, "attribution": geojson["attribution"]}


def _tiles(scene: Scene) -> dict[str, Any]:
    towns = {each.ags: each.point for each in places.municipalities() if each.ags in scene.one.drawn.areas}
    grid = maps.grid_of(towns)
    chosen = scene.wish.to or (scene.wish.phase and scene.wish.field)
    if chosen:
        spot = _chosen_spot(scene)
        given = _spot_context(scene, spot)
        if spot is None:
            return given
        sheet = maps.tiles_of_spot(spot, scene.labels, grid=grid, lead=lambda area: address_in(area)(spot))
        return {**given, "sheet": sheet}
    summaries = [summarize(scene.one.drawn, area=area, fields=scene.one.fields) for area in towns]
    sheet = maps.tiles_of_chains(
        summaries,
        scene.labels,
        grid=grid,
        lead=lambda area: address(scene.wish, view=PictureView.PICTURE, area=area),
    )
    lines = [
        (scene.labels.areas.get(each.area or "", ""), [number(each.count(verdict)) for verdict in telling.COUNTED[:4]],
         address(scene.wish, view=PictureView.PICTURE, area=each.area))
        for each in summaries if each.cells
    ]  # fmt: skip
    return {**_spot_context(scene, None), "sheet": sheet, "lines": lines}


def _arrow(seam: str, labels: Labels) -> str:
    one, _sign, other = seam.partition(">")
    return f"{labels.phases.get(one, one)} → {labels.phases.get(other, other)}"


MAPS = (PictureView.MAP, PictureView.TILES)
VIEWS: dict[PictureView, Callable[[], str]] = {
    PictureView.PICTURE: lambda: _("Bild"),
    PictureView.LIST: lambda: _("Liste"),
    PictureView.TABLE: lambda: _("Tabelle"),
    PictureView.TILES: lambda: _("Kacheln"),
    PictureView.MAP: lambda: _("Karte"),
}
PARTS: dict[PictureView, Callable[[Scene], dict[str, Any]]] = {
    PictureView.PICTURE: _drawings,
    PictureView.LIST: _rows,
    PictureView.TABLE: _rows,
    PictureView.TILES: _tiles,
    PictureView.MAP: _map,
}
