"""Rounds, their offers, extensions and figures (open), and wish lists with what became of them (closed)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.core.models import ClosedModel, VersionedModel, one_of
from lueckenlos.kernels.allocation import Code
from lueckenlos.offers.holidays.types import MOST_CHILDREN, RoundState


class Round(VersionedModel):
    """One allocation for one holiday: wishes until a moment, a seed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, default=RoundState.DRAFT.value, choices=[(s.value, s.value) for s in RoundState]
    )
    title = models.CharField(max_length=160)
    holiday = models.CharField(max_length=80)
    wishes_from = models.DateTimeField()
    wishes_until = models.DateTimeField()
    rest_from = models.DateTimeField(help_text="from when on remaining places are open to all")
    most_each = models.PositiveSmallIntegerField(default=1, help_text="offers that one child may get")
    seed_source = models.CharField(max_length=300, help_text="told beforehand: where the seed will come from")
    seed = models.CharField(max_length=200, blank=True)
    over_at = models.DateTimeField(null=True, help_text="when the last date of its offers is over")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    aborted_at = models.DateTimeField(null=True)
    abort_reason = models.CharField(max_length=300, blank=True, help_text="as families read it")
    stays_closed = models.BooleanField(default=False, help_text="aborted: nobody registers directly either")

    class Meta:
        indexes = [models.Index(fields=["organization", "created_at"], name="round_organization")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="round_has_a_title"),
            models.CheckConstraint(
                condition=Q(wishes_from__lt=F("wishes_until"), rest_from__gt=F("wishes_until")),
                name="round_moments_in_order",
            ),
            models.CheckConstraint(condition=Q(most_each__gte=1, most_each__lte=10), name="round_most_each"),
            models.CheckConstraint(
                condition=(Q(seed="") & one_of("state", [RoundState.DRAFT.value, RoundState.OPEN.value]))
                | (one_of("state", [RoundState.ALLOCATED.value, RoundState.PUBLISHED.value]) & ~Q(seed=""))
                | Q(state=RoundState.ABORTED.value),
                name="round_is_allocated_by_its_seed",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=RoundState.ABORTED.value) & Q(aborted_at__isnull=False) & ~Q(abort_reason="")
                )
                | (~Q(state=RoundState.ABORTED.value) & Q(aborted_at__isnull=True)),
                name="round_is_aborted_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundOffer(models.Model):
    """A programme in a round, with seats kept for children with support need."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    kept = models.PositiveSmallIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True, help_text="when its own organization said yes")
    dropped_at = models.DateTimeField(null=True, help_text="when it was told that it does not take place")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "programme"], name="round_offer_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} in {self.round_id}"


class Extension(models.Model):
    """What held before the end of wishes was put off: until when, and where the seed would have come from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    extended_at = models.DateTimeField()
    wishes_until = models.DateTimeField()
    seed_source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "wishes_until"], name="extension_of_a_moment_once")
        ]

    def __str__(self) -> str:
        return f"extension of {self.round_id}"


class RoundReport(models.Model):
    """What an allocation came to, without anybody's name."""

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.CASCADE, related_name="+")
    lists = models.PositiveIntegerField()
    children = models.PositiveIntegerField()
    with_place = models.PositiveIntegerField()
    first_wish = models.PositiveIntegerField()
    children_with_place = models.PositiveIntegerField()
    seats = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    blocking = models.PositiveIntegerField(
        help_text="lists that a better wish would rather have, with groups"
    )
    lost = models.PositiveIntegerField(default=0, help_text="places that were gone when they were written")
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report of {self.round_id}"


class WishList(ClosedModel):
    """Children who stay together, as whoever deals the places reads them: signs, sizes, needs, no names."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField(help_text="who runs the round")
    number = models.CharField(max_length=16, help_text="by which the lot is drawn; says nothing of anybody")
    signs = ArrayField(
        models.CharField(max_length=64), help_text="one for each child, see programmes/signs.py"
    )
    needs = ArrayField(
        models.CharField(max_length=64), default=list, help_text="signs of those with support need"
    )
    ags = models.CharField(max_length=8, blank=True, help_text="where they live, as they said it")
    consent_version = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="wish_list_number_once"),
            models.CheckConstraint(
                condition=Q(signs__len__gte=1, signs__len__lte=MOST_CHILDREN), name="wish_list_size"
            ),
        ]

    def __str__(self) -> str:
        return f"wish list {self.id}"


class WishContact(ClosedModel):
    """Who brought a list and how to reach them."""

    list = models.OneToOneField(WishList, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, default="de")

    def __str__(self) -> str:
        return f"contact of {self.list_id}"


class WishChild(ClosedModel):
    """One child of a list."""

    list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    first_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    born_on = models.DateField()
    has_need = models.BooleanField(default=False)
    support = models.CharField(max_length=300, blank=True, help_text="what helps this child to take part")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "position"], name="wish_child_position")]

    def __str__(self) -> str:
        return f"child {self.id}"


class Wish(ClosedModel):
    """One wish of a list; 1 is the dearest."""

    list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    offer = models.ForeignKey(RoundOffer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="wish_position_once"),
            models.UniqueConstraint(fields=["list", "offer"], name="wish_offer_once"),
        ]

    def __str__(self) -> str:
        return f"wish {self.id}"


class Decision(ClosedModel):
    """What became of a wish: the kernel's answer, and the registration that came of it."""

    list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="+")
    organization = models.UUIDField()
    offer = models.ForeignKey(RoundOffer, on_delete=models.CASCADE, related_name="+")
    wish = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Code])
    size = models.PositiveSmallIntegerField()
    seats = models.PositiveIntegerField(default=0)
    lot = models.PositiveIntegerField(default=0)
    lots = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    registration = models.UUIDField(null=True)
    is_lost = models.BooleanField(default=False, help_text="the place was gone when it was written")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "offer"], name="decision_once")]

    def __str__(self) -> str:
        return f"decision {self.id}"
