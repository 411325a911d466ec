"""Online courses, who hands out their codes, and counters (open); codes and whose they are (closed)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lueckenlos.core.models import AnonymousFeedback, ClosedModel, VersionedModel, one_of
from lueckenlos.kernels.codestock import HELD, CodeState
from lueckenlos.offers.courses.types import MOST_MODULES, RUNNING, CourseState, EnrollmentState

HELD_STATES = sorted(state.value for state in HELD)
RUNNING_STATES = sorted(state.value for state in RUNNING)


class OnlineCourse(VersionedModel):
    """A course that runs on its vendor's platform; which one it is is data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, default=CourseState.DRAFT.value, choices=[(s.value, s.value) for s in CourseState]
    )
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    platform = models.URLField(max_length=500, help_text="where the vendor takes codes")
    modules = ArrayField(models.CharField(max_length=120))
    age_max = models.PositiveSmallIntegerField(help_text="of the child, in completed years")
    residents_only = models.BooleanField(default=True)
    months = models.PositiveSmallIntegerField(default=12, help_text="how long an access lasts")
    stock_weeks = models.PositiveSmallIntegerField(default=4, help_text="for so long the stock must last")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "created_at"], name="course_organization")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="course_has_a_title"),
            models.CheckConstraint(
                condition=Q(modules__len__gte=1, modules__len__lte=MOST_MODULES), name="course_modules"
            ),
            models.CheckConstraint(condition=Q(age_max__lte=21), name="course_age"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=36), name="course_months"),
            models.CheckConstraint(
                condition=Q(stock_weeks__gte=1, stock_weeks__lte=26), name="course_stock_weeks"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseCentre(models.Model):
    """An organization that hands codes of a course out: it sees numbers, and no household."""

    course = models.ForeignKey(OnlineCourse, on_delete=models.CASCADE, related_name="centres")
    organization = models.ForeignKey("directory.Organization", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "organization"], name="course_centre_once")]

    def __str__(self) -> str:
        return f"{self.organization_id} hands out {self.course_id}"


class Stock(models.Model):
    """Codes of a course by where they stand, counted by a trigger outside the wall; its row is the one lock."""

    course = models.OneToOneField(
        OnlineCourse, primary_key=True, on_delete=models.CASCADE, related_name="stock"
    )
    in_stock = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    activated = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    low_since = models.DateTimeField(null=True, help_text="when the centres were told")

    def __str__(self) -> str:
        return f"{self.in_stock} codes for {self.course_id}"


class StockWeek(models.Model):
    """How many codes were reserved in a week, counted by the same trigger; it stays when households are forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(OnlineCourse, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="its Monday")
    reserved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "week"], name="course_week_once")]

    def __str__(self) -> str:
        return f"{self.reserved} codes in the week of {self.week}"


class Delivery(models.Model):
    """Codes that were read in together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(OnlineCourse, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    codes = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["course", "added_at"], name="course_delivery")]

    def __str__(self) -> str:
        return f"{self.codes} codes at {self.added_at}"


class AccessCode(ClosedModel):
    """One code that was bought: sealed, so that neither a backup nor whoever reads the table can use it."""

    course = models.ForeignKey(OnlineCourse, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12,
        default=CodeState.IN_STOCK.value,
        choices=[(s.value, s.value) for s in CodeState],
    )
    sealed = models.BinaryField()
    sign = models.CharField(max_length=64, help_text="the same code gives the same sign, see signs.py")
    redeem_until = models.DateField(null=True)
    household = models.CharField(max_length=64, blank=True, help_text="whose it is or was, see signs.py")
    reserved_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="the last day of the access")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["course", "state", "redeem_until"], name="code_next")]
        constraints = [
            models.UniqueConstraint(fields=["course", "sign"], name="code_once"),
            models.UniqueConstraint(
                fields=["course", "household"],
                condition=one_of("state", HELD_STATES),
                name="code_one_per_household",
            ),
            models.CheckConstraint(
                condition=~one_of("state", HELD_STATES) | (~Q(household="") & Q(reserved_on__isnull=False)),
                name="code_held_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.id}"


class Enrollment(ClosedModel):
    """A household that takes part, or waits for a code; of the child only that somebody said it fits."""

    course = models.ForeignKey(OnlineCourse, on_delete=models.PROTECT, related_name="+")
    organization = models.UUIDField(help_text="whose course it is")
    code = models.ForeignKey(AccessCode, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in EnrollmentState])
    household = models.CharField(max_length=64, help_text="see signs.py")
    created_at = models.DateTimeField()
    stated_on = models.DateField(help_text="when somebody said that child and home fit")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=20, default="de")
    ags = models.CharField(max_length=8, blank=True, help_text="where they live, as they said it")
    consent_version = models.CharField(max_length=40)
    done = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="modules, from 1")
    wants_reminders = models.BooleanField(default=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    last_active_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    has_fed_back = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["course", "state", "created_at"], name="enrollment_rank")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "household"],
                condition=one_of("state", RUNNING_STATES),
                name="enrollment_one_per_household",
            ),
            models.CheckConstraint(
                condition=~Q(state=EnrollmentState.OPEN.value) | Q(code__isnull=False),
                name="enrollment_open_has_a_code",
            ),
            models.CheckConstraint(
                condition=one_of("state", RUNNING_STATES) | Q(ended_at__isnull=False),
                name="enrollment_ends_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"enrollment {self.id}"


class CodeShown(ClosedModel):
    """A code was shown to its household, for the first, the second, the third time."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrollment", "number"], name="code_shown_in_order")]

    def __str__(self) -> str:
        return f"shown at {self.shown_at}"


class CourseFeedback(AnonymousFeedback):
    """What those who took part say."""

    course = models.ForeignKey(OnlineCourse, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(helped__gte=1, helped__lte=5), name="course_feedback_scale")
        ]

    def __str__(self) -> str:
        return f"feedback on {self.course_id}"
