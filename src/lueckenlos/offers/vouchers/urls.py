"""Addresses of vouchers."""

from django.urls import path

from lueckenlos.offers.vouchers.views import desk, own, paying, public

app_name = "vouchers"
urlpatterns = [
    path("gutscheine/", public.overview, name="public"),
    path("gutscheine/gutschein/<str:code>/", own.own, name="own"),
    path("gutscheine/gutschein/<str:code>/code.svg", own.picture, name="picture"),
    path("gutscheine/verwalten/", desk.home, name="desk"),
    path("gutscheine/verwalten/neu/", paying.new, name="new"),
    path("gutscheine/verwalten/luecken/", paying.lacking, name="gaps"),
    path("gutscheine/verwalten/einloesen/", desk.redeem, name="redeem"),
    path("gutscheine/verwalten/gutschein/<uuid:voucher>/", desk.voucher, name="voucher"),
    path("gutscheine/verwalten/gutschein/<uuid:voucher>/zettel/", desk.slip, name="slip"),
    path("gutscheine/verwalten/<uuid:scheme>/", paying.manage, name="manage"),
    path("gutscheine/verwalten/<uuid:scheme>/aendern/", paying.change, name="change"),
    path("gutscheine/verwalten/<uuid:scheme>/ausgeben/", desk.issue, name="issue"),
    path("gutscheine/verwalten/<uuid:scheme>/abrechnen/", paying.settle, name="settle"),
    path("gutscheine/verwalten/<uuid:scheme>/<uuid:organization>/entfernen/", paying.stop, name="stop"),
    path("gutscheine/verwalten/<uuid:scheme>/abrechnung.csv", paying.table, name="table"),
    path("gutscheine/verwalten/<uuid:scheme>/abrechnung.xlsx", paying.workbook, name="workbook"),
]
