"""The chain picture: one sentence first, then the path, its gaps and where they are."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.forms.picture import PictureForm
from lueckenlos.steering.chain.picture.pages import context_of, scene_of
from lueckenlos.steering.chain.selectors.standing import sight_of
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
    context = {**context_of(scene, today=today), "mistakes": form.sentences(), "progress": progress}
    return show(request, "chain/picture.html", context, section="chain:picture")
