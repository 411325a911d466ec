"""What cannot be done with a task; the German wording lives in `forms` and `views`."""

from datetime import datetime
from uuid import UUID


class NoSuchTask(Exception):
    """There is none, or none that the actor may see."""

    def __init__(self, task_id: UUID) -> None:
        super().__init__(str(task_id))
        self.task_id = task_id


class HasEnded(Exception):
    """The task ended already; only its answer can be read."""

    def __init__(self, task_id: UUID) -> None:
        super().__init__(str(task_id))
        self.task_id = task_id


class NoAnswer(Exception):
    """No task ends without words on what came of it."""


class NoReason(Exception):
    """Nobody puts off or hands over a task without saying why."""


class DueInThePast(Exception):
    """A task is put off to a time that is still to come."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(due_at.isoformat())
        self.due_at = due_at


class NotOfThisOrganization(Exception):
    """Tasks are made and moved within the organization for which one acts."""
