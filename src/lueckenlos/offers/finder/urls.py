"""The finder's addresses."""

from django.urls import path

from lueckenlos.offers.finder.views import bookmarks, search, service

app_name = "finder"
urlpatterns = [
    path("suche/", search.search, name="search"),
    path("suche/punkte.json", search.points, name="points"),
    path("karte/gemeinden.json", search.areas, name="areas"),
    path("themen/", search.topics, name="topics"),
    path("hilfe-sofort/", search.urgent, name="urgent"),
    path("angebot/<slug:key>/", service.service, name="service"),
    path("angebot/<slug:key>/code.svg", service.code, name="code"),
    path("angebot/<slug:key>/termine.ics", service.calendar, name="calendar"),
    path("angebot/<slug:key>/punkte.json", service.points, name="service-points"),
    path("angebot/<slug:key>/stimmt-nicht/", service.not_true, name="not-true"),
    path("angebot/<slug:key>/nicht-versucht/", service.not_tried, name="not-tried"),
    path("angebot/<slug:key>/merken/", bookmarks.mark, name="mark"),
    path("merkliste/", bookmarks.own, name="bookmarks"),
    path("merkliste/<str:link>/", bookmarks.shared, name="shared-bookmarks"),
    path("merkliste/<str:link>/uebernehmen/", bookmarks.take, name="take-bookmarks"),
]
