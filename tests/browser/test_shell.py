"""The shell around every page works on a phone, in the dark, from right to left and without JavaScript."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.fixtures import DESKTOP, PHONE, SMALL, Violations, Visitor

pytestmark = pytest.mark.browser
PAGE = "/werkstatt/"
WEATHER = "https://www.dwd.de/**"


def opened(context: BrowserContext, path: str = PAGE) -> Page:
    page = context.new_page()
    answer = page.goto(path)
    assert answer is not None and answer.ok
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [SMALL, DESKTOP], ids=["phone", "desktop"])
def test_every_component_is_accessible(
    visitor: Visitor, violations: Violations, scheme: str, viewport: ViewportSize
) -> None:
    page = opened(visitor(color_scheme=scheme, viewport=viewport))

    assert violations(page) == []


@pytest.mark.parametrize("path", [PAGE, "/ar/", "/"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(visitor: Visitor, path: str) -> None:
    page = opened(visitor(viewport=SMALL), path)

    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_arabic_reads_from_right_to_left(visitor: Visitor, violations: Violations) -> None:
    page = opened(visitor(viewport=PHONE), "/ar/")

    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    box = page.locator(".l-brand").bounding_box()
    assert box is not None and box["x"] > PHONE["width"] / 3
    assert violations(page) == []


def test_the_house_asks_nobody_else_and_keeps_to_its_policy(visitor: Visitor) -> None:
    context = visitor()
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: complaints.append(message.text))
    page = context.new_page()
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")

    home = page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((home, "data:"))] == []
    assert complaints == []


def test_the_first_page_is_light(visitor: Visitor) -> None:
    context = visitor(extra_http_headers={"Accept-Encoding": "br, gzip"})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert sum(sizes) <= 120_000


def test_leaving_quickly_puts_another_page_in_the_place_of_this_one(visitor: Visitor) -> None:
    context = visitor()
    context.route(
        WEATHER, lambda route: route.fulfill(body="<title>Wetter</title>", content_type="text/html")
    )
    page = opened(context, "/")
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    before = page.evaluate("history.length")
    page.click("[data-quick-exit]")
    page.wait_for_url(WEATHER)

    assert page.evaluate("history.length") == before
    assert page.evaluate("document.referrer") == ""
    page.go_back()
    expect(page).to_have_url(re.compile(r"^http://[^/]+/$"))


def test_escape_twice_leaves_and_once_does_not(visitor: Visitor) -> None:
    context = visitor()
    context.route(
        WEATHER, lambda route: route.fulfill(body="<title>Wetter</title>", content_type="text/html")
    )
    page = opened(context)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Escape")
    page.wait_for_timeout(900)
    expect(page).to_have_url(re.compile(PAGE))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    page.wait_for_url(WEATHER)


def test_leaving_works_without_javascript(visitor: Visitor) -> None:
    context = visitor(java_script_enabled=False)
    context.route(
        WEATHER, lambda route: route.fulfill(body="<title>Wetter</title>", content_type="text/html")
    )
    page = opened(context)
    page.click("[data-quick-exit]")

    page.wait_for_url(WEATHER)


def test_what_the_browser_still_remembers_is_said(visitor: Visitor) -> None:
    page = opened(visitor(java_script_enabled=False, viewport=PHONE))
    page.click(".l-exit__why")

    expect(page.locator("#spuren").get_by_text("Ihr Browser merkt sich trotzdem Seiten")).to_be_visible()


def test_language_menu_and_dialog_work_without_javascript(visitor: Visitor) -> None:
    page = opened(visitor(java_script_enabled=False, viewport=PHONE))
    page.locator(".l-drop summary").first.click()
    expect(page.get_by_role("link", name="Українська")).to_be_visible()
    page.goto(PAGE)
    page.get_by_role("link", name="Wer sieht das?").click()

    expect(page.get_by_text("Nur das Familienbüro.")).to_be_visible()


def test_a_dialog_opens_closes_and_gives_the_focus_back(visitor: Visitor) -> None:
    page = opened(visitor())
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Wer sieht das?").click()
    expect(page.locator("#dlg-wer:modal")).to_be_visible()
    page.locator("#dlg-wer").get_by_role("link", name="Schließen").click()

    expect(page.locator("#dlg-wer")).to_be_hidden()
    expect(page.locator(":focus")).to_have_text("Wer sieht das?")


@pytest.mark.parametrize("javascript", [True, False])
def test_dark_is_kept_without_javascript_and_over_pages(visitor: Visitor, *, javascript: bool) -> None:
    page = opened(visitor(java_script_enabled=javascript, color_scheme="light"))
    page.get_by_role("button", name="dunkel").click()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    page.goto("/")

    expect(page.locator("html")).to_have_attribute("data-kern-theme", "dark")


def test_the_keyboard_reaches_the_content_first(visitor: Visitor) -> None:
    page = opened(visitor(), "/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt springen")
    page.keyboard.press("Enter")

    expect(page.locator("#inhalt")).to_be_focused()


def test_paper_shows_the_text_and_nothing_to_click(visitor: Visitor) -> None:
    page = opened(visitor())
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".l-exit")).to_be_hidden()
    expect(page.locator("button:visible")).to_have_count(0)


def test_near_me_fills_rounded_coordinates_into_the_form_alone(visitor: Visitor) -> None:
    context = visitor(geolocation={"latitude": 50.80412, "longitude": 6.48267}, permissions=["geolocation"])
    asked: list[str] = []
    page = opened(context)
    page.wait_for_load_state("networkidle")
    context.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="In meiner Nähe").click()
    page.wait_for_url("**lat=50.804&lon=6.483**")

    assert not any("50.8041" in url for url in asked)


def test_a_form_that_is_sent_twice_at_once_is_sent_once(visitor: Visitor) -> None:
    page = opened(visitor(viewport=PHONE), "/anmelden/code/")
    sent = page.evaluate(
        """() => [1, 2].map(() => document.querySelector("main form").dispatchEvent(
            new SubmitEvent("submit", {bubbles: true, cancelable: true})))"""
    )
    assert sent == [True, False]
