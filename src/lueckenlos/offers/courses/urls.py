"""Addresses of online courses."""

from django.urls import path

from lueckenlos.offers.courses.views import desk, own, public

app_name = "courses"
urlpatterns = [
    path("online-kurse/", public.listing, name="listing"),
    path("online-kurse/zugang/<str:code>/", own.own, name="own"),
    path("online-kurse/nicht-erinnern/<str:code>/", own.stop_reminders, name="stop_reminders"),
    path("online-kurse/verwalten/", desk.home, name="desk"),
    path("online-kurse/verwalten/neu/", desk.new, name="new"),
    path("online-kurse/verwalten/<uuid:course>/", desk.course, name="manage"),
    path("online-kurse/verwalten/<uuid:course>/aendern/", desk.change, name="change"),
    path("online-kurse/verwalten/<uuid:course>/veroeffentlichen/", desk.publish, name="publish"),
    path("online-kurse/verwalten/<uuid:course>/schliessen/", desk.close, name="close"),
    path("online-kurse/verwalten/<uuid:course>/codes/", desk.upload, name="upload"),
    path("online-kurse/verwalten/<uuid:course>/codes/<str:token>/", desk.preview, name="preview"),
    path("online-kurse/<slug:key>/", public.course, name="course"),
    path("online-kurse/<slug:key>/anmelden/", public.enroll, name="enroll"),
    path("online-kurse/<slug:key>/anmelden/geschickt/", public.sent, name="sent"),
]
