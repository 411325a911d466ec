"""Open pages go out compressed; what is sent to somebody with a session keeps its length to itself."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from lueckenlos.core.packing import PackedPagesMiddleware

PACKED = {"accept-encoding": "gzip"}


def answered(request: HttpRequest, content_type: str = "text/html; charset=utf-8") -> HttpResponse:
    """What leaves the house for a request that is answered with many words."""
    response = PackedPagesMiddleware(lambda request: HttpResponse("Hilfe " * 200, content_type=content_type))(
        request
    )
    assert isinstance(response, HttpResponse)
    return response


def test_a_visitor_gets_a_page_packed() -> None:
    response = answered(RequestFactory().get("/", headers=PACKED))

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == b"Hilfe " * 200


def test_whoever_has_a_session_gets_it_as_it_is() -> None:
    request = RequestFactory().get("/", headers=PACKED)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "s"

    assert "Content-Encoding" not in answered(request).headers


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "font/woff2"])
def test_what_is_packed_already_is_left_alone(content_type: str) -> None:
    assert "Content-Encoding" not in answered(RequestFactory().get("/", headers=PACKED), content_type).headers


@pytest.mark.django_db
def test_the_house_packs_its_front_page(client: Client) -> None:
    plain, packed = client.get("/"), client.get("/", headers=PACKED)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
