"""Addresses of programmes."""

from django.urls import path

from lueckenlos.offers.programmes.views import desk, door, entry, materials, mine, own, papers, public

app_name = "programmes"
urlpatterns = [
    path("mitmachen/", public.listing, name="listing"),
    path("meine-anmeldungen/", mine.listing, name="mine"),
    path("meine-anmeldungen/<uuid:registration>/", mine.open_again, name="open_again"),
    path("mitmachen/termine.ics", public.listing_calendar, name="listing_calendar"),
    path("mitmachen/neu.rss", public.listing_feed, name="listing_feed"),
    path("mitmachen/anmeldung/", own.by_code, name="by_code"),
    path("mitmachen/anmeldung/<str:code>/", own.own, name="own"),
    path("mitmachen/anmeldung/<str:code>/termine.ics", own.calendar, name="own_calendar"),
    path("mitmachen/anmeldung/<str:code>/karte.svg", own.ticket, name="ticket"),
    path(
        "mitmachen/anmeldung/<str:code>/bescheinigung/<uuid:seat>.pdf",
        own.certificate,
        name="own_certificate",
    ),
    path("mitmachen/anmeldung/<str:code>/unterlagen/<uuid:material>/", materials.own, name="own_material"),
    path("mitmachen/bescheinigung/", papers.certificate, name="certificates"),
    path("mitmachen/bescheinigung/<str:code>/", papers.certificate, name="certificate"),
    path("mitmachen/<slug:key>/", public.programme, name="programme"),
    path("mitmachen/<slug:key>/anmelden/", public.register, name="register"),
    path("mitmachen/<slug:key>/termine.ics", public.calendar, name="calendar"),
    path("mitmachen/<slug:key>/passt-nicht/", public.does_not_fit, name="does_not_fit"),
    path("programme/", desk.home, name="desk"),
    path("programme/briefe/", entry.letters, name="letters"),
    path("programme/neu/", desk.new, name="new"),
    path("programme/zahlen/", papers.year, name="figures"),
    path("programme/zahlen.csv", papers.year_table, name="figures_table"),
    path("programme/tuer/<uuid:registration>/", door.door, name="door"),
    path("programme/<uuid:programme>/handzettel.pdf", papers.leaflet, name="leaflet"),
    path("programme/<uuid:programme>/pressetext.txt", papers.press_text, name="press_text"),
    path("programme/<uuid:programme>/", desk.programme, name="manage"),
    path("programme/<uuid:programme>/aendern/", desk.change, name="change"),
    path("programme/<uuid:programme>/termine/", desk.dates, name="dates"),
    path("programme/<uuid:programme>/veroeffentlichen/", desk.publish, name="publish"),
    path("programme/<uuid:programme>/absagen/", desk.cancel, name="cancel"),
    path("programme/<uuid:programme>/zugang/", desk.access, name="access"),
    path("programme/<uuid:programme>/unterlagen/", materials.add, name="add_material"),
    path("programme/unterlage/<uuid:material>/", materials.look, name="material"),
    path("programme/unterlage/<uuid:material>/loeschen/", materials.remove, name="remove_material"),
    path("programme/<uuid:programme>/anmeldungen.csv", desk.table, name="table"),
    path("programme/<uuid:programme>/aufnehmen/", entry.take_down, name="take_down"),
    path("programme/anmeldung/<uuid:registration>/antworten/", entry.answer, name="answer"),
    path("programme/anmeldung/<uuid:registration>/streichen/", desk.release, name="release"),
    path("programme/termin/<uuid:session>/", desk.session, name="session"),
    path("programme/termin/<uuid:session>/absagen/", desk.cancel_date, name="cancel_date"),
]
