"""What does not fit in the data that the chain rests on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lueckenlos.core.actor import Role
from lueckenlos.core.guards import requires
from lueckenlos.kernels.chain.checks import check
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.flaw_words import flaw_lines
from lueckenlos.steering.chain.views.shell import show


@requires(Role.COORDINATION)
@require_safe
def flaws(request: HttpRequest) -> HttpResponse:
    """Every flaw as a sentence; entries of the directory can be mended from here."""
    county, _knowledge = selectors.county_of()
    lines = flaw_lines(check(county), labels=selectors.drawn().labels)
    return show(request, "chain/flaws.html", {"lines": lines}, section="chain:flaws")
