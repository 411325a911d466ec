"""Addresses of cases."""

from django.urls import path

from lueckenlos.care.cases.views import case, desk, handing, out, referrals

app_name = "cases"
urlpatterns = [
    path("faelle/", desk.mine, name="mine"),
    path("faelle/neu/", desk.choose, name="choose"),
    path("faelle/neu/<slug:key>/", desk.begin, name="begin"),
    path("faelle/team/", handing.team, name="team"),
    path("faelle/fristen/", out.kept_promises, name="times"),
    path("geteilt/", referrals.inbox, name="inbox"),
    path("geteilt/<slug:purpose>/<uuid:file>/", referrals.released, name="released"),
    path("geteilt/<slug:purpose>/<uuid:referral>/antwort/", referrals.answer, name="answer"),
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
    path("fall/<uuid:file>/weitergeben/", referrals.propose, name="refer"),
    path("fall/<uuid:file>/vermittlung/<uuid:referral>/", referrals.confirm, name="confirm"),
    path("fall/<uuid:file>/abgeben/", handing.assign, name="assign"),
    path("fall/<uuid:file>/vertretung/", handing.cover, name="cover"),
    path("fall/<uuid:file>/eintrag/<uuid:record>/oeffnen/", handing.open_confided, name="open_confided"),
    path("fall/<uuid:file>/akte.pdf", out.pdf, name="pdf"),
    path("fall/<uuid:file>/akte.json", out.data, name="data"),
    path("fall/<uuid:file>/weiter/", case.go_on, name="go_on"),
    path("fall/<uuid:file>/frage/<slug:key>/", case.outcome, name="outcome"),
]
