"""All settings in one file, driven by the environment; see `environment.py` for the variables."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django.conf.locale
import django_stubs_ext
from csp.constants import NONE, SELF

from lueckenlos.config import static_files
from lueckenlos.config.environment import read_environment, secret

django_stubs_ext.monkeypatch()

ENVIRONMENT = read_environment()
HOME = ENVIRONMENT.home
DEMO = ENVIRONMENT.demo
TESTS = ENVIRONMENT.tests
PACKAGE = Path(__file__).resolve().parent.parent
BASE_URL = ENVIRONMENT.base_url
MAP_STYLE_URL = ENVIRONMENT.map_style_url

SECRET_KEY = secret(HOME, "SECRET_KEY")
CONTEXT_KEY = secret(HOME, "CONTEXT_KEY")
DOCUMENT_KEY = secret(HOME, "DOCUMENT_KEY")
# A function (dotted path) that looks at each uploaded document and says whether it is clean; none by default.
DOCUMENT_SCANNER = ENVIRONMENT.document_scanner
DEBUG = False
ALLOWED_HOSTS = sorted({urlsplit(BASE_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")


def database(url: str | None) -> dict[str, Any]:
    """Django's description of one PostgreSQL connection."""
    parts = urlsplit(url or "postgresql://lueckenlos_app@127.0.0.1:1/lueckenlos")
    options: dict[str, Any] = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lueckenlos.core",
    "lueckenlos.commons.places",
    "lueckenlos.commons.directory",
    "lueckenlos.commons.signals",
    "lueckenlos.commons.accounts",
    "lueckenlos.commons.tasks",
    "lueckenlos.commons.certificates",
    "lueckenlos.commons.privacy",
    "lueckenlos.commons.families",
    "lueckenlos.offers.finder",
    "lueckenlos.offers.holidays",
    "lueckenlos.offers.programmes",
    "lueckenlos.offers.bookings",
    "lueckenlos.offers.classes",
    "lueckenlos.offers.courses",
    "lueckenlos.offers.vouchers",
    "lueckenlos.offers.centres",
    "lueckenlos.care.advisers",
    "lueckenlos.care.cases",
    "lueckenlos.care.frontdoor",
    "lueckenlos.care.talks",
    "lueckenlos.steering.chain",
    "lueckenlos.portal",
    "lueckenlos.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lueckenlos.config.static_files.StaticFilesMiddleware",
    "lueckenlos.core.requests.RequestLogMiddleware",
    "lueckenlos.core.packing.PackedPagesMiddleware",
    "lueckenlos.commons.places.middleware.CountyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lueckenlos.commons.accounts.middleware.ActorMiddleware",
    "lueckenlos.commons.privacy.middleware.WallMiddleware",
    # Innermost, so that its page is made like every other.
    "lueckenlos.core.requests.DeedAsPageMiddleware",
]
if DEMO:
    MIDDLEWARE.append("lueckenlos.portal.demo.DemoDayMiddleware")

ROOT_URLCONF = "lueckenlos.config.urls"
WSGI_APPLICATION = "lueckenlos.config.wsgi.application"
FORM_RENDERER = "lueckenlos.core.forms.KernRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lueckenlos.portal.shell.shell",
            ],
            "builtins": ["lueckenlos.core.templatetags.kern"],
        },
    },
]

# Languages: German is the source; Einfache Sprache is a text of its own, so it is a language of its own.
django.conf.locale.LANG_INFO["de-x-plain"] = {
    "bidi": False,
    "code": "de-x-plain",
    "name": "German, plain language",
    "name_local": "Einfache Sprache",
}
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", "Deutsch"),
    ("de-x-plain", "Einfache Sprache"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "sprache"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = static_files.address()
STATIC_ROOT = None  # whitenoise serves from the packages; nothing is collected
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "uploads"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
if MAP_STYLE_URL:
    _map_host = "{0.scheme}://{0.netloc}".format(urlsplit(MAP_STYLE_URL))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"].append(_map_host)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_map_host)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = SECURE
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:front"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it allauth asks for no password
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "lueckenlos.commons.accounts.adapter.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/10m/key", "login": "30/m/ip"}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: the session ends with the browser
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SECOND_FACTOR = ENVIRONMENT.second_factor
MFA_ADAPTER = "lueckenlos.commons.accounts.adapter.MfaAdapter"
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTS
USERSESSIONS_TRACK_ACTIVITY = False
# Failed attempts are counted in a table: several processes serve, and each would count for itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        "KEY_FUNCTION": "lueckenlos.commons.accounts.limits.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # Django's 300 could be flushed by guessing at 300 mailboxes
    }
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTS:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
OIDC_APP = {name.removeprefix("LUECKENLOS_OIDC_").lower(): value for name, value in ENVIRONMENT.oidc.items()}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "lueckenlos.commons.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # a known address is linked if the provider has verified it
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_APP:
    # Browsers hold a form to its policy on the redirects after it too.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_APP["server_url"]))
    )
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": OIDC_APP.get("id", "haus"),
                    "name": OIDC_APP.get("name", "Anmeldung des Hauses"),
                    "client_id": OIDC_APP.get("client_id", ""),
                    "secret": OIDC_APP.get("client_secret", ""),
                    "settings": {"server_url": OIDC_APP.get("server_url", ""), "oauth_pkce_enabled": True},
                }
            ],
        }
    }

# Mail: a folder in the home unless the environment names an SMTP server
_mail = urlsplit(ENVIRONMENT.email_url or "")
MAIL_FOLDER = Path(_mail.path) if _mail.scheme == "file" else HOME / "mail"
if _mail.scheme.startswith("smtp"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
DEFAULT_FROM_EMAIL = f"no-reply@{urlsplit(BASE_URL).hostname or 'localhost'}"

# Short messages: a gateway over HTTP, files in a demo, else none
SMS_URL = ENVIRONMENT.sms_url or ""
SMS_TOKEN = ENVIRONMENT.sms_token
SMS_FOLDER = HOME / "sms"
# Where files go for the archive before they are erased; by default a tray in the home
ARCHIVE_FOLDER = ENVIRONMENT.archive_folder

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "lueckenlos.core.logs.LineFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "INFO" if not TESTS else "WARNING"},
    # An address may hold the key of a case: what is not found is logged by its route alone.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # the worker loads the jobs when it begins: see core.jobs
SILENCED_SYSTEM_CHECKS: list[str] = []
