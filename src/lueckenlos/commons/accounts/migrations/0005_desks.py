"""Tell the wall in which organizations somebody signs in and works with families."""

from django.db import migrations

from lueckenlos.core import rls
from lueckenlos.core.actor import Role

# Who works with families for an organization, as in 0003.
SERVING = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER)

DESK = rls.definer(
    "organization_has_desk",
    returns="boolean",
    arguments="which uuid",
    tables={"accounts_rolegrant": "SELECT", "accounts_user": "SELECT"},
    body=f"""
BEGIN
  RETURN EXISTS (SELECT FROM public.accounts_rolegrant g JOIN public.accounts_user u ON u.id = g.user_id
    WHERE g.scope_kind = 'organization' AND g.scope_key = which::text AND u.is_active
      AND g.role = ANY (ARRAY[{", ".join(f"'{role.value}'" for role in SERVING)}])
      AND (g.ends_on IS NULL OR g.ends_on >= (statement_timestamp() AT TIME ZONE 'Europe/Berlin')::date));
END
""",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_limits_unlogged")]
    operations = [DESK]
