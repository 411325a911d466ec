"""The real browser and a running house for tests that drive pages."""

import os
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from django.test.testcases import LiveServerThread
from django.urls import get_resolver
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize, expect

from tests.browser import chromium

# Playwright keeps an event loop on this thread; Django then takes every query of a fixture for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# On a busy machine a page may take longer than the five seconds that are usual.
expect.set_options(timeout=15_000)

PHONE: ViewportSize = {"width": 360, "height": 740}
SMALL: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}

Visitor = Callable[..., BrowserContext]
Violations = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the worker; every test takes a context of its own."""
    with chromium.launch() as running:
        yield running


@pytest.fixture(scope="session")
def drawing_browser(browser: Browser) -> Iterator[Browser]:
    """A second one that also draws maps, for the few tests that look at one."""
    with chromium.beside(browser.browser_type, maps=True) as running:
        yield running


@pytest.fixture(scope="session")
def warmed() -> None:
    """Read all pages' code and the models before the first visitor comes, as a server does when it starts."""
    from lueckenlos.offers.finder import engine

    assert get_resolver().url_patterns
    engine.read_models()


@pytest.fixture
def house(own_database: str, warmed: None) -> Iterator[str]:
    """The address of the running house on a database of its own."""
    thread = LiveServerThread("127.0.0.1", cast("Any", lambda handler: handler))
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def visitor(browser: Browser, house: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Makes visitors: each with a fresh profile, at home in this house; options are playwright's, and `maps`."""
    visitors: list[BrowserContext] = []

    def come(*, maps: bool = False, **options: Any) -> BrowserContext:
        given = {"base_url": house, "locale": "de-DE", "viewport": DESKTOP, **options}
        chosen = request.getfixturevalue("drawing_browser") if maps else browser
        visitors.append(chosen.new_context(**given))
        visitors[-1].set_default_timeout(20_000)
        # A house of its own reads words and models anew before its first answer.
        visitors[-1].set_default_navigation_timeout(60_000)
        if options.get("java_script_enabled", True):
            _make_patient(visitors[-1])
        return visitors[-1]

    yield come
    for each in visitors:
        each.close()


def unfinished(page: Page) -> Locator:
    """A page that has not come whole yet: its scripts may still be on their way."""
    return page.locator("html:not([data-whole])")


def _make_patient(context: BrowserContext) -> None:
    """Let every deed wait until the page before it stands whole, scripts included: nobody types within a millisecond."""
    context.add_init_script("addEventListener('load', () => (document.documentElement.dataset.whole = ''))")

    def wait(part: Locator) -> None:
        part.page.wait_for_load_state()

    def watch(page: Page) -> None:
        page.add_locator_handler(unfinished(page), wait, no_wait_after=True)

    context.on("page", watch)


@pytest.fixture
def violations() -> Violations:
    """Asks axe about a page: what it breaks and where, empty when nothing."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def ask(page: Page) -> list[str]:
        try:
            return once(page)
        except Error as error:
            # A click before may still be bringing the next page; that one is the one to ask about.
            if "context was destroyed" not in str(error):
                raise
            page.wait_for_load_state()
            return once(page)

    def once(page: Page) -> list[str]:
        page.evaluate(chromium.AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)["violations"]
        return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]

    return ask
