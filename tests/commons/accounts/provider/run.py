"""Starts the identity provider: `python -m tests.commons.accounts.provider.run PORT REDIRECT_URI`."""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django

PASSWORD = "ein langer Satz beim Anbieter"
VERIFIED, UNVERIFIED, STRANGER = "kollegin@example.org", "kollege@example.org", "neu@example.org"


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


def main(port: int, redirect_uri: str) -> None:
    """Make the tables, the people and the one client, then serve until killed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.commons.accounts.provider.settings"
    django.setup()
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    for email in (VERIFIED, UNVERIFIED, STRANGER):
        user = User.objects.create_user(
            email.partition("@")[0], email, PASSWORD, first_name="Kim", last_name="Muster"
        )
        EmailAddress.objects.create(user=user, email=email, verified=email != UNVERIFIED, primary=True)
    client = Client(id="lueckenlos", name="lückenlos", secret=make_password("geheim"), skip_consent=True)
    client.scopes = "openid\nprofile\nemail"
    client.redirect_uris = redirect_uri
    client.save()
    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
