"""Who may see who comes: the organization whose time it is, a guest its own, whoever holds the link, two jobs.

That a time is taken is no secret: whoever looks for a free one sees it. So the database may refuse a clash by itself.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Decides on times without reading who it is.
SLOTS: Final = rls.is_job("bookings-slots")
# Writes the reminders: to whom, in which language.
TELLS: Final = rls.is_job("bookings-tell")
OWN: Final = rls.all_of(f"{rls.PURPOSE} = 'booking'", f"bookings_booking.id = {rls.RECORD}")
# Whoever holds the link learns whether somebody translates there.
ALONG: Final = rls.all_of(f"{rls.PURPOSE} = 'booking'", f"bookings_booking.along = {rls.RECORD}")
SERVES: Final = f"bookings_booking.organization = {privacy.SERVES}"
GUEST: Final = f"bookings_booking.guest = {privacy.SERVES}"
OF_RESOURCE: Final = (
    "EXISTS (SELECT FROM public.bookings_resource r "
    "WHERE r.id = bookings_booking.resource_id AND r.organization_id = bookings_booking.organization)"
)


def _bookings(link: str) -> RunSQL:
    return rls.protect(
        "bookings_booking",
        select=rls.any_of(SERVES, GUEST, link, SLOTS, TELLS, privacy.RETENTION),
        insert=rls.all_of(SLOTS, OF_RESOURCE),
        update=rls.any_of(SLOTS, TELLS),
        update_to=rls.all_of(rls.any_of(SLOTS, TELLS), OF_RESOURCE),
        delete=privacy.RETENTION,
    )


# Whoever was signed in when they booked; the account sees that it did, the link in the mail does the rest.
MINE: Final = rls.all_of(f"{rls.KIND} = 'person'", f"bookings_booking.account = {rls.PERSON}")
# Before anybody translated (0002), before an account was kept (0003), and since.
AT_FIRST: Final = (_bookings(OWN),)
WITHOUT_ACCOUNT: Final = (_bookings(rls.any_of(OWN, ALONG)),)
TABLES: Final = (_bookings(rls.any_of(OWN, ALONG, MINE)),)

# Without btree_gist no operator class compares uuids, so the key becomes places on three axes of two boxes
# (44, 44 and 40 bits, all exact in a float), and the time lies on the fourth. Boxes that touch overlap: half a second
# less keeps what only follows apart.
ALONE: Final = (
    RunSQL(
        """
        CREATE OR REPLACE FUNCTION public.bookings_which(resource uuid) RETURNS box LANGUAGE sql IMMUTABLE PARALLEL SAFE
          SET search_path = pg_catalog, pg_temp AS $sql$
          SELECT box(place, place) FROM (SELECT point(
            ('x' || substr(replace(resource::text, '-', ''), 1, 11))::bit(44)::bigint::float8,
            ('x' || substr(replace(resource::text, '-', ''), 12, 11))::bit(44)::bigint::float8) AS place) AS found
          $sql$;
        CREATE OR REPLACE FUNCTION public.bookings_when(
          resource uuid, lane integer, begins timestamptz, ends timestamptz
        ) RETURNS box LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $sql$
          SELECT box(point(own, extract(epoch FROM begins)::float8),
                     point(own, extract(epoch FROM ends)::float8 - 0.5))
          FROM (SELECT (('x' || substr(replace(resource::text, '-', ''), 23))::bit(40)::bigint * 32 + lane)::float8
            AS own) AS found $sql$;
        ALTER TABLE public.bookings_booking ADD CONSTRAINT booking_alone EXCLUDE USING gist (
          public.bookings_which(resource_id) WITH &&,
          public.bookings_when(resource_id, lane, busy_from, busy_until) WITH &&
        ) WHERE (state = 'requested' OR state = 'booked');
        """,
        reverse_sql="""
        ALTER TABLE public.bookings_booking DROP CONSTRAINT IF EXISTS booking_alone;
        DROP FUNCTION IF EXISTS public.bookings_when(uuid, integer, timestamptz, timestamptz);
        DROP FUNCTION IF EXISTS public.bookings_which(uuid);
        """,
    ),
)
