"""Reading a page that a click brought: a click may return before the next page has come, so every reading waits."""

import re

from playwright.sync_api import Page


def arrived(page: Page, path: str) -> str:
    """The address of the open page, as soon as its path is this one (a pattern, as a whole)."""
    page.wait_for_url(re.compile(rf"^https?://[^/]+{path}$"))
    return page.url
