"""The addresses of the social areas, below those of the chain."""

from django.urls import path

from lueckenlos.steering.chain.views import analysis, indicator_import, indicators, sites

urlpatterns = [
    path("", analysis.analysis, name="analysis"),
    path("standorte/", sites.sites, name="sites"),
    path("standorte/neu/", sites.site_new, name="site-new"),
    path("standorte/<uuid:id_>/", sites.site, name="site"),
    path("standorte/<uuid:id_>/vorlage.pdf", sites.site_paper, name="site-paper"),
    path("standorte/<uuid:id_>/bearbeiten/", sites.site_edit, name="site-edit"),
    path("standorte/<uuid:id_>/entscheiden/", sites.site_decide, name="site-decide"),
    path("standorte/<uuid:id_>/verwerfen/", sites.site_drop, name="site-drop"),
    path("daten/", indicators.indicators, name="indicators"),
    path("daten/einlesen/", indicator_import.upload, name="indicator-import"),
    path("daten/einlesen/<str:token>/", indicator_import.columns, name="indicator-columns"),
    path("daten/einlesen/<str:token>/indikatoren/", indicator_import.names, name="indicator-names"),
    path("daten/einlesen/<str:token>/ansehen/", indicator_import.preview, name="indicator-preview"),
    path("daten/<slug:key>/", indicators.indicator, name="indicator"),
    path("daten/<slug:key>/zuruecknehmen/", indicators.indicator_forget, name="indicator-forget"),
]
