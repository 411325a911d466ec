"""The register of certificates of conduct."""

from django.urls import path

from lueckenlos.commons.certificates import views

app_name = "certificates"
urlpatterns = [
    path("fuehrungszeugnisse/", views.register, name="register"),
    path("fuehrungszeugnisse/neu/", views.new, name="new"),
    path("fuehrungszeugnisse/<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("fuehrungszeugnisse/<uuid:certificate_id>/neu-angesehen/", views.look_again, name="look_again"),
    path("fuehrungszeugnisse/<uuid:certificate_id>/beendet/", views.end, name="end"),
    path(
        "fuehrungszeugnisse/<uuid:certificate_id>/nicht-begonnen/", views.did_not_start, name="did_not_start"
    ),
]
