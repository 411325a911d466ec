"""Data protection's desk. „/datenschutz/“ itself is everybody's privacy notice."""

from django.urls import path

from lueckenlos.portal.oversight import views

app_name = "oversight"
urlpatterns = [
    path("datenschutz/aufsicht/", views.overview, name="overview"),
    path("datenschutz/aufsicht/einsichten/", views.disclosures, name="disclosures"),
    path("datenschutz/aufsicht/bitten/", views.rights, name="rights"),
    path("datenschutz/aufsicht/bitten/<uuid:right>/", views.right, name="right"),
    path("datenschutz/aufsicht/protokoll/", views.verify, name="verify"),
    path("datenschutz/aufsicht/loeschen/", views.retention, name="retention"),
    path("datenschutz/aufsicht/verzeichnis/", views.documents, name="documents"),
    path("datenschutz/aufsicht/verzeichnis/<slug:key>/", views.document, name="document"),
    path("datenschutz/aufsicht/verzeichnis/<slug:key>.pdf", views.document_pdf, name="document_pdf"),
]
