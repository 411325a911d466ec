"""Addresses of agreeing, within those of cases."""

from django.urls import path

from lueckenlos.care.cases.views import consent_answers, consent_ends, consents

urlpatterns = [
    path("einwilligungen/<uuid:draft>/", consents.by_draft, name="consent_asked"),
    path("fall/<uuid:file>/einwilligungen/", consents.consents, name="consents"),
    path("fall/<uuid:file>/einwilligungen/fragen/", consents.what, name="consent_what"),
    path("fall/<uuid:file>/einwilligungen/fragen/anlegen/", consents.ask, name="consent_ask"),
    path("fall/<uuid:file>/einwilligungen/<uuid:draft>/", consents.draft, name="consent_draft"),
    path("fall/<uuid:file>/einwilligungen/<uuid:draft>/zurueck/", consents.revoke, name="consent_revoke"),
    path("fall/<uuid:file>/einwilligungen/<uuid:draft>/senden/", consent_answers.send, name="consent_send"),
    path(
        "fall/<uuid:file>/einwilligungen/<uuid:draft>/formular.pdf",
        consent_answers.form_pdf,
        name="consent_form",
    ),
    path("fall/<uuid:file>/einwilligung/<uuid:draft>/tablet/", consent_answers.tablet, name="consent_tablet"),
    path(
        "fall/<uuid:file>/einwilligungen/<uuid:draft>/papier/", consent_answers.on_paper, name="consent_paper"
    ),
    path(
        "fall/<uuid:file>/einwilligungen/<uuid:draft>/muendlich/",
        consent_answers.by_word,
        name="consent_oral",
    ),
    path(
        "fall/<uuid:file>/einwilligungen/<uuid:consent>/widerruf/",
        consent_ends.withdraw,
        name="consent_withdraw",
    ),
    path("fall/<uuid:file>/schweigepflicht/", consent_ends.secrecy, name="secrecy"),
    path(
        "fall/<uuid:file>/schweigepflicht/<uuid:release>/ende/", consent_ends.end_secrecy, name="secrecy_end"
    ),
    path(
        "fall/<uuid:file>/eigene-seite/<uuid:person>/", consent_ends.own_page_letter, name="own_page_letter"
    ),
]
