"""What is spoken about: items, what each office adds, who called one up, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lueckenlos.care.talks.models.series import Talk
from lueckenlos.care.talks.types import AgeBand, Outcome, Voice
from lueckenlos.commons.privacy.content import FileContent
from lueckenlos.core.models import ClosedModel, VersionedModel


class Item(ClosedModel, VersionedModel):
    """A case as it is brought to a talk.

    Without a file it is pseudonymous and says a few coarse things. With one it says nothing by itself: whatever is
    to be heard lies in contributions, each with its category.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="items")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    brought_by = models.UUIDField()
    created_at = models.DateTimeField()
    pseudonym = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField(default=15)
    file = models.ForeignKey("privacy.File", null=True, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(null=True, help_text="the person of the file whom it is about first")
    age_band = models.CharField(
        max_length=20, blank=True, choices=[(band.value, band.value) for band in AgeBand]
    )
    # A new map must not write in a closed room: the key stays, though its municipality be merged into another.
    municipality = models.ForeignKey(
        "places.Municipality", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    field = models.CharField(max_length=40, blank=True, help_text="the chain's field of action")
    question = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["talk"], name="item_talk"),
            models.Index(fields=["file"], name="item_file", condition=Q(file__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True, about__isnull=True)
                | Q(file__isnull=False, about__isnull=False, age_band="", field="", question="")
                & Q(municipality__isnull=True),
                name="item_named_says_nothing_itself",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(question=""), name="item_pseudonymous_asks_something"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=90), name="item_has_its_time"),
        ]

    def __str__(self) -> str:
        return f"item {self.id}"


class Contribution(FileContent, VersionedModel):
    """What an office or the family wants to be heard about a case.

    `is_of_file`: from whoever has the case. One of another office belongs to that office: having the case does not
    open it, only a consent to its category does.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="contributions")
    is_of_file = models.BooleanField(default=False)
    voice = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Voice])
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["item"], name="contribution_item"),
            models.Index(fields=["about"], name="contribution_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
            models.CheckConstraint(
                condition=Q(is_of_file=True) | Q(voice=Voice.OFFICE.value),
                name="contribution_family_by_its_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.id}"


class CallUp(ClosedModel):
    """An item was called up in a talk: from then on it stands on the common screen until the next one."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="call_ups")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    called_at = models.DateTimeField()
    called_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["talk", "called_at"], name="call_up_talk")]

    def __str__(self) -> str:
        return f"call-up of {self.item_id}"


class Result(ClosedModel, VersionedModel):
    """What came of an item in one talk, in words without names; of a case it is a part like any other."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="results")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("privacy.File", null=True, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Outcome])
    text = models.TextField()
    next_talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="+")
    counted_on = models.DateField(null=True, help_text="the day on which the missing offer was counted, once")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "talk"], name="result_once_a_talk"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, about__isnull=True)
                | Q(file__isnull=False, about__isnull=False),
                name="result_of_a_case_has_a_person",
            ),
        ]
        indexes = [models.Index(fields=["next_talk"], name="result_next_talk")]

    def __str__(self) -> str:
        return f"result {self.id}"


class Agreement(ClosedModel):
    """An office does something until a day; whether it is done, its task says."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="agreements")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("privacy.File", null=True, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(null=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField(null=True)
    what = models.CharField(max_length=240)
    due_at = models.DateTimeField()
    task = models.UUIDField()
    created_by = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item"], name="agreement_item")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="agreement_says_what"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, about__isnull=True)
                | Q(file__isnull=False, about__isnull=False),
                name="agreement_of_a_case_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.id}"
