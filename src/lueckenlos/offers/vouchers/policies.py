"""Who may see a voucher: whoever handed it out its own, the family by its link. Where it was redeemed: that club, and the payer.

The two stand in two tables, so that a club never learns who handed a voucher out or for whom, whoever handed it out
never learns where it was used, and the payer sees what a club gets and no single voucher. Where nobody signs in for the
payer, the county's Koordination stands in its place, until somebody does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls
from lueckenlos.core.actor import Role

# Decides whether a voucher may be handed out or taken: it knows state and age, and there are no names.
DECIDES: Final = rls.is_job("vouchers-decide")
# Counts by municipality for whoever pays; what is few is summed up before anybody reads it.
COUNTS: Final = rls.is_job("vouchers-count")
LINK: Final = rls.all_of(f"{rls.PURPOSE} = 'voucher'", f"vouchers_voucher.id = {rls.RECORD}")


def _serves(column: str) -> str:
    return f"{column} = {privacy.SERVES}"


def _pays(column: str) -> str:
    """Whoever works for the payer, and the Koordination for a payer in which nobody signs in."""
    stands_in = rls.all_of(
        rls.has_role_in_county(Role.COORDINATION), f"NOT wall.organization_has_desk({column})"
    )
    return rls.any_of(_serves(column), stands_in)


PAID_BY: Final = (
    "EXISTS (SELECT FROM public.vouchers_voucherscheme s "
    "WHERE s.id = {table}.scheme_id AND s.organization_id = {table}.payer)"
)
GIVEN_BY: Final = (
    "EXISTS (SELECT FROM public.vouchers_giver g "
    "WHERE g.scheme_id = vouchers_voucher.scheme_id AND g.organization_id = vouchers_voucher.issued_by)"
)


def _tables(pays: Callable[[str], str]) -> tuple[RunSQL, ...]:
    """`pays` holds for whoever pays, by the column of the payer."""
    return (
        rls.protect(
            "vouchers_voucher",
            select=rls.any_of(
                _serves("vouchers_voucher.issued_by"), LINK, DECIDES, COUNTS, privacy.RETENTION
            ),
            insert=rls.all_of(DECIDES, GIVEN_BY),
            update=DECIDES,
            delete=privacy.RETENTION,
        ),
        rls.protect(
            "vouchers_redemption",
            select=rls.any_of(
                _serves("vouchers_redemption.club"),
                pays("vouchers_redemption.payer"),
                DECIDES,
                privacy.RETENTION,
            ),
            insert=rls.all_of(DECIDES, PAID_BY.format(table="vouchers_redemption")),
            update=rls.all_of(DECIDES, PAID_BY.format(table="vouchers_redemption")),
            delete=privacy.RETENTION,
        ),
        rls.protect(
            "vouchers_settlement",
            select=rls.any_of(
                _serves("vouchers_settlement.club"),
                pays("vouchers_settlement.payer"),
                DECIDES,
                privacy.RETENTION,
            ),
            insert=rls.all_of(DECIDES, PAID_BY.format(table="vouchers_settlement")),
            delete=privacy.RETENTION,
        ),
    )


# As the room was closed first; that somebody stands in for a payer came later.
FIRST: Final = _tables(_serves)
TABLES: Final = _tables(_pays)

# The trigger may see all of them, and writes nothing but the counter.
STOCK: Final = (
    rls.definer(
        "vouchers_counts",
        returns="trigger",
        volatility=rls.Volatility.VOLATILE,
        tables={"vouchers_counter": "SELECT, UPDATE"},
        body="""
DECLARE
  g bigint := 0; r bigint := 0;
BEGIN
  -- What is erased after its time stays counted: the stock was used.
  IF TG_OP = 'UPDATE' THEN
    g := g - CASE WHEN OLD.state IN ('issued', 'redeemed', 'settled') THEN 1 ELSE 0 END;
    r := r - CASE WHEN OLD.state IN ('redeemed', 'settled') THEN 1 ELSE 0 END;
  END IF;
  g := g + CASE WHEN NEW.state IN ('issued', 'redeemed', 'settled') THEN 1 ELSE 0 END;
  r := r + CASE WHEN NEW.state IN ('redeemed', 'settled') THEN 1 ELSE 0 END;
  IF g <> 0 OR r <> 0 THEN
    UPDATE public.vouchers_counter SET given = given + g, redeemed = redeemed + r
      WHERE scheme_id = NEW.scheme_id;
  END IF;
  RETURN NULL;
END
""",
    ),
    RunSQL(
        """
        DROP TRIGGER IF EXISTS vouchers_voucher_counts ON public.vouchers_voucher;
        CREATE TRIGGER vouchers_voucher_counts AFTER INSERT OR UPDATE
          ON public.vouchers_voucher FOR EACH ROW EXECUTE FUNCTION wall.vouchers_counts();
        """,
        reverse_sql="DROP TRIGGER IF EXISTS vouchers_voucher_counts ON public.vouchers_voucher;",
    ),
)
