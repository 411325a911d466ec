"""Who may see a family: the organization of the class, whoever holds the family's link, a child's page, three jobs.

A parent who lives apart has a link of their own: it reads goals and faces, never the other parent nor their faces; nor
the other way. Where both decide and have said yes it says for itself how goals go; the school reads both.

A name enters by the family's own link alone, and only after its yes: the database refuses it to everybody else, the
teacher and every job included. Free places are counters outside the wall, kept by a trigger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Decides on places: it sees where invitations stand, and no family.
PLACES: Final = rls.is_job("classes-places")
# Writes the mails: to whom, in which language.
TELLS: Final = rls.is_job("classes-tell")
# Lets a parent who lives apart look along no longer, when the one who decides alone says so.
APART: Final = rls.is_job("classes-apart")
LINK: Final = f"{rls.PURPOSE} = 'family-class'"
# The page on the tablet, opened by the teacher for one child.
CHILD: Final = f"{rls.PURPOSE} = 'family-class-child'"
# A parent who lives apart, by a link of their own.
SECOND: Final = f"{rls.PURPOSE} = 'family-class-second'"


def _serves(table: str) -> str:
    return f"{table}.organization = {privacy.SERVES}"


def _of(who: str, column: str) -> str:
    return rls.all_of(who, f"{column} = {rls.RECORD}")


def _seen(table: str, column: str) -> str:
    return rls.any_of(_serves(table), _of(LINK, column), _of(CHILD, column), privacy.RETENTION)


def _second(column: str) -> str:
    """The link of the parent who lives apart, of the family of this key, once they have said yes themselves."""
    return rls.all_of(
        SECOND,
        "EXISTS (SELECT FROM public.classes_secondparent s "
        f"WHERE s.id = {rls.RECORD} AND s.invitation_id = {column} AND s.agreed_at IS NOT NULL)",
    )


# Both decide and this parent has said yes: their own faces for this child's goals, at a morning of this class.
OF_SECOND: Final = rls.all_of(
    SECOND,
    "classes_rating.rater = 'second'",
    "EXISTS (SELECT FROM public.classes_secondparent s "
    "JOIN public.classes_goal g ON g.id = classes_rating.goal_id AND g.member_id = s.invitation_id "
    "JOIN public.classes_morning d ON d.id = classes_rating.morning_id AND d.family_class_id = s.family_class_id "
    f"WHERE s.id = {rls.RECORD} AND s.decides AND s.agreed_at IS NOT NULL "
    "AND s.invitation_id = classes_rating.member AND s.organization = classes_rating.organization)",
)


def _is_members(table: str) -> str:
    """The row belongs to a family that the actor sees, and to its organization."""
    return (
        f"EXISTS (SELECT FROM public.classes_member m WHERE m.id = {table}.member_id "
        f"AND m.organization = {table}.organization)"
    )


OF_CLASS: Final = (
    "EXISTS (SELECT FROM public.classes_familyclass c WHERE c.id = classes_invitation.family_class_id "
    "AND c.organization_id = classes_invitation.organization)"
)
SAID_YES: Final = (
    "EXISTS (SELECT FROM public.classes_invitation i WHERE i.id = classes_member.invitation_id "
    "AND i.family_class_id = classes_member.family_class_id AND i.organization = classes_member.organization "
    "AND i.state = 'yes')"
)
# A yes that is asked for and not there: nobody's name is written.
BOTH_SAID_YES: Final = (
    "EXISTS (SELECT FROM public.classes_invitation i WHERE i.id = classes_member.invitation_id "
    "AND i.second <> 'asked')"
)
OF_INVITATION: Final = (
    "EXISTS (SELECT FROM public.classes_invitation i WHERE i.id = classes_secondparent.invitation_id "
    "AND i.family_class_id = classes_secondparent.family_class_id "
    "AND i.organization = classes_secondparent.organization)"
)
OF_GOAL: Final = (
    "EXISTS (SELECT FROM public.classes_goal g JOIN public.classes_member m ON m.id = g.member_id "
    "JOIN public.classes_morning d ON d.id = classes_rating.morning_id AND d.family_class_id = m.family_class_id "
    "WHERE g.id = classes_rating.goal_id AND g.member_id = classes_rating.member "
    "AND g.organization = classes_rating.organization)"
)
# Each speaks for themselves: a link for the parents, the tablet for the child, people at work for neither.
OWN_VOICE: Final = rls.any_of(
    rls.all_of(_serves("classes_rating"), "classes_rating.rater = 'teacher'"),
    rls.all_of(_of(LINK, "classes_rating.member"), "classes_rating.rater = 'parent'"),
    rls.all_of(_of(CHILD, "classes_rating.member"), "classes_rating.rater = 'child'"),
)


def _tables(*, both: str, second: Callable[[str], str], of_second: str) -> tuple[RunSQL, ...]:
    """`both` holds where everybody whose yes is needed has said it, `second` where a parent who lives apart looks.

    `of_second` holds for the faces that this parent gives.
    """
    voices = rls.any_of(rls.all_of(OWN_VOICE, OF_GOAL), of_second)
    return (
        rls.protect(
            "classes_invitation",
            select=rls.any_of(
                _serves("classes_invitation"),
                _of(LINK, "classes_invitation.id"),
                _of(CHILD, "classes_invitation.id"),
                PLACES,
                TELLS,
                privacy.RETENTION,
            ),
            insert=rls.all_of(
                _serves("classes_invitation"), OF_CLASS, "classes_invitation.state = 'invited'"
            ),
            # Retention notes what it has counted, before it erases.
            update=rls.any_of(PLACES, privacy.RETENTION),
            update_to=rls.all_of(rls.any_of(PLACES, privacy.RETENTION), OF_CLASS),
            delete=privacy.RETENTION,
        ),
        rls.protect(
            "classes_member",
            select=rls.any_of(_seen("classes_member", "classes_member.id"), TELLS),
            insert=rls.all_of(_of(LINK, "classes_member.id"), SAID_YES, both),
            update=_of(LINK, "classes_member.id"),
            update_to=rls.all_of(_of(LINK, "classes_member.id"), SAID_YES),
            delete=privacy.RETENTION,
        ),
        rls.protect(
            "classes_goal",
            select=rls.any_of(
                _seen("classes_goal", "classes_goal.member_id"), second("classes_goal.member_id")
            ),
            insert=rls.all_of(_serves("classes_goal"), _is_members("classes_goal")),
            update=_serves("classes_goal"),
            update_to=rls.all_of(_serves("classes_goal"), _is_members("classes_goal")),
            delete=privacy.RETENTION,
        ),
        rls.protect(
            "classes_rating",
            select=rls.any_of(
                _serves("classes_rating"),
                rls.all_of(_of(LINK, "classes_rating.member"), "classes_rating.rater <> 'second'"),
                rls.all_of(second("classes_rating.member"), "classes_rating.rater <> 'parent'"),
                rls.all_of(_of(CHILD, "classes_rating.member"), "classes_rating.rater = 'child'"),
                privacy.RETENTION,
            ),
            insert=voices,
            update=rls.any_of(OWN_VOICE, of_second),
            update_to=voices,
            # Whoever takes their yes back takes along what they said.
            delete=rls.any_of(of_second, privacy.RETENTION),
        ),
        rls.protect(
            "classes_attendance",
            select=rls.any_of(
                _serves("classes_attendance"),
                _of(LINK, "classes_attendance.member_id"),
                privacy.RETENTION,
            ),
            insert=rls.all_of(_serves("classes_attendance"), _is_members("classes_attendance")),
            update=_serves("classes_attendance"),
            update_to=rls.all_of(_serves("classes_attendance"), _is_members("classes_attendance")),
            delete=privacy.RETENTION,
        ),
    )


def _nobody(_column: str) -> str:
    return "false"


# As the room was closed first; the table of the second parent came later.
FIRST: Final = _tables(both="true", second=_nobody, of_second="false")
TABLES: Final = (
    *_tables(both=BOTH_SAID_YES, second=_second, of_second=OF_SECOND),
    rls.protect(
        "classes_secondparent",
        # Not by the first parent's link: two who live apart never meet on one page.
        select=rls.any_of(
            _serves("classes_secondparent"),
            _of(SECOND, "classes_secondparent.id"),
            TELLS,
            APART,
            privacy.RETENTION,
        ),
        insert=rls.all_of(
            _serves("classes_secondparent"),
            OF_INVITATION,
            "classes_secondparent.agreed_at IS NULL",
        ),
        update=_of(SECOND, "classes_secondparent.id"),
        delete=rls.any_of(
            _serves("classes_secondparent"),
            _of(SECOND, "classes_secondparent.id"),
            rls.all_of(APART, "NOT classes_secondparent.decides"),
            privacy.RETENTION,
        ),
    ),
)

# They say who they are and how to reach them; whose parent they are stays what the school wrote.
THEMSELVES_ALONE: Final = RunSQL(
    f"""
    REVOKE UPDATE ON public.classes_secondparent FROM {rls.APPLICATION};
    GRANT UPDATE (parent, email, phone, language, is_reminded, consent_version, agreed_at)
      ON public.classes_secondparent TO {rls.APPLICATION};
    """,
    reverse_sql=RunSQL.noop,
)

# What remains of a group when its families go; whoever erases them writes it.
FIGURES: Final = (
    rls.protect(
        "classes_figure",
        select=rls.any_of(_serves("classes_figure"), privacy.RETENTION),
        insert=privacy.RETENTION,
        update=privacy.RETENTION,
        delete=privacy.RETENTION,
    ),
)

# The trigger sees states and no family, and writes nothing but the counters.
COUNTS: Final = (
    rls.definer(
        "classes_counts",
        returns="trigger",
        volatility=rls.Volatility.VOLATILE,
        tables={"classes_counter": "SELECT, UPDATE"},
        body="""
DECLARE
  t bigint := 0; w bigint := 0;
  which uuid := coalesce(NEW.family_class_id, OLD.family_class_id);
BEGIN
  IF TG_OP <> 'INSERT' THEN
    t := t - (OLD.state = 'yes')::integer;
    w := w - (OLD.state = 'waiting')::integer;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    t := t + (NEW.state = 'yes')::integer;
    w := w + (NEW.state = 'waiting')::integer;
  END IF;
  IF t <> 0 OR w <> 0 THEN
    UPDATE public.classes_counter SET taken = taken + t, waiting = waiting + w WHERE family_class_id = which;
  END IF;
  RETURN NULL;
END
""",
    ),
    RunSQL(
        """
        DROP TRIGGER IF EXISTS classes_invitation_counts ON public.classes_invitation;
        CREATE TRIGGER classes_invitation_counts AFTER INSERT OR UPDATE OR DELETE
          ON public.classes_invitation FOR EACH ROW EXECUTE FUNCTION wall.classes_counts();
        """,
        reverse_sql="DROP TRIGGER IF EXISTS classes_invitation_counts ON public.classes_invitation;",
    ),
)
