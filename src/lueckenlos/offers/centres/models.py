"""Centres and their members (open), and what the members plan together (closed)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from lueckenlos.core.models import ClosedModel, VersionedModel
from lueckenlos.offers.centres.types import MemberState, NoteState


class Centre(VersionedModel):
    """A family centre that several organizations are together; one of them leads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    social_area = models.CharField(max_length=80, blank=True, help_text="key of the quarter")
    place = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    is_public = models.BooleanField(default=False)
    offered_to = models.ForeignKey(
        "directory.Organization",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the member that was asked to lead from now on",
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="centre_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An organization that was asked, belongs to a centre, or has left it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in MemberState])
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "organization"], name="centres_member_once"),
            models.CheckConstraint(
                condition=~Q(state=MemberState.JOINED.value) | Q(since__isnull=False),
                name="centres_member_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} in {self.centre_id}"


class PlanNote(ClosedModel):
    """Something that members plan for a month; it names organizations and nobody."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField(help_text="whose note it is")
    care = models.UUIDField(null=True, help_text="the member that takes care of it")
    month = models.DateField(help_text="its first day")
    day = models.DateField(null=True)
    what = models.CharField(max_length=300)
    state = models.CharField(
        max_length=8, default=NoteState.OPEN.value, choices=[(s.value, s.value) for s in NoteState]
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["centre", "month"], name="centres_note_month")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="centres_note_month_begins"),
            models.CheckConstraint(condition=~Q(what=""), name="centres_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"note {self.id}"
