"""The finder's addresses."""

from django.urls import path

from lueckenlos.offers.finder.views import alerts, bookmarks, lists, search, service, words

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
    path("angebot/<slug:key>/auf-liste/", lists.put, name="put-on-list"),
    path("bescheid/", alerts.ask, name="alert"),
    path("bescheid/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("bescheid/<str:token>/ende/", alerts.stop, name="alert-stop"),
    path("listen/", lists.overview, name="lists"),
    path("listen/neu/", lists.new, name="new-list"),
    path("listen/<uuid:id_>/", lists.one, name="list"),
    path("listen/<uuid:id_>/aendern/", lists.change, name="change-list"),
    path("koordination/nicht-gefunden/", words.unmet, name="unmet"),
    path("koordination/nicht-gefunden/antwort/", words.answer, name="answer-unmet"),
    path("koordination/woerter/", words.words, name="words"),
    path("koordination/woerter/neu/", words.new_word, name="new-word"),
    path("koordination/woerter/<int:id_>/", words.word, name="word"),
    path("merkliste/", bookmarks.own, name="bookmarks"),
    path("merkliste/<str:link>/", bookmarks.shared, name="shared-bookmarks"),
    path("merkliste/<str:link>/uebernehmen/", bookmarks.take, name="take-bookmarks"),
]
