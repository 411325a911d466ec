"""The one table of what must not be forgotten."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lueckenlos.commons.tasks.types import TaskEnd, TaskKind
from lueckenlos.core.models import ClosedModel, VersionedModel


class Task(ClosedModel, VersionedModel):
    """Something to do, with one owner, a day, an answer and an end.

    No foreign keys: organization, people and units are asked by the wall on every read, and what a task
    belongs to (`record`, `file_id`) lies in rooms above.
    """

    organization = models.UUIDField(null=True, help_text="none is the county itself")
    owner_person = models.UUIDField(null=True)
    owner_unit = models.UUIDField(null=True)
    what = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in TaskKind])
    record = models.UUIDField(null=True)
    record_kind = models.CharField(max_length=40, blank=True)
    file_id = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    created_by = models.UUIDField(null=True, help_text="none is a job")
    created_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=20, blank=True, choices=[(end.value, end.value) for end in TaskEnd])
    done_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True)
    climbed_to = models.UUIDField(null=True, help_text="the unit whose heads see it, since it was overdue")
    remark = models.CharField(max_length=300, blank=True, help_text="why it was last put off or handed over")
    remarked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("owner_person", "due_at"),
                condition=Q(done_at__isnull=True),
                name="task_open_of_person",
            ),
            models.Index(
                fields=("owner_unit", "due_at"), condition=Q(done_at__isnull=True), name="task_open_of_unit"
            ),
            models.Index(
                fields=("climbed_to",), condition=Q(climbed_to__isnull=False), name="task_climbed_to"
            ),
            models.Index(fields=("record",), name="task_of_record"),
            models.Index(fields=("file_id",), condition=Q(file_id__isnull=False), name="task_of_file"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(owner_person__isnull=False, owner_unit__isnull=True)
                | Q(owner_person__isnull=True, owner_unit__isnull=False),
                name="task_has_one_owner",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="task_answer_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(end="", done_at__isnull=True)
                | (~Q(end="") & Q(done_at__isnull=False) & ~Q(answer="")),
                name="task_ends_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(climbed_to__isnull=True) | Q(climbed_at__isnull=False),
                name="task_climbs_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True, record_kind="")
                | (Q(record__isnull=False) & ~Q(record_kind="")),
                name="task_record_has_a_kind",
            ),
        )

    def __str__(self) -> str:
        return self.what
