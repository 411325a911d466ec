"""Addresses of cases."""

from django.urls import path

from lueckenlos.care.cases.views import case, desk

app_name = "cases"
urlpatterns = [
    path("faelle/", desk.mine, name="mine"),
    path("faelle/neu/", desk.choose, name="choose"),
    path("faelle/neu/<slug:key>/", desk.begin, name="begin"),
    path("wege/<slug:key>/", desk.pathway, name="pathway"),
    path("fall/<uuid:file>/", case.case, name="case"),
    path("fall/<uuid:file>/offen/", case.present, name="present"),
    path("fall/<uuid:file>/eintrag/<slug:kind>/", case.write, name="write"),
    path("fall/<uuid:file>/eintrag/<uuid:record>/aendern/", case.change, name="change"),
    path("fall/<uuid:file>/person/", case.person, name="person"),
    path("fall/<uuid:file>/ziel/", case.goal, name="goal"),
    path("fall/<uuid:file>/ziel/<uuid:goal_id>/einschaetzen/", case.rate, name="rate"),
    path("fall/<uuid:file>/ziel/<uuid:goal_id>/beenden/", case.end_goal, name="end_goal"),
    path("fall/<uuid:file>/unterlage/", case.document, name="document"),
    path("fall/<uuid:file>/unterlage/<uuid:document_id>/", case.download, name="download"),
    path("fall/<uuid:file>/weiter/", case.go_on, name="go_on"),
    path("fall/<uuid:file>/frage/<slug:key>/", case.outcome, name="outcome"),
]
