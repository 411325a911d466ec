"""People, how to reach them, and whom they live with. A closed room."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lueckenlos.commons.families.types import ContactKind, RelationKind
from lueckenlos.core.models import ClosedModel, VersionedModel


class Person(ClosedModel, VersionedModel):
    """One person, as they told it."""

    first_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=250)
    born_on = models.DateField(null=True)
    languages = ArrayField(models.CharField(max_length=20), default=list)
    needs_interpreter = models.BooleanField(default=False)
    wishes = ArrayField(models.CharField(max_length=20), default=list)
    wish_note = models.CharField(max_length=300, blank=True)
    account = models.UUIDField(null=True, unique=True, help_text="their own account, if they have one")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.id}"


class Contact(ClosedModel):
    """A telephone number or an address of mail."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ContactKind])
    value = models.CharField(max_length=254)
    is_safe = models.BooleanField(default=True, help_text="others may hear a message left here")

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Address(ClosedModel):
    """Where a person lives; each has their own, so that who has separated need not be found."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="address")
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    # A new map must not write in a closed room: the key stays, though its municipality be merged into another.
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    is_blocked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"address of {self.person_id}"


class Household(ClosedModel):
    """People who live together; needs no case."""

    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"household {self.id}"


class HouseholdMember(ClosedModel):
    """One person in a household, for a time; a child may live in two."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="households")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until__isnull=True), name="household_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class Relation(ClosedModel):
    """An adult to a child, as it was told; custody only where somebody said so."""

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adults")
    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="children")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RelationKind])
    has_custody = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("adult")), name="relation_is_of_two"),
            models.UniqueConstraint(
                fields=["child", "adult"], condition=Q(until__isnull=True), name="relation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id}"
