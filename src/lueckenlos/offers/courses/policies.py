"""Who may see a code and whose it is: the household by its link, two jobs; no centre, and nobody else.

Centres and the organization that runs the course read counters outside the wall, kept by triggers, and households by
municipality from five on, which one function of the wall counts.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Hands codes out, takes them back, lets them expire.
CODES: Final = rls.is_job("courses-codes")
# Writes the reminders: to whom, in which language.
TELLS: Final = rls.is_job("courses-tell")
LINK: Final = f"{rls.PURPOSE} = 'course'"


def _of_link(column: str) -> str:
    return rls.all_of(LINK, f"{column} = {rls.RECORD}")


def _own(condition: str) -> str:
    """The link's enrollment fits this row."""
    return rls.all_of(
        LINK, f"EXISTS (SELECT FROM public.courses_enrollment e WHERE e.id = {rls.RECORD} AND {condition})"
    )


TABLES: Final = (
    rls.protect(
        "courses_accesscode",
        select=rls.any_of(_own("e.code_id = courses_accesscode.id"), CODES, privacy.RETENTION),
        insert=CODES,
        update=CODES,
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "courses_enrollment",
        select=rls.any_of(_of_link("courses_enrollment.id"), CODES, TELLS, privacy.RETENTION),
        insert=CODES,
        update=rls.any_of(CODES, TELLS),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "courses_codeshown",
        select=rls.any_of(_of_link("courses_codeshown.enrollment_id"), CODES, privacy.RETENTION),
        insert=CODES,
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "courses_coursefeedback",
        select=rls.any_of(
            f"courses_coursefeedback.organization = {privacy.SERVES}",
            privacy.RETENTION,
        ),
        insert=_own(
            "e.course_id = courses_coursefeedback.course_id "
            "AND e.organization = courses_coursefeedback.organization AND NOT e.has_fed_back"
        ),
        delete=privacy.RETENTION,
    ),
)

# The triggers may see all of them, and write nothing but the counters.
COUNTS: Final = (
    rls.definer(
        "courses_code_counts",
        returns="trigger",
        volatility=rls.Volatility.VOLATILE,
        tables={"courses_stock": "SELECT, UPDATE", "courses_stockweek": "SELECT, INSERT, UPDATE"},
        body="""
DECLARE
  was text := '';
  becomes text := '';
  which uuid;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := OLD.state; which := OLD.course_id; END IF;
  IF TG_OP <> 'DELETE' THEN becomes := NEW.state; which := NEW.course_id; END IF;
  IF was = becomes THEN
    RETURN NULL;
  END IF;
  UPDATE public.courses_stock SET
      in_stock = in_stock + (becomes = 'in_stock')::int - (was = 'in_stock')::int,
      reserved = reserved + (becomes = 'reserved')::int - (was = 'reserved')::int,
      issued = issued + (becomes = 'issued')::int - (was = 'issued')::int,
      activated = activated + (becomes = 'activated')::int - (was = 'activated')::int,
      expired = expired + (becomes = 'expired')::int - (was = 'expired')::int,
      returned = returned + (becomes = 'returned')::int - (was = 'returned')::int
    WHERE course_id = which;
  IF was = 'in_stock' AND becomes = 'reserved' THEN
    INSERT INTO public.courses_stockweek AS w (id, course_id, week, reserved)
      VALUES (gen_random_uuid(), which, date_trunc('week', NEW.reserved_on::timestamp)::date, 1)
      ON CONFLICT (course_id, week) DO UPDATE SET reserved = w.reserved + 1;
  END IF;
  RETURN NULL;
END
""",
    ),
    rls.definer(
        "courses_waiting_counts",
        returns="trigger",
        volatility=rls.Volatility.VOLATILE,
        tables={"courses_stock": "SELECT, UPDATE"},
        body="""
DECLARE
  w integer := 0;
  which uuid;
BEGIN
  IF TG_OP <> 'INSERT' THEN w := w - (OLD.state = 'waiting')::int; which := OLD.course_id; END IF;
  IF TG_OP <> 'DELETE' THEN w := w + (NEW.state = 'waiting')::int; which := NEW.course_id; END IF;
  IF w <> 0 THEN
    UPDATE public.courses_stock SET waiting = waiting + w WHERE course_id = which;
  END IF;
  RETURN NULL;
END
""",
    ),
    RunSQL(
        """
        DROP TRIGGER IF EXISTS courses_accesscode_counts ON public.courses_accesscode;
        CREATE TRIGGER courses_accesscode_counts AFTER INSERT OR UPDATE OR DELETE
          ON public.courses_accesscode FOR EACH ROW EXECUTE FUNCTION wall.courses_code_counts();
        DROP TRIGGER IF EXISTS courses_enrollment_counts ON public.courses_enrollment;
        CREATE TRIGGER courses_enrollment_counts AFTER INSERT OR UPDATE OR DELETE
          ON public.courses_enrollment FOR EACH ROW EXECUTE FUNCTION wall.courses_waiting_counts();
        """,
        reverse_sql="""
        DROP TRIGGER IF EXISTS courses_enrollment_counts ON public.courses_enrollment;
        DROP TRIGGER IF EXISTS courses_accesscode_counts ON public.courses_accesscode;
        """,
    ),
)

# Households by municipality for those who run the course or hand its codes out. Under the minimum nothing; and where
# what is left out would itself be a small number, the smallest that was shown goes too. Five is the least, whoever asks.
BY_PLACE: Final = rls.definer(
    "courses_by_place",
    arguments="which uuid, minimum integer",
    returns="TABLE(place text, households bigint)",
    tables={
        "courses_enrollment": "SELECT",
        "courses_coursecentre": "SELECT",
        "courses_onlinecourse": "SELECT",
    },
    body="""
DECLARE
  least_shown integer := greatest(minimum, 5);
  office uuid := wall.actor_serves();
BEGIN
  IF NOT EXISTS (SELECT FROM public.courses_onlinecourse c WHERE c.id = which AND c.organization_id = office)
    AND NOT EXISTS (
      SELECT FROM public.courses_coursecentre c WHERE c.course_id = which AND c.organization_id = office) THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH counted AS (
      SELECT e.ags::text AS ags, count(*) AS many, e.ags <> '' AND count(*) >= least_shown AS fits
        FROM public.courses_enrollment e WHERE e.course_id = which AND e.state <> 'lapsed' GROUP BY e.ags
    ), ranked AS (
      SELECT c.*, row_number() OVER (ORDER BY c.many, c.ags) AS place_in_line FROM counted c WHERE c.fits
    ), hidden AS (
      SELECT coalesce(sum(c.many), 0) AS rest FROM counted c WHERE NOT c.fits
    )
    SELECT r.ags, r.many FROM ranked r, hidden h
      WHERE h.rest = 0 OR h.rest >= least_shown OR r.place_in_line > 1
      ORDER BY r.many DESC, r.ags;
END
""",
)
