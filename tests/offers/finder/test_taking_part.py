"""A service page leads to what the same organization lets families take part in, and to nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from lueckenlos.offers.bookings import services as bookings
from lueckenlos.offers.programmes import services as programmes
from tests.core.databases import past_the_wall
from tests.offers.bookings.house import NEW as HOURS
from tests.offers.programmes.house import NEW
from tests.wall.world import World, now


def _keys() -> tuple[Any, str, str]:
    """An organization, its service, and a service of somebody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organization_id, key FROM directory_service WHERE status = 'active' ORDER BY key"
        )
        rows = cursor.fetchall()
    own, key = rows[0]
    return own, key, next(other for organization, other in rows if organization != own)


def test_dates_and_times_of_the_same_organization_stand_on_its_page(own_database: str) -> None:
    organization, key, other = _keys()
    starts = now() + timedelta(days=9)
    with past_the_wall(own_database) as wide:
        actor = World(wide).worker(organization).acting()
    made = programmes.found_programme(
        replace(NEW, dates=((starts, starts + timedelta(hours=1)),)), actor=actor, now=now()
    )
    hours = bookings.found_resource(HOURS, actor=actor, now=now())
    page = reverse("finder:service", args=[key])
    assert NEW.title not in Client().get(page).content.decode(), "a draft is nobody's business"
    programmes.publish(made, actor=actor, now=now())
    text = Client().get(page).content.decode()
    assert NEW.title in text and reverse("bookings:resource", args=[hours]) in text
    assert NEW.title not in Client().get(reverse("finder:service", args=[other])).content.decode()
