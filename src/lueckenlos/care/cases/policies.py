"""Who may see a case and what is written in it; the grounds are privacy's."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls
from lueckenlos.core.actor import Role

_RECEIVER: Final = rls.all_of(
    f"cases_referral.to_organization_id = {privacy.SERVES}",
    f"cases_referral.purpose = {rls.PURPOSE}",
    privacy.any_way("cases_referral.file_id"),
)
_GOAL_SEEN: Final = "EXISTS (SELECT FROM public.cases_goal g WHERE g.id = cases_goalrating.goal_id)"

TABLES: Final = (
    rls.protect(
        "cases_pathway",
        select=rls.EVERYBODY,
        insert=rls.any_of(rls.has_role_in_county(Role.ADMINISTRATION), rls.is_job("load-pathways")),
        update=rls.any_of(rls.has_role_in_county(Role.ADMINISTRATION), rls.is_job("load-pathways")),
    ),
    rls.protect(
        "cases_case",
        select=rls.any_of(
            privacy.any_way("cases_case.file_id"),
            f"cases_case.file_id = ANY {privacy.OWN_FILES}",
            privacy.RETENTION,
        ),
        insert=privacy.own_work("cases_case.file_id"),
        update=privacy.own_work("cases_case.file_id"),
        delete=privacy.RETENTION,
    ),
    privacy.of_file("cases_stagemove"),
    privacy.of_file("cases_presence", deletes=True),
    rls.protect(
        "cases_tally",
        select=rls.any_of(f"cases_tally.organization_id = {privacy.SERVES}", privacy.RETENTION),
        insert=rls.all_of(
            f"cases_tally.organization_id = {privacy.SERVES}", f"cases_tally.counted_by = {rls.PERSON}"
        ),
        delete=rls.any_of(
            rls.all_of(
                f"cases_tally.organization_id = {privacy.SERVES}", f"cases_tally.counted_by = {rls.PERSON}"
            ),
            privacy.RETENTION,
        ),
    ),
    privacy.content("cases_record"),
    privacy.content("cases_goal"),
    privacy.content("cases_document"),
    rls.protect(
        "cases_goalrating",
        select=rls.any_of(_GOAL_SEEN, privacy.RETENTION),
        insert=_GOAL_SEEN,
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "cases_referral",
        select=rls.any_of(privacy.own_task("cases_referral.file_id"), _RECEIVER, privacy.RETENTION),
        insert=rls.all_of(
            privacy.own_work("cases_referral.file_id"),
            f"cases_referral.proposed_by = {rls.PERSON}",
            f"cases_referral.organization_id = {privacy.SERVES}",
        ),
        update=rls.any_of(privacy.own_work("cases_referral.file_id"), _RECEIVER),
        delete=privacy.RETENTION,
    ),
)
