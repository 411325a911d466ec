"""Addresses of the directory: German paths, English names."""

from django.urls import path

from lueckenlos.commons.directory.views import care, coordination, desk, entry, importing

app_name = "directory"
urlpatterns = [
    path("angebote-pflegen/", desk.desk, name="desk"),
    path("angebote-pflegen/zeiten/", entry.read_schedule, name="read_schedule"),
    path("angebote-pflegen/hinweise/", desk.inquiries, name="inquiries_own"),
    path("angebote-pflegen/hinweise/<uuid:inquiry_id>/", desk.inquiry, name="inquiry"),
    path("angebote-pflegen/traeger/<uuid:organization_id>/", desk.organization, name="organization"),
    path("angebote-pflegen/traeger/<uuid:organization_id>/neu/", entry.new, name="new"),
    path("angebote-pflegen/traeger/<uuid:organization_id>/einlesen/", importing.upload, name="import_upload"),
    path("angebote-pflegen/einlesen/<str:token>/", importing.columns, name="import_columns"),
    path("angebote-pflegen/einlesen/<str:token>/ansehen/", importing.preview, name="import_preview"),
    path("angebote-pflegen/angebot/<slug:key>/", entry.edit, name="edit"),
    path("angebote-pflegen/angebot/<slug:key>/verlauf/", entry.history, name="history"),
    path("angebote-pflegen/angebot/<slug:key>/stimmt-noch/", entry.confirm, name="confirm"),
    path("angebote-pflegen/angebot/<slug:key>/beenden/", entry.end, name="end"),
    path("pflege/<str:token>/", care.care_link, name="care_link"),
    path("pflege/<str:token>/<slug:key>/", care.care_edit, name="care_edit"),
    path("koordination/angebote/", coordination.overview, name="coordination"),
    path("koordination/hinweise/", desk.inquiries, name="inquiries"),
    path("koordination/vorschlaege/", coordination.proposals, name="proposals"),
    path("koordination/vorschlaege/<uuid:proposal_id>/", coordination.proposal, name="proposal"),
    path("koordination/traeger/", coordination.organizations, name="organizations"),
    path("koordination/traeger/neu/", coordination.new_organization, name="new_organization"),
    path("koordination/traeger/<uuid:organization_id>/vertrauen/", coordination.trust, name="trust"),
    path("koordination/traeger/<uuid:organization_id>/umbenennen/", coordination.rename, name="rename"),
]
