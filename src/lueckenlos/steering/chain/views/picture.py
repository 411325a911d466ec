"""The chain picture: one sentence first, then the path, its gaps and where they are."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.picture import PictureForm
from lueckenlos.steering.chain.picture.asking import address
from lueckenlos.steering.chain.picture.pages import context_of, scene_of
from lueckenlos.steering.chain.selectors.standing import Sight, sight_of
from lueckenlos.steering.chain.types import PictureView, PictureWish
from lueckenlos.steering.chain.views.shell import READERS, show


@requires(*READERS)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The county's chain or one municipality's, as picture, list, table, tiles or map, alone or beside another."""
    today = clock.today()
    progress = selectors.running_calculation() if selectors.is_large() else None
    if progress is not None and selectors.latest_calculation() is None:
        return show(request, "chain/reckoning.html", {"progress": progress}, section="chain:picture")
    form = PictureForm(request.GET, drawn=selectors.drawn(), today=today)
    wish = form.to_wish()
    scene = scene_of(wish, sight=sight_of(actor_of(request)))
    context = {
        **context_of(scene, today=today),
        "mistakes": form.sentences(),
        "progress": progress,
        "files": files_of(wish, sight=scene.sight),
    }
    return show(request, "chain/picture.html", context, section="chain:picture")


def files_of(wish: PictureWish, *, sight: Sight) -> list[tuple[str, str]]:
    """What is to be taken along of the view that is shown, with its filters."""
    query = address(replace(wish, view=PictureView.PICTURE))
    files = [
        (_("Poster A0 (PDF)"), reverse("chain:poster", args=["a0"])),
        (_("Poster A3 (PDF)"), reverse("chain:poster", args=["a3"])),
        (_("Bericht (PDF)"), reverse("chain:report")),
        (_("Bild (SVG)"), reverse("chain:picture-svg")),
        (_("Bild (PNG)"), reverse("chain:picture-png")),
        (_("Zahlen mit Quellen (XLSX)"), reverse("chain:xlsx")),
        (_("Zellen (CSV)"), reverse("chain:csv")),
    ]
    if sight.is_coordination:
        files.append((_("Link für den Rat"), reverse("chain:council-links")))
    return [(label, f"{url}{query}") for label, url in files]
