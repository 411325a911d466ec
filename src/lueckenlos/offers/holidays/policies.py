"""Who may see a wish list: whoever holds its link, three jobs, and after publication the organization of the round.

Whoever deals the places reads numbers, sizes, needs and wishes; names and addresses lie in tables of their own, which
that job writes and cannot read.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

# Takes lists in and deals the places.
LISTS: Final = rls.is_job("holidays-lists")
# Carries names into the registrations of those who got a place, once all is decided.
SEATS: Final = rls.is_job("holidays-seats")
# Writes the letters: to whom, in which language, what became of it.
TELLS: Final = rls.is_job("holidays-tell")
LINK: Final = f"{rls.PURPOSE} = 'wish_list'"


def _of_link(column: str) -> str:
    return rls.all_of(LINK, f"{column} = {rls.RECORD}")


def _is_one_of(*states: str) -> str:
    # Spelled out: a restore says a list of words otherwise than the database did.
    return rls.any_of(*(f"r.state = '{state}'" for state in states))


def _round_is(*states: str) -> str:
    return (
        "EXISTS (SELECT FROM public.holidays_round r "
        f"WHERE r.id = holidays_wishlist.round_id AND {_is_one_of(*states)})"
    )


def _list(table: str, *conditions: str) -> str:
    """The list of this row is one that the actor sees, and these hold for it."""
    found = " AND ".join((f"l.id = {table}.list_id", *conditions))
    return f"EXISTS (SELECT FROM public.holidays_wishlist l JOIN public.holidays_round r ON r.id = l.round_id WHERE {found})"


def _serves(table: str) -> str:
    return rls.all_of(f"{table}.organization = {privacy.SERVES}", _list(table, "r.state = 'published'"))


def _taken_back(table: str) -> str:
    return rls.all_of(_of_link(f"{table}.list_id"), _list(table, _is_one_of("open", "aborted")))


def _part(table: str, *, reads: tuple[str, ...], replaced_by: str = "false") -> RunSQL:
    """A table whose rows belong to a list."""
    return rls.protect(
        table,
        select=rls.any_of(_of_link(f"{table}.list_id"), _serves(table), *reads, privacy.RETENTION),
        insert=rls.all_of(LISTS, _list(table, f"l.organization = {table}.organization")),
        delete=rls.any_of(_taken_back(table), privacy.RETENTION, replaced_by),
    )


TABLES: Final = (
    rls.protect(
        "holidays_wishlist",
        select=rls.any_of(
            _of_link("holidays_wishlist.id"),
            rls.all_of(f"holidays_wishlist.organization = {privacy.SERVES}", _round_is("published")),
            LISTS,
            SEATS,
            TELLS,
            privacy.RETENTION,
        ),
        insert=rls.all_of(
            LISTS,
            "EXISTS (SELECT FROM public.holidays_round r WHERE r.id = holidays_wishlist.round_id "
            "AND r.state = 'open' AND r.organization_id = holidays_wishlist.organization)",
        ),
        delete=rls.any_of(
            rls.all_of(_of_link("holidays_wishlist.id"), _round_is("open", "aborted")), privacy.RETENTION
        ),
    ),
    _part("holidays_wishcontact", reads=(SEATS, TELLS)),
    _part("holidays_wishchild", reads=(SEATS,)),
    _part("holidays_wish", reads=(LISTS, TELLS), replaced_by=LISTS),
    rls.protect(
        "holidays_decision",
        select=rls.any_of(
            # What was dealt is nobody's business before it is published.
            rls.all_of(
                _of_link("holidays_decision.list_id"), _list("holidays_decision", "r.state = 'published'")
            ),
            _serves("holidays_decision"),
            LISTS,
            SEATS,
            TELLS,
            privacy.RETENTION,
        ),
        insert=rls.all_of(
            LISTS, _list("holidays_decision", "l.organization = holidays_decision.organization")
        ),
        update=SEATS,
        delete=rls.any_of(LISTS, privacy.RETENTION),
    ),
)
