"""Family classes, their mornings and counters (open), and the families that are invited and come (closed)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import ClosedModel, VersionedModel
from lueckenlos.offers.classes.types import FEW, MOST_GOALS, Face, InvitationState, Rater, Second

MOST_FAMILIES = 20


class FamilyClass(VersionedModel):
    """A group of families in a school, on one fixed morning a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=200)
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField(help_text="1 Monday to 7 Sunday")
    begins = models.TimeField()
    ends = models.TimeField()
    last_day = models.DateField()
    capacity = models.PositiveSmallIntegerField(help_text="families")
    is_open = models.BooleanField(default=True, help_text="takes in new families")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "title"], name="family_class_organization")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="family_class_has_a_title"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="family_class_hours"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="family_class_weekday"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_FAMILIES), name="family_class_capacity"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """Families of a class, counted by a trigger outside the wall."""

    family_class = models.OneToOneField(
        FamilyClass, primary_key=True, on_delete=models.CASCADE, related_name="counter"
    )
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.taken} in {self.family_class_id}"


class Morning(models.Model):
    """One date of a class; `sequence` grows with each change, so that calendars follow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family_class = models.ForeignKey(FamilyClass, on_delete=models.CASCADE, related_name="mornings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="morning_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="morning_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["family_class", "starts_at"], name="morning_once"),
        ]

    def __str__(self) -> str:
        return f"morning at {self.starts_at}"


class Invitation(ClosedModel):
    """A teacher has talked with parents; their own link leads on. There is no column that a name would fit in."""

    family_class = models.ForeignKey(FamilyClass, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField(help_text="whose class it is")
    number = models.PositiveSmallIntegerField(help_text="of this class; becomes the mark, see marks.py")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in InvitationState])
    language = models.CharField(max_length=20, default="de")
    talked_on = models.DateField()
    visit = models.ForeignKey(Morning, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    second = models.CharField(
        max_length=8,
        blank=True,
        choices=[(s.value, s.value) for s in Second],
        help_text="the parent who lives apart; who that is stands where the other parent cannot read",
    )
    changed_at = models.DateTimeField()
    is_counted = models.BooleanField(default=False, help_text="stands in the figures that stay; its rows go")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_class", "number"], name="invitation_number"),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.VISITING.value) | Q(visit__isnull=False),
                name="invitation_visit_has_a_morning",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.id}"


class Member(ClosedModel):
    """A family after its yes; it has the key of its invitation, so that one link opens everything of one family."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="+")
    family_class = models.ForeignKey(FamilyClass, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    child = models.CharField(max_length=80, help_text="first name")
    parent = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="de")
    is_reminded = models.BooleanField(default=True)
    consent_version = models.CharField(max_length=40)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=F("invitation_id")), name="member_has_the_key_of_its_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"member {self.id}"


class SecondParent(ClosedModel):
    """A parent who lives apart, with a link of their own; neither parent's link reads what the other wrote of themselves."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="+")
    family_class = models.ForeignKey(FamilyClass, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    decides = models.BooleanField(help_text="custody is joint: without this parent's yes there is none")
    language = models.CharField(max_length=20, default="de")
    parent = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_reminded = models.BooleanField(default=True)
    consent_version = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=False) | Q(parent="", email="", phone=""),
                name="second_parent_writes_with_the_yes",
            )
        ]

    def __str__(self) -> str:
        return f"second parent {self.id}"


class Goal(ClosedModel):
    """A small goal of a child; three at a time, as the numbers say."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    since = models.DateField()
    achieved_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_GOALS), name="goal_number"),
            models.UniqueConstraint(
                fields=["member", "number"], condition=Q(achieved_on__isnull=True), name="goal_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.id}"


class Rating(ClosedModel):
    """A face for a goal, by the child, a parent or the teacher."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    morning = models.ForeignKey(Morning, on_delete=models.CASCADE, related_name="+")
    member = models.UUIDField(help_text="whose goal it is")
    organization = models.UUIDField()
    rater = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Rater])
    face = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "morning", "rater"], name="rating_once"),
            models.CheckConstraint(
                condition=Q(face__gte=min(Face).value, face__lte=max(Face).value), name="rating_face"
            ),
        ]

    def __str__(self) -> str:
        return f"rating of {self.goal_id}"


class Attendance(ClosedModel):
    """Who of a family came to a morning."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    morning = models.ForeignKey(Morning, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    child = models.BooleanField()
    parent = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "morning"], name="class_attendance_once")]

    def __str__(self) -> str:
        return f"attendance of {self.member_id}"


class Figure(ClosedModel):
    """What remains of a group when its families go: counts, and from five families on shares and how far goals came."""

    family_class = models.OneToOneField(FamilyClass, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    invited = models.PositiveIntegerField(default=0)
    families = models.PositiveIntegerField(default=0)
    goals = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    came = models.FloatField(null=True)
    together = models.FloatField(null=True)
    changes = models.JSONField(default=list, help_text="rater, goals and mean of the steps")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(families__gte=FEW) | Q(came__isnull=True, together__isnull=True, changes=[]),
                name="classes_figure_of_few_is_counts_alone",
            )
        ]

    def __str__(self) -> str:
        return f"figures of {self.family_class_id}"
