"""Lays events in pretix, each with one free product and its places; run by pretix's own Python, prints what we need.

Arguments: how many events, how many places each.
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.utils.timezone import now  # noqa: E402 – Django stands now
from django_scopes import scope  # noqa: E402
from pretix.base.models import Event, Organizer, Team  # noqa: E402
from pretix.settings import PRETIX_PLUGINS_DEFAULT  # noqa: E402


def main(*, events: int, places: int) -> None:
    """An organizer, so many events that are open for sale, and a key for the API."""
    organizer = Organizer.objects.create(name="Kreis", slug="kreis")
    with scope(organizer=organizer):
        team = Team.objects.create(
            organizer=organizer, name="API", all_events=True, all_event_permissions=True,
            all_organizer_permissions=True,
        )  # fmt: skip
        items = [_event(organizer, number=number, places=places) for number in range(events)]
        print(json.dumps({"token": team.tokens.create(name="Benchmark").token, "items": items}))


def _event(organizer: Organizer, *, number: int, places: int) -> int:
    begins = now() + timedelta(days=30)
    event = Event.objects.create(
        organizer=organizer, name=f"Kurs {number}", slug=f"kurs{number}", currency="EUR", live=True,
        date_from=begins, date_to=begins + timedelta(hours=1), plugins=PRETIX_PLUGINS_DEFAULT,
    )  # fmt: skip
    event.set_defaults()
    item = event.items.create(name="Platz", default_price=Decimal("0.00"), admission=True, active=True)
    quota = event.quotas.create(name="Plätze", size=places)
    quota.items.add(item)
    return int(item.pk)


if __name__ == "__main__":
    main(events=int(sys.argv[1]), places=int(sys.argv[2]))
