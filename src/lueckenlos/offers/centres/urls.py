"""Addresses of centres."""

from django.urls import path

from lueckenlos.offers.centres.views import desk, public, together

app_name = "centres"
urlpatterns = [
    path("familienzentren/", public.listing, name="listing"),
    path("familienzentren/verwalten/", desk.home, name="desk"),
    path("familienzentren/verwalten/neu/", desk.new, name="new"),
    path("familienzentren/verwalten/notiz/<uuid:note>/", together.note, name="note"),
    path("familienzentren/verwalten/<uuid:centre>/", desk.manage, name="manage"),
    path("familienzentren/verwalten/<uuid:centre>/aendern/", desk.change, name="change"),
    path("familienzentren/verwalten/<uuid:centre>/antwort/", desk.answer, name="answer"),
    path("familienzentren/verwalten/<uuid:centre>/leitung/", desk.lead, name="lead"),
    path("familienzentren/verwalten/<uuid:centre>/planen/", together.plan, name="plan"),
    path("familienzentren/verwalten/<uuid:centre>/luecken/", together.lacking, name="gaps"),
    path("familienzentren/verwalten/<uuid:centre>/<uuid:organization>/trennen/", desk.part, name="part"),
    path("familienzentren/<slug:key>/", public.centre, name="centre"),
    path("familienzentren/<slug:key>/termine/", public.dates, name="dates"),
    path("familienzentren/<slug:key>/termine.ics", public.calendar, name="calendar"),
    path("familienzentren/<slug:key>/termine.rss", public.feed, name="feed"),
]
