"""Whoever looks at a map reads whose boundaries it shows; the county says it, and it is text, not HTML."""

from typing import Any

from playwright.sync_api import expect

SOURCE = "© GeoBasis-DE / BKG 2017 (Daten verändert)"


def test_the_map_names_the_source_of_the_boundaries(visitor: Any, violations: Any) -> None:
    page = visitor(maps=True).new_page()
    page.goto("/suche/?q=Krabbelgruppe&ansicht=karte")
    page.get_by_role("button", name="Karte zeigen").click()
    expect(page.locator(".l-map[data-ready]")).to_be_visible()
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text(SOURCE)
    expect(page.locator(".maplibregl-ctrl-attrib-inner")).to_be_visible()
    assert violations(page) == []


def test_markup_in_the_source_stays_text(visitor: Any) -> None:
    page = visitor(maps=True).new_page()

    def answer(route: Any) -> None:
        found = route.fetch()
        route.fulfill(json=found.json() | {"attribution": '<img src=x class="evil"> & mehr'})

    page.route("**/karte/gemeinden.json", answer)
    page.goto("/suche/?q=Krabbelgruppe&ansicht=karte")
    page.get_by_role("button", name="Karte zeigen").click()
    expect(page.locator(".l-map[data-ready]")).to_be_visible()
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text('<img src=x class="evil"> & mehr')
    expect(page.locator("img.evil")).to_have_count(0)
