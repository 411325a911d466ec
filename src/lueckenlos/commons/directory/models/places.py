"""Where services take place."""

import uuid

from django.contrib.postgres.indexes import GistIndex
from django.db import models

from lueckenlos.core.fields import PointField


class Location(models.Model):
    """A house, a room, a meeting point or a place in the net."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organization = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.SET_NULL, related_name="locations"
    )
    name = models.CharField(max_length=250, blank=True)
    location_type = models.CharField(max_length=20, default="physical")
    street = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, default="DE")
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    point = PointField(null=True)
    transportation = models.TextField(blank=True)
    accessible = models.BooleanField(null=True, help_text="step-free; unknown stays unknown")
    accessibility_note = models.TextField(blank=True)
    unknown = models.JSONField(default=dict)

    class Meta:
        indexes = [GistIndex(fields=["point"], name="location_point")]

    def __str__(self) -> str:
        return self.name or ", ".join(part for part in (self.street, self.postcode, self.city) if part)


class ServiceAtLocation(models.Model):
    """A service at one of its places."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="at_services")
    description = models.TextField(blank=True)
    unknown = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "location"], name="service_at_location_once")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.location_id}"
