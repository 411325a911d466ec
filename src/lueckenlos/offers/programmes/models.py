"""Programmes, their dates and counters (open), and who takes part (closed)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.core.incoming import FileKind
from lueckenlos.core.models import AnonymousFeedback, ClosedModel, PostalModel, VersionedModel
from lueckenlos.offers.programmes.types import (
    ComesWith,
    ConsentWay,
    Format,
    Kind,
    ProgrammeState,
    RegistrationState,
)


class Programme(VersionedModel):
    """A talk, a course, a group: one model, the differences as data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the team that keeps it; none: everybody at work in the organization",
    )
    service = models.ForeignKey(
        "directory.Service",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the entry of the directory to which it belongs; says phase and field to those who plan",
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    state = models.CharField(
        max_length=12,
        default=ProgrammeState.DRAFT.value,
        choices=[(s.value, s.value) for s in ProgrammeState],
    )
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    format = models.CharField(max_length=12, choices=[(f.value, f.value) for f in Format])
    comes = models.CharField(max_length=8, choices=[(c.value, c.value) for c in ComesWith])
    for_professionals = models.BooleanField(default=False)
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    languages = ArrayField(models.CharField(max_length=20), default=list)
    speakers = models.CharField(max_length=300, blank=True)
    partners = models.CharField(max_length=300, blank=True)
    fee = models.CharField(max_length=200, blank=True, help_text="what there is to say about the costs")
    fares = models.JSONField(default=list, help_text="label and cents for one person")
    capacity = models.PositiveIntegerField(null=True, help_text="none: without limit")
    waitlist_limit = models.PositiveIntegerField(null=True, help_text="groups; none: without limit")
    most_together = models.PositiveSmallIntegerField(default=4, help_text="persons in one registration")
    quotas = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    answer_hours = models.PositiveSmallIntegerField(default=48, help_text="for whoever moves up")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "created_at"], name="programme_organization")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_a_title"),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="programme_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                name="programme_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(most_together__gte=1, most_together__lte=10), name="programme_group_size"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dates(self) -> list[Session]:
        """The dates that take place, soonest first; read once where the programme came with them."""
        there = [session for session in self.sessions.all() if not session.is_cancelled]
        return sorted(there, key=lambda session: session.starts_at)


class Session(models.Model):
    """One date of a programme; `sequence` grows with each change, so that calendars follow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, help_text="empty: the programme's own")
    is_cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    link_sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="session_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["programme", "starts_at"], name="session_once"),
        ]

    def __str__(self) -> str:
        return f"session at {self.starts_at}"


class Counter(models.Model):
    """Seats of a programme, counted by a trigger outside the wall."""

    programme = models.OneToOneField(
        Programme, primary_key=True, on_delete=models.CASCADE, related_name="counter"
    )
    taken = models.PositiveIntegerField(default=0)
    promised = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.taken} of {self.programme_id}"


class Access(ClosedModel):
    """How those who are registered get in online, and what they get afterwards."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    address = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    hours_before = models.PositiveSmallIntegerField(default=24)
    materials = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"access to {self.programme_id}"


class Material(ClosedModel):
    """A file for those who had a place, encrypted at rest; the session is the date after which they get it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(
        Session, null=True, on_delete=models.CASCADE, related_name="+", help_text="none: after the last one"
    )
    organization = models.UUIDField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, choices=[(k.value, k.value) for k in FileKind])
    size = models.PositiveIntegerField()
    stored_as = models.UUIDField(unique=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme", "added_at"], name="material_programme")]

    def __str__(self) -> str:
        return f"material {self.id}"


class Registration(ClosedModel, PostalModel, VersionedModel):
    """Who wants to take part: one person or a group that stays together."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField(help_text="whose programme it is")
    account = models.UUIDField(null=True, help_text="who was signed in when it was made; most people are not")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RegistrationState])
    size = models.PositiveSmallIntegerField()
    fits = ArrayField(models.CharField(max_length=20), default=list, help_text="quotas that it fits")
    created_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="de")
    ags = models.CharField(max_length=8, blank=True, help_text="where they live, as they said it")
    answers = models.JSONField(default=list)
    signs = ArrayField(models.CharField(max_length=64), help_text="one for each who comes, see signs.py")
    consent_version = models.CharField(max_length=40)
    consent_way = models.CharField(
        max_length=8, default=ConsentWay.ONLINE.value, choices=[(w.value, w.value) for w in ConsentWay]
    )
    recorded_by = models.UUIDField(null=True, help_text="who took it down at the desk")
    has_fed_back = models.BooleanField(default=False)
    asked_until = models.DateTimeField(
        null=True, help_text="by when they say what nobody asked when the place was given"
    )
    asked_again_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "created_at"], name="registration_rank"),
            models.Index(fields=["account"], condition=Q(account__isnull=False), name="registration_account"),
            models.Index(fields=["organization"], name="registration_letters", condition=~Q(letter="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=10), name="registration_size"),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED.value) | Q(offered_until__isnull=False),
                name="registration_offer_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(letter="") | ~Q(street=""), name="registration_letter_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(consent_way=ConsentWay.ONLINE.value) | Q(recorded_by__isnull=False),
                name="registration_oral_consent_has_a_witness",
            ),
        ]

    def __str__(self) -> str:
        return f"registration {self.id}"


class Seat(ClosedModel):
    """One of those who come."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="seats")
    organization = models.UUIDField()
    first_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True)
    support = models.CharField(max_length=300, blank=True, help_text="what helps this person to take part")
    is_child = models.BooleanField(default=False)
    fare = models.CharField(max_length=80, blank=True)
    cents = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["registration"], name="seat_registration")]

    def __str__(self) -> str:
        return f"seat {self.id}"


class Attendance(ClosedModel):
    """Whether somebody came to a date."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    came = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="programmes_attendance_once")]

    def __str__(self) -> str:
        return f"attendance of {self.seat_id}"


class Figure(ClosedModel):
    """What remains of a programme when the names go: how many from where had places, came, waited."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    ags = models.CharField(max_length=8, blank=True, help_text="empty: not said, or elsewhere")
    placed = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    waited = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "ags"], name="programmes_figure_once")]

    def __str__(self) -> str:
        return f"figures of {self.programme_id}"


class Feedback(AnonymousFeedback):
    """What those who took part say."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(helped__gte=1, helped__lte=5), name="feedback_scale")
        ]

    def __str__(self) -> str:
        return f"feedback on {self.programme_id}"
