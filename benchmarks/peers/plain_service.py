"""The least that a service in Django can do: a page from one query, and one row under SELECT … FOR UPDATE."""

import os
from typing import ClassVar

import django
from django.conf import settings

NAME, USER, PASSWORD, HOST, PORT = os.environ.get("PLAIN_DATABASE", "||||").split("|")
if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql", "NAME": NAME, "USER": USER, "PASSWORD": PASSWORD,
                "HOST": HOST, "PORT": PORT, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True,
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF=__name__,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )  # fmt: skip
    django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 – settings stand now
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402


class Event(models.Model):
    """What is sold, and how much of it is left."""

    title = models.TextField()
    free = models.IntegerField()
    objects: ClassVar = models.Manager["Event"]()

    class Meta:
        app_label = "plain"


class Order(models.Model):
    """One place, sold."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    name = models.TextField()
    objects: ClassVar = models.Manager["Order"]()

    class Meta:
        app_label = "plain"


PAGE = engines["django"].from_string(
    "<!doctype html><html><head><title>{{ event.title }}</title></head><body><h1>{{ event.title }}</h1>"
    "<p>{{ event.free }} places left</p></body></html>"
)


def page(request: HttpRequest, key: int) -> HttpResponse:
    """One event."""
    return HttpResponse(PAGE.render({"event": Event.objects.get(id=key)}, request))


def order(request: HttpRequest, key: int) -> HttpResponse:
    """One place of it, if there is one."""
    with transaction.atomic():
        event = Event.objects.select_for_update().get(id=key)
        if event.free < 1:
            return HttpResponse(status=409)
        event.free -= 1
        event.save(update_fields=["free"])
        Order.objects.create(event=event, name=request.POST["name"])
    return HttpResponse(status=201)


urlpatterns = [path("<int:key>/", page), path("<int:key>/order/", order)]
application = get_wsgi_application()


def lay(*, events: int, places: int) -> None:
    """The tables, and so many events."""
    with connection.schema_editor() as editor:
        editor.create_model(Event)
        editor.create_model(Order)
    Event.objects.bulk_create(
        Event(id=1 + number, title=f"Kurs {number}", free=places) for number in range(events)
    )


if __name__ == "__main__":
    lay(events=int(os.environ["PLAIN_EVENTS"]), places=int(os.environ["PLAIN_PLACES"]))
