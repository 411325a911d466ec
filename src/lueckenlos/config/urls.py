"""All addresses: German paths, English names."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("", include("lueckenlos.portal.urls")),
        prefix_default_language=False,
    ),
]
