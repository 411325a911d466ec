"""The chain as files: poster and report as PDF, the picture as SVG and PNG, all figures as XLSX and CSV."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, printing
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.picture import PictureForm
from lueckenlos.steering.chain.out import tables
from lueckenlos.steering.chain.out.report import report_data
from lueckenlos.steering.chain.picture import Size, asking, picture_svg
from lueckenlos.steering.chain.picture.pages import Scene, scene_of
from lueckenlos.steering.chain.selectors.standing import sight_of
from lueckenlos.steering.chain.views.shell import READERS

PRINTED = Path(__file__).parent.parent / "printed"
FORMATS = ("a0", "a1", "a2", "a3", "a4")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Render = Callable[[Scene], HttpResponseBase]


def _file(render: Render) -> Callable[..., HttpResponseBase]:
    """A view that gives the chain of the address as a file, as far as its reader may see it."""

    @requires(*READERS)
    @require_safe
    @wraps(render)
    def view(request: HttpRequest) -> HttpResponseBase:
        form = PictureForm(request.GET, drawn=selectors.drawn(), today=clock.today())
        return render(scene_of(form.to_wish(), sight=sight_of(actor_of(request))))

    return view


@_file
def report(scene: Scene) -> HttpResponse:
    """The report as tagged PDF."""
    drawn, area = scene.one.drawn, scene.one.area
    _county, knowledge = selectors.county_of(drawn.chain.as_of)
    data = report_data(
        drawn,
        summary=scene.one.summary,
        knowledge=knowledge,
        cells=_cells(scene),
        seams=_seams(scene),
        title=f"Präventionskette {scene.one.name}",
        note=asking.narrowed_to(scene.wish.narrowing, scene.labels),
    )
    svg = picture_svg(drawn, area=area, size=Size.PAGE, links=False)
    made = printing.pdf(PRINTED / "report.typ", data, now=clock.now(), files={"picture.svg": svg})
    return as_file(made, "application/pdf", name=_name(scene, "bericht", "pdf"))


@requires(*READERS)
@require_safe
def poster(request: HttpRequest, size: str) -> HttpResponse:
    """The picture for the wall as PDF, A0 to A4."""
    if size not in FORMATS:
        raise Http404
    form = PictureForm(request.GET, drawn=selectors.drawn(), today=clock.today())
    scene = scene_of(form.to_wish(), sight=sight_of(actor_of(request)))
    svg = picture_svg(scene.one.drawn, area=scene.one.area, size=Size.POSTER, links=False)
    title = f"Präventionskette {scene.one.name}"
    alt = f"{title}. Alle Angaben des Bildes stehen als Tabelle im Bericht."
    data = {"title": title, "alt": alt, "format": size}
    made = printing.pdf(PRINTED / "poster.typ", data, now=clock.now(), files={"picture.svg": svg})
    return as_file(made, "application/pdf", name=_name(scene, f"poster-{size}", "pdf"))


@_file
def svg(scene: Scene) -> HttpResponse:
    """The picture as SVG with title, legend and basis."""
    made = picture_svg(scene.one.drawn, area=scene.one.area, size=Size.POSTER, links=False)
    return as_file(made.encode(), "image/svg+xml", name=_name(scene, "bild", "svg"))


@_file
def png(scene: Scene) -> HttpResponse:
    """The picture as PNG for slides."""
    picture = picture_svg(scene.one.drawn, area=scene.one.area, size=Size.POSTER, links=False)
    data = {"title": scene.one.name, "alt": scene.one.name, "format": "a4"}
    made = printing.png(PRINTED / "poster.typ", data, files={"picture.svg": picture}, ppi=220)
    return as_file(made, "image/png", name=_name(scene, "bild", "png"))


@_file
def xlsx(scene: Scene) -> HttpResponse:
    """All figures with their sources as a workbook."""
    drawn = scene.one.drawn
    _county, knowledge = selectors.county_of(drawn.chain.as_of)
    made = tables.workbook(
        drawn,
        knowledge=knowledge,
        targets=selectors.targets_at(scene.wish.day),
        cells=_cells(scene),
        seams=_seams(scene),
    )
    return as_file(made, XLSX, name=_name(scene, "zahlen", "xlsx"))


@_file
def csv(scene: Scene) -> StreamingHttpResponse:
    """The cells as CSV."""
    drawn = scene.one.drawn
    _county, knowledge = selectors.county_of(drawn.chain.as_of)
    lines = tables.table(
        drawn, knowledge=knowledge, targets=selectors.targets_at(scene.wish.day), cells=_cells(scene)
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(scene, "zellen", "csv")}"'
    return answer


def _cells(scene: Scene) -> list[Cell]:
    return [
        cell
        for cell in scene.one.drawn.chain.cells
        if scene.one.area in {None, cell.area} and (not scene.one.fields or cell.field in scene.one.fields)
    ]


def _seams(scene: Scene) -> list[Seam]:
    return [seam for seam in scene.one.drawn.chain.seams if scene.one.area in {None, seam.area}]


def _name(scene: Scene, what: str, ending: str) -> str:
    place = slugify(scene.one.name or places.county().name)
    return f"kette-{place}-{what}-{scene.one.drawn.chain.as_of.isoformat()}.{ending}"


def as_file(content: bytes, kind: str, *, name: str) -> HttpResponse:
    """An answer that the browser keeps as a file of this name."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
