"""Addresses of rounds."""

from django.urls import path

from lueckenlos.offers.holidays.views import desk, own, public, turning

app_name = "holidays"
urlpatterns = [
    path("ferien/", public.listing, name="listing"),
    path("ferien/verwalten/", desk.home, name="desk"),
    path("ferien/verwalten/neu/", desk.new, name="new"),
    path("ferien/verwalten/angebot/<uuid:offer>/", desk.offer, name="offer"),
    path("ferien/verwalten/<uuid:key>/", desk.manage, name="manage"),
    path("ferien/verwalten/<uuid:key>/aendern/", desk.change, name="change"),
    path("ferien/verwalten/<uuid:key>/angebote/", desk.ask, name="ask"),
    path("ferien/verwalten/<uuid:key>/freihalten/", desk.keep, name="keep"),
    path("ferien/verwalten/<uuid:key>/oeffnen/", desk.open_round, name="open"),
    path("ferien/verwalten/<uuid:key>/auslosen/", desk.deal, name="deal"),
    path("ferien/verwalten/<uuid:key>/verschicken/", desk.publish, name="publish"),
    path("ferien/verwalten/<uuid:key>/verlaengern/", turning.extend, name="extend"),
    path("ferien/verwalten/<uuid:key>/abbrechen/", turning.abort, name="abort"),
    path("ferien/wunschzettel/<str:code>/", own.own, name="own"),
    path("ferien/<slug:key>/", public.round_page, name="round"),
    path("ferien/<slug:key>/wunschzettel/", public.write, name="write"),
    path("ferien/<slug:key>/lose/", public.lots, name="lots"),
    path("ferien/<slug:key>/lose.csv", public.lots_table, name="lots_table"),
]
