"""Who may see a series, an item and what is said about it; of a case only whoever has it or was released to hear it.

A pseudonymous item is seen by those who speak for an office of its series, one of a case by whoever has the case and
by those who speak for an office to which something of it is released for the talk now. For everybody else there is
no row, so nothing to count either. What another office contributes belongs to that office: to have the case does not
open it, only a consent to its category does.
"""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.core import rls
from lueckenlos.core.actor import Role

SERVES: Final = privacy.SERVES
HEARD: Final = "((SELECT wall.talks_heard())::uuid[])"
MY_SERIES: Final = "((SELECT wall.talks_my_series())::uuid[])"
COORDINATES: Final = rls.has_role_in_county(Role.COORDINATION)
IN_TALK: Final = f"{rls.PURPOSE} = '{Purpose.CASE_TALK.value}'"
AGREED: Final = f"'{Category.AGREEMENTS.value}'"
_OFFICER: Final = f"((SELECT wall.actor_organizations_as('{Role.PREVENTION_OFFICER.value}'))::uuid[])"

HOSTS: Final = rls.all_of(f"talks_series.host_id = {SERVES}", f"talks_series.host_id = ANY {_OFFICER}")
MANAGES: Final = rls.any_of(COORDINATES, HOSTS)


def _series_managed(table: str) -> str:
    """The actor sets up the series of this row."""
    return f"EXISTS (SELECT FROM public.talks_series WHERE talks_series.id = {table}.series_id AND {MANAGES})"


def _series_seen(column: str) -> str:
    return rls.any_of(f"{column} = ANY {MY_SERIES}", COORDINATES, privacy.RETENTION)


def _talk(column: str, *conditions: str) -> str:
    """A talk of one of the actor's series."""
    found = " AND ".join((f"t.id = {column}", f"t.series_id = ANY {MY_SERIES}", *conditions))
    return f"EXISTS (SELECT FROM public.talks_talk t WHERE {found})"


_AHEAD: Final = "t.state::text IN ('planned', 'running')"
_RUNNING: Final = "t.state = 'running'"


def _item(table: str, *conditions: str) -> str:
    """The item of this row is seen by the actor."""
    found = " AND ".join((f"i.id = {table}.item_id", *conditions))
    return f"EXISTS (SELECT FROM public.talks_item i WHERE {found})"


def _same_case(table: str) -> str:
    """The row says of which case it is as its item does, so that nothing slips out of a case."""
    return f"i.file_id IS NOT DISTINCT FROM {table}.file_id"


_OWN_ITEM: Final = rls.all_of(
    "talks_item.file_id IS NULL",
    f"talks_item.organization_id = {SERVES}",
    rls.any_of(f"talks_item.brought_by = {rls.PERSON}", f"talks_item.talk_id = ANY {HEARD}"),
)
_HAS_CASE: Final = rls.all_of(
    "talks_item.file_id IS NOT NULL",
    privacy.own_work("talks_item.file_id"),
    f"talks_item.organization_id = {SERVES}",
)
ITEM_SEEN: Final = rls.any_of(
    _OWN_ITEM,
    rls.all_of(
        "talks_item.file_id IS NULL", "talks_item.taken_back_at IS NULL", f"talks_item.talk_id = ANY {HEARD}"
    ),
    rls.all_of("talks_item.file_id IS NOT NULL", privacy.own_task("talks_item.file_id")),
    rls.all_of(
        "talks_item.file_id IS NOT NULL",
        "talks_item.taken_back_at IS NULL",
        IN_TALK,
        f"talks_item.talk_id = ANY {HEARD}",
        privacy.any_way("talks_item.file_id"),
    ),
    privacy.own_data_in("talks_item.file_id", about="talks_item.about"),
    privacy.RETENTION,
)

_CONTRIBUTION_OF_FILE: Final = rls.all_of(
    "talks_contribution.is_of_file", privacy.own_task("talks_contribution.file_id")
)
_CONTRIBUTION_OWN: Final = rls.all_of(
    "NOT talks_contribution.is_of_file",
    f"talks_contribution.organization_id = {SERVES}",
    IN_TALK,
    _item("talks_contribution"),
)
_CONTRIBUTION_RELEASED: Final = rls.all_of(
    IN_TALK,
    privacy.released_in(
        "talks_contribution.file_id",
        category="talks_contribution.category",
        about="talks_contribution.about",
    ),
    _item("talks_contribution"),
)
CONTRIBUTION_SEEN: Final = rls.all_of(
    "talks_contribution.confided_to IS NULL",
    rls.any_of(
        _CONTRIBUTION_OF_FILE,
        _CONTRIBUTION_OWN,
        _CONTRIBUTION_RELEASED,
        rls.all_of(
            privacy.own_data_in("talks_contribution.file_id", about="talks_contribution.about"),
            "NOT talks_contribution.held_back",
        ),
        privacy.RETENTION,
    ),
)
# An office adds what at least one other office may hear, and only while it may itself hear of the case.
CONTRIBUTES: Final = rls.all_of(
    "talks_contribution.confided_to IS NULL",
    "talks_contribution.confided_by IS NULL",
    f"talks_contribution.author = {rls.PERSON}",
    f"talks_contribution.organization_id = {SERVES}",
    _item("talks_contribution", _same_case("talks_contribution")),
    rls.any_of(
        rls.all_of("talks_contribution.is_of_file", privacy.own_work("talks_contribution.file_id")),
        rls.all_of(
            "NOT talks_contribution.is_of_file",
            IN_TALK,
            "wall.talks_may_share(talks_contribution.item_id, talks_contribution.category, talks_contribution.about)",
        ),
    ),
)
_CONTRIBUTION_CHANGED: Final = rls.any_of(
    rls.all_of(
        _CONTRIBUTION_OF_FILE, privacy.own_work("talks_contribution.file_id"), _item("talks_contribution")
    ),
    rls.all_of(_CONTRIBUTION_OWN, f"talks_contribution.author = {rls.PERSON}"),
)


def _outcome_seen(table: str, *, by_doer: str = "") -> str:
    """What came of an item: of a case a part like any other, of the category of goals and agreements."""
    released = privacy.released_in(f"{table}.file_id", category=AGREED, about=f"{table}.about")
    ways = [rls.all_of(IN_TALK, released), *([rls.all_of(IN_TALK, by_doer)] if by_doer else [])]
    return rls.any_of(
        rls.all_of(f"{table}.file_id IS NULL", _item(table)),
        rls.all_of(f"{table}.file_id IS NOT NULL", privacy.own_task(f"{table}.file_id")),
        rls.all_of(f"{table}.file_id IS NOT NULL", rls.any_of(*ways), _item(table)),
        privacy.own_data_in(f"{table}.file_id", about=f"{table}.about"),
        privacy.RETENTION,
    )


def _outcome_written(table: str) -> str:
    """Of a case by whoever has it, of a pseudonymous one by whoever hears it."""
    return rls.all_of(
        _item(table, _same_case(table), f"i.about IS NOT DISTINCT FROM {table}.about"),
        _talk(f"{table}.talk_id"),
        rls.any_of(f"{table}.file_id IS NULL", privacy.own_work(f"{table}.file_id")),
    )


_OWN_DELEGATE: Final = rls.all_of(
    f"talks_delegate.organization_id = {SERVES}",
    f"talks_delegate.organization_id = ANY {_OFFICER}",
    f"talks_delegate.series_id = ANY {MY_SERIES}",
)
_IN_ROOM: Final = rls.any_of(
    f"talks_attendance.talk_id = ANY {HEARD}",
    rls.all_of(
        f"talks_attendance.person = {rls.PERSON}",
        f"talks_attendance.organization_id = {SERVES}",
        _talk("talks_attendance.talk_id"),
    ),
)
_CALLS: Final = rls.all_of(
    f"talks_callup.called_by = {rls.PERSON}",
    _talk("talks_callup.talk_id", _RUNNING),
    rls.any_of(
        _item("talks_callup", "i.file_id IS NULL"), _item("talks_callup", privacy.own_work("i.file_id"))
    ),
)

TABLES: Final = (
    rls.protect(
        "talks_series",
        select=rls.any_of(MANAGES, _series_seen("talks_series.id")),
        insert=MANAGES,
        update=MANAGES,
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_seat",
        select=rls.any_of(_series_seen("talks_seat.series_id"), _series_managed("talks_seat")),
        insert=_series_managed("talks_seat"),
        update=_series_managed("talks_seat"),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_delegate",
        select=rls.any_of(_series_seen("talks_delegate.series_id"), _series_managed("talks_delegate")),
        insert=rls.any_of(_series_managed("talks_delegate"), _OWN_DELEGATE),
        update=rls.any_of(_series_managed("talks_delegate"), _OWN_DELEGATE),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_talk",
        select=rls.any_of(_series_seen("talks_talk.series_id"), _series_managed("talks_talk")),
        insert=_series_managed("talks_talk"),
        update=rls.any_of(_series_managed("talks_talk"), f"talks_talk.id = ANY {HEARD}"),
        # Whoever speaks in a talk begins and ends it; its day and place are for those who set up the series.
        update_to=rls.any_of(
            _series_managed("talks_talk"),
            rls.all_of(f"talks_talk.id = ANY {HEARD}", "talks_talk.state::text IN ('running', 'held')"),
        ),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_standin",
        select=rls.any_of(_talk("talks_standin.talk_id"), privacy.RETENTION),
        insert=rls.all_of(
            f"talks_standin.person = {rls.PERSON}",
            f"talks_standin.organization_id = {SERVES}",
            "EXISTS (SELECT FROM public.talks_delegate d JOIN public.talks_talk t ON t.series_id = d.series_id "
            "WHERE t.id = talks_standin.talk_id AND d.person = talks_standin.person AND d.until IS NULL "
            "AND d.organization_id = talks_standin.organization_id AND d.is_substitute)",
        ),
        delete=rls.any_of(
            rls.all_of(f"talks_standin.person = {rls.PERSON}", f"talks_standin.organization_id = {SERVES}"),
            privacy.RETENTION,
        ),
    ),
    rls.protect(
        "talks_attendance",
        select=rls.any_of(_talk("talks_attendance.talk_id"), privacy.RETENTION),
        insert=rls.all_of(_IN_ROOM, _talk("talks_attendance.talk_id", _RUNNING)),
        update=_IN_ROOM,
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_item",
        select=ITEM_SEEN,
        insert=rls.all_of(
            f"talks_item.brought_by = {rls.PERSON}",
            f"talks_item.organization_id = {SERVES}",
            _talk("talks_item.talk_id", _AHEAD),
            rls.any_of("talks_item.file_id IS NULL", _HAS_CASE),
        ),
        update=rls.all_of(rls.any_of(_OWN_ITEM, _HAS_CASE), _talk("talks_item.talk_id")),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_contribution",
        select=CONTRIBUTION_SEEN,
        insert=CONTRIBUTES,
        update=_CONTRIBUTION_CHANGED,
        update_to=CONTRIBUTES,
        delete=rls.any_of(_CONTRIBUTION_CHANGED, privacy.RETENTION),
    ),
    rls.protect(
        "talks_callup",
        select=rls.any_of(_item("talks_callup"), privacy.RETENTION),
        insert=_CALLS,
        update=_item("talks_callup"),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_result",
        select=_outcome_seen("talks_result"),
        insert=rls.all_of(_outcome_written("talks_result"), f"talks_result.recorded_by = {rls.PERSON}"),
        update=_outcome_written("talks_result"),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "talks_agreement",
        select=_outcome_seen("talks_agreement", by_doer=f"talks_agreement.organization_id = {SERVES}"),
        insert=rls.all_of(_outcome_written("talks_agreement"), f"talks_agreement.created_by = {rls.PERSON}"),
        delete=privacy.RETENTION,
    ),
)
