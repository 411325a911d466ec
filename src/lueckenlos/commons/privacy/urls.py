"""Where somebody is asked for a consent."""

from django.urls import path

from lueckenlos.commons.privacy import views

app_name = "privacy"
urlpatterns = [
    path("einwilligung/", views.enter, name="enter"),
    path("einwilligung/vergessen/", views.leave, name="leave"),
    path("einwilligung/code/<str:code>/", views.by_code, name="by_code"),
    path("einwilligung/<uuid:draft>/", views.asked, name="asked"),
    path("einwilligung/<uuid:draft>/antwort/", views.answer, name="answer"),
    path("einwilligung/<uuid:draft>/zuruecknehmen/", views.withdraw, name="withdraw"),
    path("einwilligung/<uuid:draft>/kopie.pdf", views.copy, name="copy"),
]
