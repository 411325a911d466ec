"""Signing in and looking after one's own access: allauth's views under German paths."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as connect
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path, re_path

from lueckenlos.commons.accounts import views

OWN: list[URLPattern | URLResolver] = [
    path("konto/zweiter-faktor/noetig/", views.second_factor, name="second_factor"),
    path("konto/sitzungen/<int:session_id>/beenden/", views.end_session, name="end_session"),
    path("verwaltung/personen/", views.people, name="people"),
    path("verwaltung/personen/neu/", views.invite, name="invite"),
    path("verwaltung/personen/<uuid:person_id>/", views.person, name="person"),
    path(
        "verwaltung/personen/<uuid:person_id>/rollen/<int:grant_id>/beenden/",
        views.end_grant,
        name="end_grant",
    ),
    path(
        "verwaltung/personen/<uuid:person_id>/zweiter-faktor/",
        views.reset_second_factor,
        name="reset_second_factor",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "accounts"))),
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/code/", account.request_login_code, name="account_request_login_code"),
    path("anmelden/code/eingeben/", account.confirm_login_code, name="account_confirm_login_code"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/zweiter-faktor/", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden/", account.logout, name="account_logout"),
    path("konto/gesperrt/", account.account_inactive, name="account_inactive"),
    path("konto/neu/", account.signup, name="account_signup"),
    path("konto/bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/e-mail/", account.email, name="account_email"),
    path("konto/e-mail/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("konto/passwort/", account.password_change, name="account_change_password"),
    path("konto/passwort/festlegen/", account.password_set, name="account_set_password"),
    path("konto/passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path(
        "konto/passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"
    ),
    re_path(  # the key itself holds a hyphen
        r"^konto/passwort/vergessen/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/passwort/vergessen/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/zweiter-faktor/", mfa.index, name="mfa_index"),
    path("konto/zweiter-faktor/pruefen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/app/beenden/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/ersatzcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/zweiter-faktor/ersatzcodes/neu/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/zweiter-faktor/ersatzcodes/datei/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("konto/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("konto/passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("konto/passkeys/pruefen/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/passkeys/<int:pk>/entfernen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/passkeys/<int:pk>/benennen/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/sitzungen/", sessions.list_usersessions, name="usersessions_list"),
    path("konto/verbunden/", social.connections, name="socialaccount_connections"),
    path("konto/verbunden/neu/", social.signup, name="socialaccount_signup"),
    path("anmelden/abgebrochen/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("anmelden/fehler/", social.login_error, name="socialaccount_login_error"),
    path("anmelden/oidc/<str:provider_id>/", connect.login, name="openid_connect_login"),
    path("anmelden/oidc/<str:provider_id>/zurueck/", connect.callback, name="openid_connect_callback"),
]
