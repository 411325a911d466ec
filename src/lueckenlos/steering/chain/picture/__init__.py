"""The chain as a picture: a path of phases from pregnancy to work, fields as lanes, gaps as gaps."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse

from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.layout import Titles, lay_out
from lueckenlos.steering.chain.picture.poster import Caption, caption_of, colors, framed
from lueckenlos.steering.chain.picture.shapes import Picture, Size
from lueckenlos.steering.chain.selectors.summary import Spot, Summary, summarize
from lueckenlos.steering.chain.types import Drawn, Labels

__all__ = ["Caption", "Size", "picture_of", "picture_svg"]


def picture_svg(
    drawn: Drawn, *, area: str | None, size: Size, links: bool, caption: Caption | None = None
) -> str:
    """One SVG document that brings its own style (light): for files, PDF and poster.

    `area` is a municipality's key, None the whole county. A poster has the shape of A0 to A4 across, with title,
    legend, basis and date; the other sizes are the picture alone. What the reader may not see is to be taken out
    of `drawn` before (`selectors.summary.seen`).
    """
    summary = summarize(drawn, area=area)
    said = caption or caption_of(drawn, summary=summary)
    picture = picture_of(summary, drawn.labels, size=size, address=address_in(area) if links else _nowhere)
    given = {"picture": picture, "frame": framed(picture, summary=summary, caption=said), "colors": colors()}
    return render_to_string("chain/svg/document.svg", given)


def picture_of(
    summary: Summary, labels: Labels, *, size: Size, address: Callable[[Spot], str], name: str = ""
) -> Picture:
    """The picture as templates draw it; `name` stands beside the beginning of the path."""
    about = (telling.people(summary.children) if summary.cells else "", telling.continuity(summary))
    titles = Titles(name or labels.areas.get(summary.area or "", ""), tuple(each for each in about if each))
    return lay_out(summary, labels, titles=titles, size=size, address=address)


def address_in(area: str | None) -> Callable[[Spot], str]:
    """Where cells and seams lead: to their own page, or from the county to the map of all municipalities."""

    def address(spot: Spot) -> str:
        if area is None:
            place = (
                {"naht": f"{spot.phase}>{spot.to}"} if spot.to else {"phase": spot.phase, "feld": spot.field}
            )
            return f"{reverse('chain:picture')}?{urlencode({'ansicht': 'karte', **place})}"
        if spot.to:
            return reverse("chain:seam", args=[area, spot.phase, spot.to])
        return reverse("chain:cell", args=[area, spot.phase, spot.field])

    return address


def _nowhere(spot: Spot) -> str:
    return ""
