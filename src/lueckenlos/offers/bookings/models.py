"""What can be booked (open), and who has which time (closed)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import ClosedModel, PostalModel, VersionedModel
from lueckenlos.offers.bookings.types import BookingState, Gender, ResourceKind, Way

MOST_PARALLEL = 20


class Resource(VersionedModel):
    """A person, a room or a thing with times: one model, the differences as data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ResourceKind])
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(help_text="of one slot")
    before = models.PositiveSmallIntegerField(default=0, help_text="minutes to get ready")
    after = models.PositiveSmallIntegerField(default=0, help_text="minutes to clear up")
    least_hours = models.PositiveSmallIntegerField(default=24, help_text="ahead, at least")
    most_days = models.PositiveSmallIntegerField(default=60, help_text="ahead, at most")
    parallel = models.PositiveSmallIntegerField(default=1, help_text="bookings at a time")
    needs_approval = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False, help_text="families may book, not organizations alone")
    is_open = models.BooleanField(default=True)
    shows_titles = models.BooleanField(default=False, help_text="the organization's own, in its calendar")
    languages = ArrayField(
        models.CharField(max_length=20), default=list, help_text="translates from and into"
    )
    gender = models.CharField(
        max_length=8, blank=True, choices=[(g.value, g.value) for g in Gender if g.value]
    )
    hours = models.TextField(blank=True, help_text="a line each: FREQ=WEEKLY;BYDAY=TU 14:00-17:00")
    closed_on = ArrayField(models.DateField(), default=list)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "title"], name="resource_organization")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="resource_has_a_title"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="resource_minutes"),
            models.CheckConstraint(
                condition=Q(parallel__gte=1, parallel__lte=MOST_PARALLEL), name="resource_parallel"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Booking(ClosedModel, PostalModel):
    """A time that somebody has; `busy_from` to `busy_until` is what it keeps others away from.

    The exclusion constraint `booking_alone` lies in the migration of the wall (see policies.py).
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField(help_text="whose resource it is")
    account = models.UUIDField(
        null=True, help_text="who was signed in when it was booked; most people are not"
    )
    guest = models.UUIDField(null=True, help_text="another organization that booked it")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in BookingState])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_from = models.DateTimeField()
    busy_until = models.DateTimeField()
    lane = models.PositiveSmallIntegerField(default=0, help_text="which of the parallel places")
    is_block = models.BooleanField(default=False)
    series = models.UUIDField(null=True)
    title = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="de")
    interpreter = models.CharField(max_length=20, blank=True, help_text="language that is wished")
    gender = models.CharField(
        max_length=8, blank=True, choices=[(g.value, g.value) for g in Gender if g.value]
    )
    way = models.CharField(max_length=8, default=Way.ON_SITE.value, choices=[(w.value, w.value) for w in Way])
    reason = models.CharField(max_length=300, blank=True)
    consent_version = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    by_sms = models.BooleanField(default=False, help_text="reminded by a short message, too")
    along = models.UUIDField(null=True, help_text="the booking at which this one translates")
    wants_earlier = models.BooleanField(default=False)
    told_earlier_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["resource", "starts_at"], name="booking_times"),
            models.Index(fields=["starts_at"], name="booking_starts"),
            models.Index(fields=["organization"], name="booking_letters", condition=~Q(letter="")),
            models.Index(fields=["account"], name="booking_account", condition=Q(account__isnull=False)),
            models.Index(fields=["along"], name="booking_along", condition=Q(along__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(busy_from__lte=F("starts_at"), busy_until__gte=F("ends_at")),
                name="booking_holds_its_time",
            ),
            models.CheckConstraint(condition=Q(lane__lt=MOST_PARALLEL), name="booking_lane"),
            models.CheckConstraint(
                condition=Q(letter="") | ~Q(street=""), name="booking_letter_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"booking {self.id}"
