"""What everybody may see of the chain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lueckenlos.core.guards import public
from lueckenlos.steering.chain.public import public_page


@public
@require_safe
def released(request: HttpRequest) -> HttpResponse:
    """Cells, seams, notes and figures that Koordination released; the rest is not even counted here."""
    return render(request, "chain/public.html", {"page": public_page(language=get_language() or "de")})
