"""The county's color reaches every page, and the reader's choice of light or dark is kept."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_countys_color_comes_as_a_style_sheet(client: Client) -> None:
    answer = client.get("/aussehen.css")

    assert answer["Content-Type"].startswith("text/css")
    assert "--l-accent:#" in answer.content.decode()


@pytest.mark.parametrize("choice", ["hell", "dunkel"])
def test_a_choice_is_kept_in_a_cookie_that_scripts_cannot_read(client: Client, choice: str) -> None:
    answer = client.post("/farben/", {"farben": choice, "next": "/werkstatt/"})

    assert (answer.status_code, answer["Location"]) == (302, "/werkstatt/")
    assert (answer.cookies["farben"].value, answer.cookies["farben"]["httponly"]) == (choice, True)


def test_going_back_to_the_device_forgets_the_choice(client: Client) -> None:
    client.post("/farben/", {"farben": "dunkel"})
    answer = client.post("/farben/", {"farben": "auto"})

    assert answer.cookies["farben"].value == ""


@pytest.mark.parametrize(
    "elsewhere",
    ["https://anderswo.example/", "//anderswo.example", "javascript:alert(1)", "x", "portal:desk"],
)
def test_nobody_is_sent_to_another_house(client: Client, elsewhere: str) -> None:
    assert client.post("/farben/", {"farben": "hell", "next": elsewhere})["Location"] == "/"


def test_a_stranger_value_is_not_kept(client: Client) -> None:
    answer = client.post("/farben/", {"farben": '"><script>'})

    assert answer.cookies["farben"].value == ""


def test_colors_are_not_chosen_by_following_a_link(client: Client) -> None:
    assert client.get("/farben/").status_code == 405
