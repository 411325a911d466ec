"""Addresses of the talks of several offices."""

from django.urls import path

from lueckenlos.care.talks.views import bringing, items, papers, series, talking

app_name = "talks"
urlpatterns = [
    path("", series.home, name="home"),
    path("reihe/neu/", series.new, name="new_series"),
    path("reihe/<uuid:key>/", series.series, name="series"),
    path("reihe/<uuid:key>/aendern/", series.change, name="change_series"),
    path("reihe/<uuid:key>/aemter/", series.seat, name="seat"),
    path("reihe/<uuid:key>/person/", series.delegate, name="delegate"),
    path("reihe/<uuid:key>/person/<uuid:delegate_id>/austragen/", series.undelegate, name="undelegate"),
    path("reihe/<uuid:key>/termine/", series.plan, name="plan"),
    path("reihe/<uuid:key>/beenden/", series.end, name="end_series"),
    path("<uuid:talk_id>/", talking.talk, name="talk"),
    path("<uuid:talk_id>/tagesordnung/", talking.agenda, name="agenda"),
    path("<uuid:talk_id>/verlegen/", series.move, name="move_talk"),
    path("<uuid:talk_id>/absagen/", series.cancel, name="cancel"),
    path("<uuid:talk_id>/einspringen/", talking.step_in, name="step_in"),
    path("<uuid:talk_id>/bringen/", bringing.bring, name="bring"),
    path("<uuid:talk_id>/bringen/fall/", bringing.choose, name="choose"),
    path("<uuid:talk_id>/bringen/fall/<uuid:file>/", bringing.bring_case, name="bring_case"),
    path("<uuid:talk_id>/vorbereiten/", papers.prepare, name="prepare"),
    path("<uuid:talk_id>/briefe/", papers.letters, name="letters"),
    path("<uuid:talk_id>/beginnen/", talking.begin, name="begin"),
    path("<uuid:talk_id>/anwesend/", talking.presence, name="presence"),
    path("<uuid:talk_id>/leinwand/", talking.screen, name="screen"),
    path("<uuid:talk_id>/leinwand/jetzt/", talking.screen_now, name="screen_now"),
    path("<uuid:talk_id>/beenden/", talking.end, name="end"),
    path("<uuid:talk_id>/protokoll/", papers.record, name="record"),
    path("<uuid:talk_id>/protokoll.pdf", papers.record_pdf, name="record_pdf"),
    path("fall/<uuid:item_id>/", items.item, name="item"),
    path("fall/<uuid:item_id>/angaben/", items.parts, name="parts"),
    path("fall/<uuid:item_id>/aendern/", bringing.edit, name="edit"),
    path("fall/<uuid:item_id>/zuruecknehmen/", bringing.take_back, name="take_back"),
    path("fall/<uuid:item_id>/wieder-bringen/", bringing.bring_again, name="bring_again"),
    path("fall/<uuid:item_id>/mitnehmen/", bringing.move, name="move"),
    path("fall/<uuid:item_id>/angabe/", items.contribute, name="contribute"),
    path(
        "fall/<uuid:item_id>/angabe/<uuid:contribution_id>/loeschen/", items.uncontribute, name="uncontribute"
    ),
    path("fall/<uuid:item_id>/einwilligung/", items.ask, name="ask"),
    path("fall/<uuid:item_id>/brief/<uuid:draft_id>/", papers.letter, name="letter"),
    path("fall/<uuid:item_id>/aufrufen/", talking.call_up, name="call_up"),
    path("fall/<uuid:item_id>/ergebnis/", talking.conclude, name="conclude"),
    path("fall/<uuid:item_id>/absprache/", talking.agree, name="agree"),
]
