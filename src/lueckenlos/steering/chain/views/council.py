"""Read-only links for the council: Koordination makes and ends them, whoever holds one sees one view."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, by_link, requires
from lueckenlos.steering.chain import selectors, wording
from lueckenlos.steering.chain.forms.council import CouncilLinkForm
from lueckenlos.steering.chain.forms.picture import PictureForm
from lueckenlos.steering.chain.picture import Size, picture_svg
from lueckenlos.steering.chain.picture.pages import Scene, context_of, scene_of
from lueckenlos.steering.chain.selectors.council import OpenLink, link_of, open_links
from lueckenlos.steering.chain.selectors.standing import Sight
from lueckenlos.steering.chain.services.council import end_link, make_link
from lueckenlos.steering.chain.views.shell import show


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """The links that are open, and a new one; its address is shown this one time."""
    form = CouncilLinkForm(request.POST or None, initial={"query": request.GET.urlencode()})
    made = ""
    if request.method == "POST" and form.is_valid():
        token = make_link(
            title=form.cleaned_data["title"],
            query=form.cleaned_data["query"],
            actor=actor_of(request),
            now=clock.now(),
        )
        made = request.build_absolute_uri(reverse("chain:council", args=[token]))
        form = CouncilLinkForm()
    context = {"form": form, "made": made, "links": open_links(now=clock.now())}
    status = 422 if form.errors else 200
    return show(request, "chain/council_links.html", context, section="chain:picture", status=status)


@requires(Role.COORDINATION)
@require_POST
def end(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """End a link at once."""
    if end_link(link_id, actor=actor_of(request), now=clock.now()):
        messages.success(request, _("Der Link öffnet nichts mehr."))
    return redirect("chain:council-links")


@by_link
@require_safe
def council(request: HttpRequest, token: str) -> HttpResponse:
    """What the council sees: the view that was chosen, of everything that is no longer internal."""
    link, scene = _opened(token)
    labels = scene.labels
    rows = [
        {
            "cell": cell,
            "area": labels.areas[cell.area],
            "phase": labels.phases[cell.phase],
            "field": labels.fields[cell.field],
            "word": wording.VERDICTS[cell.verdict],
        }
        for cell in scene.one.drawn.chain.cells
        if cell.target is not None and scene.one.area in {None, cell.area}
    ]
    context = {**context_of(scene, today=clock.today()), "link": link, "token": token, "rows": rows}
    return render(request, "chain/council.html", context)


@by_link
@require_safe
def council_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of that view as an image."""
    _link, scene = _opened(token)
    drawing = picture_svg(scene.one.drawn, area=scene.one.area, size=Size.PAGE, links=False)
    return HttpResponse(drawing, content_type="image/svg+xml")


def _opened(token: str) -> tuple[OpenLink, Scene]:
    link = link_of(token, now=clock.now())
    if link is None:
        raise Http404
    drawn = selectors.drawn()
    wish = PictureForm(QueryDict(link.query), drawn=drawn, today=clock.today()).to_wish()
    return link, scene_of(replace(wish, area=wish.area or ""), sight=Sight(areas=frozenset(drawn.areas)))
