"""The foot of every page leads to what the county says about itself, in the reader's language."""

from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_everybody_is_led_to_what_the_county_published_of_its_chain(client: Client, language: str) -> None:
    with override(language):
        front, chain = reverse("portal:front"), reverse("chain:public")
    page = unescape(client.get(chain).content.decode())
    title = page.split("<h1>")[1].split("</h1>")[0]
    assert f'<a href="{chain}">{title}</a>' in unescape(client.get(front).content.decode())
    assert title != "Was da ist und was fehlt" or language == "de"
