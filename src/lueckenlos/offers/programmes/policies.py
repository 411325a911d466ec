"""Who may see who takes part: the organization of the programme, whoever holds the link of a registration, two jobs.

Free places are counters outside the wall, kept by a trigger: an anonymous count over registrations would see nothing.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Decides on places without reading who it is: it sees registrations, and only writes who comes with them.
PLACES: Final = rls.is_job("programmes-places")
# Writes the mails: to whom, in which language.
TELLS: Final = rls.is_job("programmes-tell")
LINK: Final = f"{rls.PURPOSE} = 'registration'"


def _serves(table: str) -> str:
    return f"{table}.organization = {privacy.SERVES}"


def _of_link(column: str) -> str:
    return rls.all_of(LINK, f"{column} = {rls.RECORD}")


def _registered(table: str) -> str:
    """The link's registration belongs to this row's programme."""
    return rls.all_of(
        LINK,
        "EXISTS (SELECT FROM public.programmes_registration r "
        f"WHERE r.id = {rls.RECORD} AND r.programme_id = {table}.programme_id AND r.state = 'placed')",
    )


def _came_by_link(table: str) -> str:
    """The link's registration holds this row's seat."""
    return rls.all_of(
        LINK,
        "EXISTS (SELECT FROM public.programmes_seat s "
        f"WHERE s.id = {table}.seat_id AND s.registration_id = {rls.RECORD})",
    )


TABLES: Final = (
    rls.protect(
        "programmes_registration",
        select=rls.any_of(
            _serves("programmes_registration"),
            _of_link("programmes_registration.id"),
            PLACES,
            TELLS,
            privacy.RETENTION,
        ),
        insert=PLACES,
        update=rls.any_of(_of_link("programmes_registration.id"), PLACES),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "programmes_seat",
        select=rls.any_of(
            _serves("programmes_seat"), _of_link("programmes_seat.registration_id"), privacy.RETENTION
        ),
        insert=PLACES,
        update=_of_link("programmes_seat.registration_id"),
        delete=rls.any_of(_of_link("programmes_seat.registration_id"), privacy.RETENTION),
    ),
    rls.protect(
        "programmes_attendance",
        select=rls.any_of(
            _serves("programmes_attendance"), _came_by_link("programmes_attendance"), privacy.RETENTION
        ),
        insert=rls.all_of(
            _serves("programmes_attendance"),
            "EXISTS (SELECT FROM public.programmes_seat s "
            "WHERE s.id = programmes_attendance.seat_id AND s.organization = programmes_attendance.organization)",
        ),
        update=_serves("programmes_attendance"),
        delete=rls.any_of(_serves("programmes_attendance"), privacy.RETENTION),
    ),
    rls.protect(
        "programmes_access",
        select=rls.any_of(_serves("programmes_access"), _registered("programmes_access"), TELLS),
        insert=_serves("programmes_access"),
        update=_serves("programmes_access"),
        delete=rls.any_of(_serves("programmes_access"), privacy.RETENTION),
    ),
    rls.protect(
        "programmes_feedback",
        select=rls.any_of(_serves("programmes_feedback"), privacy.RETENTION),
        insert=_registered("programmes_feedback"),
        delete=privacy.RETENTION,
    ),
)
# A family says later which price holds; who comes stays who got the place.
PRICES_ALONE: Final = RunSQL(
    f"""
    REVOKE UPDATE ON public.programmes_seat FROM {rls.APPLICATION};
    GRANT UPDATE (fare, cents) ON public.programmes_seat TO {rls.APPLICATION};
    """,
    reverse_sql=RunSQL.noop,
)
# What remains when the names go; whoever erases them writes it.
FIGURES: Final = rls.protect(
    "programmes_figure",
    select=rls.any_of(_serves("programmes_figure"), privacy.RETENTION),
    insert=privacy.RETENTION,
    delete=privacy.RETENTION,
)

# The trigger may see all of them, and writes nothing but the counters.
COUNTS: Final = (
    rls.definer(
        "programmes_counts",
        returns="trigger",
        volatility=rls.Volatility.VOLATILE,
        tables={"programmes_counter": "SELECT, UPDATE"},
        body="""
DECLARE
  t bigint := 0; p bigint := 0; w bigint := 0;
  which uuid := coalesce(NEW.programme_id, OLD.programme_id);
BEGIN
  IF TG_OP <> 'INSERT' THEN
    t := t - CASE WHEN OLD.state = 'placed' THEN OLD.size ELSE 0 END;
    p := p - CASE WHEN OLD.state = 'offered' THEN OLD.size ELSE 0 END;
    w := w - CASE WHEN OLD.state = 'waiting' THEN OLD.size ELSE 0 END;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    t := t + CASE WHEN NEW.state = 'placed' THEN NEW.size ELSE 0 END;
    p := p + CASE WHEN NEW.state = 'offered' THEN NEW.size ELSE 0 END;
    w := w + CASE WHEN NEW.state = 'waiting' THEN NEW.size ELSE 0 END;
  END IF;
  IF t <> 0 OR p <> 0 OR w <> 0 THEN
    UPDATE public.programmes_counter SET taken = taken + t, promised = promised + p, waiting = waiting + w
      WHERE programme_id = which;
  END IF;
  RETURN NULL;
END
""",
    ),
    RunSQL(
        """
        DROP TRIGGER IF EXISTS programmes_registration_counts ON public.programmes_registration;
        CREATE TRIGGER programmes_registration_counts AFTER INSERT OR UPDATE OR DELETE
          ON public.programmes_registration FOR EACH ROW EXECUTE FUNCTION wall.programmes_counts();
        """,
        reverse_sql="DROP TRIGGER IF EXISTS programmes_registration_counts ON public.programmes_registration;",
    ),
)
