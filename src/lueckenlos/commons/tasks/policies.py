"""Who may see a task, as conditions of row-level security; the privacy room says it anew for tasks of a file.

A task without a file is seen by its owner, by everybody in the owning team, and once it was overdue by the
heads of the team. One with a file is nobody's until the privacy room says who may know of the file:

    policies.close_tasks(of_file=rls.all_of(policies.SEEN, any_way("tasks_task.file_id")))
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.core import rls
from lueckenlos.core.actor import Role

# The rooms' own deeds that reach beyond the actor's view: to climb, and to hand over or end for a record.
CLIMB: Final = rls.is_job("tasks-climb")
MOVE: Final = rls.is_job("tasks-move")
RETENTION: Final = rls.is_job("retention")
NOBODY: Final = "false"

_UNITS: Final = "((SELECT wall.actor_units())::uuid[])"
_HEADED: Final = "((SELECT wall.actor_headed_units())::uuid[])"
# Coordination and data protection work for the county itself: their tasks name no organization.
_COUNTY: Final = rls.all_of(
    "tasks_task.organization IS NULL",
    rls.any_of(rls.has_role_in_county(Role.COORDINATION), rls.has_role_in_county(Role.DATA_PROTECTION)),
)
HERE: Final = rls.all_of(
    f"{rls.KIND} = 'person'", rls.any_of(f"tasks_task.organization = {rls.ORGANIZATION}", _COUNTY)
)
SEEN: Final = rls.all_of(
    HERE,
    rls.any_of(
        f"tasks_task.owner_person = {rls.PERSON}",
        f"tasks_task.owner_unit = ANY {_UNITS}",
        f"tasks_task.owner_unit = ANY {_HEADED}",
        f"tasks_task.climbed_to = ANY {_HEADED}",
    ),
)


def close_tasks(*, of_file: str = NOBODY) -> RunSQL:
    """Close the table of tasks; `of_file` is who may see and change one that belongs to a file."""
    seen = rls.any_of(
        rls.all_of("tasks_task.file_id IS NULL", SEEN), rls.all_of("tasks_task.file_id IS NOT NULL", of_file)
    )
    return rls.protect(
        "tasks_task",
        select=rls.any_of(seen, CLIMB, MOVE, RETENTION),
        insert=rls.any_of(HERE, f"{rls.KIND} = 'job'"),
        update=rls.any_of(seen, CLIMB, MOVE),
        delete=RETENTION,
    )
