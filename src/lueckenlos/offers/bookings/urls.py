"""Addresses of bookings."""

from django.urls import path

from lueckenlos.offers.bookings.views import desk, letters, own, public, times

app_name = "bookings"
urlpatterns = [
    path("termine-buchen/", public.listing, name="listing"),
    path("termine-buchen/termin/", own.by_code, name="by_code"),
    path("termine-buchen/termin/<str:code>/", own.own, name="own"),
    path("termine-buchen/termin/<str:code>/termin.ics", own.calendar, name="own_calendar"),
    path("termine-buchen/kalender/<str:code>/belegt.ics", own.feed, name="feed"),
    path("termine-buchen/<uuid:resource>/", public.resource, name="resource"),
    path("meine-termine/<uuid:booking>/", own.open_again, name="open_again"),
    path("buchungen/", desk.home, name="desk"),
    path("buchungen/briefe/", letters.due, name="letters"),
    path("buchungen/neu/", desk.new, name="new"),
    path("buchungen/<uuid:resource>/", desk.resource, name="manage"),
    path("buchungen/<uuid:resource>/aendern/", desk.change, name="change"),
    path("buchungen/<uuid:resource>/aufgeben/", desk.give_up, name="give_up"),
    path("buchungen/<uuid:resource>/kalender/", desk.issue_feed, name="issue_feed"),
    path("buchungen/<uuid:resource>/tag/", times.day, name="day"),
    path("buchungen/<uuid:resource>/eintragen/", times.enter, name="enter"),
    path("buchungen/<uuid:resource>/sperren/", times.block, name="block"),
    path("buchungen/buchung/<uuid:booking>/", times.booking, name="booking"),
    path("buchungen/buchung/<uuid:booking>/zettel/", times.slip, name="slip"),
]
