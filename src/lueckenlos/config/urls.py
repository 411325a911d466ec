"""All addresses: German paths, English names."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from lueckenlos.core import workshop
from lueckenlos.portal import appearance, sitemaps

urlpatterns = [
    path("aussehen.css", appearance.appearance, name="appearance"),
    path("farben/", appearance.colors, name="colors"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.sitemap, name="sitemap-section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("api/", include("lueckenlos.config.api")),
    *i18n_patterns(
        # Each address is looked for room by room, so what families ask for most stands first.
        path("", include("lueckenlos.offers.finder.urls")),
        path("", include("lueckenlos.offers.programmes.urls")),
        path("", include("lueckenlos.offers.bookings.urls")),
        path("", include("lueckenlos.portal.urls")),
        path("", include("lueckenlos.portal.own_data.urls")),
        path("", include("lueckenlos.portal.oversight.urls")),
        path("", include("lueckenlos.commons.accounts.urls")),
        path("", include("lueckenlos.commons.tasks.urls")),
        path("", include("lueckenlos.commons.privacy.urls")),
        path("", include("lueckenlos.commons.certificates.urls")),
        path("", include("lueckenlos.care.frontdoor.urls")),
        path("", include("lueckenlos.offers.holidays.urls")),
        path("", include("lueckenlos.offers.classes.urls")),
        path("", include("lueckenlos.offers.courses.urls")),
        path("", include("lueckenlos.offers.vouchers.urls")),
        path("", include("lueckenlos.offers.centres.urls")),
        path("", include("lueckenlos.commons.directory.urls")),
        path("", include("lueckenlos.care.advisers.urls")),
        path("", include("lueckenlos.care.cases.urls")),
        path("gespraeche/", include("lueckenlos.care.talks.urls")),
        path("kette/", include("lueckenlos.steering.chain.urls")),
        prefix_default_language=False,
    ),
]
if settings.DEMO:
    urlpatterns += [path("werkstatt/", workshop.workshop, name="workshop")]
