"""Where the public interfaces are mounted."""

from django.urls import include, path

from lueckenlos.commons.directory.api import interface, opened_to_all
from lueckenlos.commons.directory.api.open_data import urlpatterns as open_data
from lueckenlos.kernels.openreferral import Profile

_HSDS, _ORUK = interface(Profile.DE, namespace="hsds"), interface(Profile.ORUK, namespace="oruk")

urlpatterns = [
    path("hsds/", include((opened_to_all(_HSDS.urls[0]), "ninja"), namespace="hsds")),
    path("oruk/", include((opened_to_all(_ORUK.urls[0]), "ninja"), namespace="oruk")),
    path("daten/", include((open_data, "daten"), namespace="daten")),
]
