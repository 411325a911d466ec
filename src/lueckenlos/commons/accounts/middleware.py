"""Who asks: turns the signed-in account into an `Actor`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lueckenlos.commons.accounts import selectors


class ActorMiddleware:
    """Puts `request.actor` where guards and selectors find it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = selectors.actor_for(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
