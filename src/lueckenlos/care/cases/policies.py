"""Who may see a case and what is written in it; the grounds are privacy's."""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.commons.privacy.wall.staying import stays
from lueckenlos.core import rls
from lueckenlos.core.actor import Role

_RECEIVER: Final = rls.all_of(
    f"cases_referral.to_organization_id = {privacy.SERVES}",
    f"cases_referral.purpose = {rls.PURPOSE}",
    privacy.any_way("cases_referral.file_id"),
)
_GOAL_SEEN: Final = "EXISTS (SELECT FROM public.cases_goal g WHERE g.id = cases_goalrating.goal_id)"
# Whoever may write there, and the person themselves; to look is not enough.
_GOAL_RATED: Final = (
    "EXISTS (SELECT FROM public.cases_goal g WHERE g.id = cases_goalrating.goal_id "
    f"AND g.file_id = cases_goalrating.file_id AND (g.about = {privacy.OWN} OR {privacy.writes_content('g')}))"
)


def _seen_by_both(table: str) -> str:
    """Whoever has the reporting file, and the youth office that the step names, while it acts for protection."""
    return rls.any_of(
        privacy.own_task(f"{table}.file_id"),
        rls.all_of(
            f"{table}.organization_id = {privacy.SERVES}",
            f"{rls.PURPOSE} = 'protection'",
            f"EXISTS (SELECT FROM public.privacy_protectionstep s WHERE s.id = {table}.step_id)",
        ),
        privacy.RETENTION,
    )


def _told_by_office(table: str, *, by: str, ground: str = "") -> str:
    """The youth office that the step names answers in its own name; `ground` narrows the legal basis of the step."""
    step = f"s.id = {table}.step_id AND s.file_id = {table}.file_id AND s.organization_id = {table}.organization_id"
    return rls.all_of(
        f"{table}.organization_id = {privacy.SERVES}",
        f"{rls.PURPOSE} = 'protection'",
        f"{table}.{by} = {rls.PERSON}",
        f"EXISTS (SELECT FROM public.privacy_protectionstep s WHERE {step}{ground})",
    )


# § 64 (4) SGB VIII: the two answers go to who reported under § 4 (1) KKG, and to nobody else on that ground.
PROTECTION: Final = (
    rls.protect(
        "cases_reportreceipt",
        select=_seen_by_both("cases_reportreceipt"),
        insert=_told_by_office("cases_reportreceipt", by="confirmed_by"),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "cases_reportfeedback",
        select=_seen_by_both("cases_reportfeedback"),
        insert=_told_by_office("cases_reportfeedback", by="given_by", ground=" AND s.legal_basis = 'kkg_4'"),
        delete=privacy.RETENTION,
    ),
)

WRITTEN: Final = tuple(privacy.content(table) for table in ("cases_record", "cases_goal", "cases_document"))
# The same, for a migration that says it anew: undoing that leaves the tables closed.
WRITTEN_ANEW: Final = tuple(RunSQL(each.sql, reverse_sql=RunSQL.noop) for each in WRITTEN)

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
    stays("cases_case", "file_id", "organization_id"),
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
    *WRITTEN,
    rls.protect(
        "cases_goalrating",
        select=rls.any_of(_GOAL_SEEN, privacy.RETENTION),
        insert=_GOAL_RATED,
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
    # What was offered to whom stays as it was offered, and what has ended stays ended: the receiver answers, no more.
    stays(
        "cases_referral",
        *("file_id", "organization_id", "to_organization_id", "mode", "purpose", "categories", "about"),
        *("proposed_by", "proposed_at"),
        once=("ended_at",),
    ),
)
