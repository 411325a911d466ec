"""Series of talks: which offices, who speaks for them, on which dates, who was there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lueckenlos.care.talks.types import TalkState
from lueckenlos.core.models import ClosedModel, VersionedModel


class Series(ClosedModel, VersionedModel):
    """Offices that meet once a month, on the same weekday of the month."""

    name = models.CharField(max_length=120)
    host = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    week = models.PositiveSmallIntegerField(help_text="which of its weekdays in the month; 5 is the last")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(week__gte=1, week__lte=5), name="series_week_of_month"),
            models.CheckConstraint(condition=Q(weekday__lte=4), name="series_on_a_working_day"),
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=480), name="series_within_a_day"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="series_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(ClosedModel):
    """An office of a series."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="seats")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "organization"], condition=Q(left_at__isnull=True), name="seat_once"
            )
        ]

    def __str__(self) -> str:
        return f"seat in {self.series_id}"


class Delegate(ClosedModel):
    """Who speaks for an office of a series, every time or as a substitute."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="delegates")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    is_substitute = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "organization", "person"],
                condition=Q(until__isnull=True),
                name="delegate_once",
            )
        ]
        indexes = [models.Index(fields=["person"], name="delegate_person")]

    def __str__(self) -> str:
        return f"delegate in {self.series_id}"


class Talk(ClosedModel, VersionedModel):
    """One date of a series, with its record and the day on which all of it goes."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="talks")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in TalkState])
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    remarks = models.TextField(blank=True, help_text="what concerns no single case; without names")
    erase_after = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["series", "starts_at"], name="talk_series_time")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="talk_has_a_length"),
            models.CheckConstraint(condition=Q(erase_after__gt=F("starts_at")), name="talk_is_kept_a_while"),
            models.UniqueConstraint(fields=["series", "starts_at"], name="talk_once"),
        ]

    def __str__(self) -> str:
        return f"talk {self.id}"


class StandIn(ClosedModel):
    """A substitute steps in for one talk; by themselves, so that illness needs nobody's permission."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="stand_ins")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["talk", "organization", "person"], name="stand_in_once")
        ]

    def __str__(self) -> str:
        return f"stand-in at {self.talk_id}"


class Attendance(ClosedModel):
    """Somebody came into the room and left it again."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="attendances")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "organization", "person"],
                condition=Q(left_at__isnull=True),
                name="attendance_once",
            )
        ]

    def __str__(self) -> str:
        return f"attendance at {self.talk_id}"
