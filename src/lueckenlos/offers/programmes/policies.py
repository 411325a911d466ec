"""Who may see who takes part: who keeps the programme, whoever holds the link of a registration, two jobs.

A programme is kept by the people of its organization, or by one of its teams alone: then no colleague beside it.

Free places are counters outside the wall, kept by a trigger: an anonymous count over registrations would see nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Decides on places without reading who it is: it sees registrations, and only writes who comes with them.
PLACES: Final = rls.is_job("programmes-places")
# Writes the mails: to whom, in which language.
TELLS: Final = rls.is_job("programmes-tell")
LINK: Final = f"{rls.PURPOSE} = 'registration'"
UNITS: Final = "((SELECT wall.actor_units())::uuid[])"
# To which programme a row belongs; most say it themselves.
PROGRAMME_OF: Final = {
    "programmes_seat": (
        "(SELECT r.programme_id FROM public.programmes_registration r WHERE r.id = programmes_seat.registration_id)"
    ),
    "programmes_attendance": (
        "(SELECT s.programme_id FROM public.programmes_session s WHERE s.id = programmes_attendance.session_id)"
    ),
}
Kept = Callable[[str], str]


def serves(table: str) -> str:
    """Everybody at work in the organization: how it was before there were teams (0002 to 0005)."""
    return f"{table}.organization = {privacy.SERVES}"


def keeps(table: str) -> str:
    """At work in the organization, and in the team where the programme is kept by one."""
    programme = PROGRAMME_OF.get(table, f"{table}.programme_id")
    return rls.all_of(
        serves(table),
        f"EXISTS (SELECT FROM public.programmes_programme p WHERE p.id = {programme} "
        f"AND (p.unit_id IS NULL OR p.unit_id = ANY {UNITS}))",
    )


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


# Whoever was signed in when they registered; the account sees that it did, the link in the mail does the rest.
MINE: Final = rls.all_of(f"{rls.KIND} = 'person'", f"programmes_registration.account = {rls.PERSON}")


def registrations(kept: Kept, *, mine: str) -> RunSQL:
    """Who wants to take part, for whoever keeps the programme, and `mine`."""
    return rls.protect(
        "programmes_registration",
        select=rls.any_of(
            kept("programmes_registration"),
            _of_link("programmes_registration.id"),
            mine,
            PLACES,
            TELLS,
            privacy.RETENTION,
        ),
        insert=PLACES,
        update=rls.any_of(_of_link("programmes_registration.id"), PLACES),
        delete=privacy.RETENTION,
    )


def tables(kept: Kept) -> tuple[RunSQL, ...]:
    """The closed tables of who takes part, as they were before an account was kept (0002 to 0007)."""
    return (
        registrations(kept, mine="false"),
        rls.protect(
            "programmes_seat",
            select=rls.any_of(
                kept("programmes_seat"), _of_link("programmes_seat.registration_id"), privacy.RETENTION
            ),
            insert=PLACES,
            update=_of_link("programmes_seat.registration_id"),
            delete=rls.any_of(_of_link("programmes_seat.registration_id"), privacy.RETENTION),
        ),
        rls.protect(
            "programmes_attendance",
            select=rls.any_of(
                kept("programmes_attendance"), _came_by_link("programmes_attendance"), privacy.RETENTION
            ),
            insert=rls.all_of(
                kept("programmes_attendance"),
                "EXISTS (SELECT FROM public.programmes_seat s "
                "WHERE s.id = programmes_attendance.seat_id AND s.organization = programmes_attendance.organization)",
            ),
            update=kept("programmes_attendance"),
            delete=rls.any_of(kept("programmes_attendance"), privacy.RETENTION),
        ),
        rls.protect(
            "programmes_access",
            select=rls.any_of(
                kept("programmes_access"), _registered("programmes_access"), TELLS, privacy.RETENTION
            ),
            insert=kept("programmes_access"),
            update=kept("programmes_access"),
            delete=rls.any_of(kept("programmes_access"), privacy.RETENTION),
        ),
        rls.protect(
            "programmes_feedback",
            select=rls.any_of(kept("programmes_feedback"), privacy.RETENTION),
            insert=_registered("programmes_feedback"),
            delete=privacy.RETENTION,
        ),
    )


def figures(kept: Kept) -> RunSQL:
    """What remains when the names go; whoever erases them writes it."""
    return rls.protect(
        "programmes_figure",
        select=rls.any_of(kept("programmes_figure"), privacy.RETENTION),
        insert=privacy.RETENTION,
        delete=privacy.RETENTION,
    )


# A family gets a file once the date for which it is meant is over, and no sooner.
AFTERWARDS: Final = rls.any_of(
    "EXISTS (SELECT FROM public.programmes_session s "
    f"WHERE s.id = programmes_material.session_id AND s.ends_at <= {privacy.NOW})",
    rls.all_of(
        "programmes_material.session_id IS NULL",
        "(SELECT max(s.ends_at) FROM public.programmes_session s "
        f"WHERE s.programme_id = programmes_material.programme_id AND NOT s.is_cancelled) <= {privacy.NOW}",
    ),
)


def materials(kept: Kept) -> RunSQL:
    """Files for those who had a place."""
    return rls.protect(
        "programmes_material",
        select=rls.any_of(
            kept("programmes_material"),
            rls.all_of(_registered("programmes_material"), AFTERWARDS),
            privacy.RETENTION,
        ),
        insert=rls.all_of(
            kept("programmes_material"),
            "EXISTS (SELECT FROM public.programmes_programme p "
            "WHERE p.id = programmes_material.programme_id AND p.organization_id = programmes_material.organization)",
        ),
        delete=rls.any_of(kept("programmes_material"), privacy.RETENTION),
    )


# A family says later which price holds; who comes stays who got the place.
PRICES_ALONE: Final = RunSQL(
    f"""
    REVOKE UPDATE ON public.programmes_seat FROM {rls.APPLICATION};
    GRANT UPDATE (fare, cents) ON public.programmes_seat TO {rls.APPLICATION};
    """,
    reverse_sql=RunSQL.noop,
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
