"""Each person's own page."""

from django.urls import path

from lueckenlos.portal.own_data import views

app_name = "own"
urlpatterns = [
    path("meine-daten/", views.page, name="page"),
    path("meine-daten/code/", views.enter, name="enter"),
    path("meine-daten/code/<str:code>/", views.by_code, name="by_code"),
    path("meine-daten/schliessen/", views.leave, name="leave"),
    path("meine-daten/gesehen/", views.seen, name="seen"),
    path("meine-daten/bitte/", views.ask, name="ask"),
    path("meine-daten/gespraech/<uuid:item>/", views.say, name="say"),
    path("meine-daten/daten.json", views.as_json, name="json"),
    path("meine-daten/daten.pdf", views.as_pdf, name="pdf"),
    path("meine-daten/unterlage/<uuid:key>/", views.document, name="document"),
    path("meine-daten/frage/<uuid:draft>/", views.answer, name="answer"),
    path("meine-daten/einwilligung/<uuid:consent>/widerruf/", views.withdraw, name="withdraw"),
    path("meine-daten/schweigepflicht/<uuid:release>/ende/", views.end_secrecy, name="end_secrecy"),
]
