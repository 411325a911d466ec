"""Addresses of family classes."""

from django.urls import path

from lueckenlos.offers.classes.views import child, desk, families, mornings, own, public, second

app_name = "classes"
urlpatterns = [
    path("familienklasse/", public.listing, name="listing"),
    path("familienklasse/kind/<str:code>/", child.page, name="child"),
    path("familienklasse/eltern/<str:code>/", second.page, name="second"),
    path("familienklasse/eltern/<str:code>/termine.ics", second.calendar, name="second_calendar"),
    path("familienklasse/<str:code>/", own.own, name="own"),
    path("familienklasse/<str:code>/termine.ics", own.calendar, name="own_calendar"),
    path("familienklassen/", desk.home, name="desk"),
    path("familienklassen/neu/", desk.new, name="new"),
    path("familienklassen/<uuid:family_class>/", desk.family_class, name="manage"),
    path("familienklassen/<uuid:family_class>/aendern/", desk.change, name="change"),
    path("familienklassen/<uuid:family_class>/einladen/", families.invite, name="invite"),
    path("familienklassen/<uuid:family_class>/vormittag/", mornings.add, name="add_morning"),
    path("familienklassen/<uuid:family_class>/bericht/", desk.report, name="report"),
    path("familienklassen/<uuid:family_class>/bericht.xlsx", desk.report_table, name="report_table"),
    path("familienklassen/einladung/<uuid:invitation>/", families.invitation, name="invitation"),
    path("familienklassen/einladung/<uuid:invitation>/blatt.pdf", families.sheet, name="sheet"),
    path("familienklassen/einladung/<uuid:invitation>/zweites/", families.second, name="second_desk"),
    path(
        "familienklassen/einladung/<uuid:invitation>/zweites.pdf", families.second_sheet, name="second_sheet"
    ),
    path("familienklassen/kind/<uuid:member>/", families.member, name="member"),
    path("familienklassen/vormittag/<uuid:morning>/", mornings.morning, name="morning"),
    path("familienklassen/vormittag/<uuid:morning>/absagen/", mornings.cancel, name="cancel_morning"),
    path("familienklassen/vormittag/<uuid:morning>/tablet/", mornings.hand_over, name="hand_over"),
]
