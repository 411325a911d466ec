"""Addresses of the front door."""

from django.urls import path

from lueckenlos.care.frontdoor.views import arrived, desk, lists, own, public, request

app_name = "frontdoor"
urlpatterns = [
    path("anliegen/", public.write, name="write"),
    path("anliegen/jung/", public.young, name="young"),
    path("anliegen/ort/", public.place, name="place"),
    path("anliegen/danke/", public.thanks, name="thanks"),
    path("anliegen/antwort/", own.own, name="own"),
    path("anliegen/antwort/fertig/", own.leave, name="leave"),
    path("anliegen/antwort/<uuid:file>/schreiben/", own.more, name="more"),
    path("anliegen/antwort/<uuid:file>/geholfen/", own.helped, name="helped"),
    path("anliegen/antwort/<uuid:file>/zurueckziehen/", own.withdraw, name="withdraw"),
    path("anliegen/antwort/<str:code>/", own.open_link, name="open"),
    path("vermittlung/danke/", arrived.came_thanks, name="arrived_came"),
    path("vermittlung/gut-zu-wissen/", arrived.not_thanks, name="arrived_not"),
    path("vermittlung/<str:code>/", arrived.arrived, name="arrived"),
    path("familienbuero/", desk.desk, name="desk"),
    path("familienbuero/strich/", desk.count, name="count"),
    path("familienbuero/strich/ort/", desk.place, name="count_place"),
    path("familienbuero/strich/<uuid:tally>/zurueck/", desk.undo, name="undo"),
    path("familienbuero/strichliste/", desk.month, name="month"),
    path("familienbuero/strichliste.csv", desk.month_file, name="month_file"),
    path("familienbuero/liste/", lists.one, name="list"),
    path("familienbuero/liste/leeren/", lists.empty, name="list_empty"),
    path("familienbuero/liste/drucken/", lists.pdf, name="list_pdf"),
    path("familienbuero/liste/mailen/", lists.mail, name="list_mail"),
    path("familienbuero/liste/angebot/<slug:key>/", lists.put, name="list_put"),
    path("familienbuero/anliegen/neu/", desk.take_down, name="take_down"),
    path("familienbuero/anliegen/<uuid:file>/aufgenommen/", desk.taken_down, name="taken_down"),
    path("familienbuero/anliegen/<uuid:file>/", request.request_page, name="request"),
    path("familienbuero/anliegen/<uuid:file>/uebernehmen/", request.take_over, name="take_over"),
    path("familienbuero/anliegen/<uuid:file>/weitergeben/", request.hand_over, name="hand_over"),
    path("familienbuero/anliegen/<uuid:file>/antworten/", request.answer, name="answer"),
    path("familienbuero/anliegen/<uuid:file>/nachfragen/", request.ask_back, name="ask_back"),
    path("familienbuero/anliegen/<uuid:file>/vermitteln/", request.refer, name="refer"),
    path("familienbuero/anliegen/<uuid:file>/abschliessen/", request.close, name="close"),
    path("familienbuero/anliegen/<uuid:file>/wieder-oeffnen/", request.open_again, name="open_again"),
    path("familienbuero/anliegen/<uuid:file>/brief/", request.letter, name="letter"),
]
