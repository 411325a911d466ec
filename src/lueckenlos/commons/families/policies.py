"""Who may know a person: whose task they are, to whom a category about them was released, and they themselves."""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.commons.privacy.wall.staying import stays
from lueckenlos.core import rls

_ACCOUNT: Final = f"(account = {rls.PERSON} AND (SELECT wall.actor_kind()) = 'person')"
_SERVING: Final = f"{privacy.SERVES} IS NOT NULL"
_OF_PERSON: Final = "EXISTS (SELECT FROM public.families_person p WHERE p.id = {person} AND ({own}))"


def _own(person: str) -> str:
    """The family's own person: by account, code or link."""
    own = f"p.id = {privacy.OWN} OR (p.account = {rls.PERSON} AND (SELECT wall.actor_kind()) = 'person')"
    return _OF_PERSON.format(person=person, own=own)


def _task(person: str) -> str:
    """The person is in a file that is the actor's to work in."""
    return (
        "EXISTS (SELECT FROM public.privacy_party q JOIN public.privacy_access a ON a.file_id = q.file_id "
        f"WHERE q.person = {person} AND q.left_at IS NULL AND a.everything AND a.writes "
        f"AND a.since <= {privacy.NOW} AND a.until > {privacy.NOW})"
    )


_KNOWS_ADDRESS: Final = rls.any_of(
    _task("families_address.person_id"),
    rls.all_of(
        "NOT families_address.is_blocked",
        privacy.knows_person("families_address.person_id", category="'contact'"),
    ),
    _own("families_address.person_id"),
    privacy.RETENTION,
)

TABLES: Final = (
    rls.protect(
        "families_person",
        select=rls.any_of(
            privacy.knows_person("families_person.id", category="'identity'"),
            privacy.own_data("families_person.id"),
            _ACCOUNT,
            privacy.RETENTION,
        ),
        insert=rls.any_of(rls.all_of(_SERVING, "account IS NULL"), _ACCOUNT),
        update=rls.any_of(_task("families_person.id"), privacy.own_data("families_person.id"), _ACCOUNT),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "families_contact",
        select=rls.any_of(
            privacy.knows_person("families_contact.person_id", category="'contact'"),
            _own("families_contact.person_id"),
            privacy.RETENTION,
        ),
        insert=rls.any_of(_task("families_contact.person_id"), _own("families_contact.person_id")),
        update=rls.any_of(_task("families_contact.person_id"), _own("families_contact.person_id")),
        delete=rls.any_of(
            _task("families_contact.person_id"), _own("families_contact.person_id"), privacy.RETENTION
        ),
    ),
    rls.protect(
        "families_address",
        select=_KNOWS_ADDRESS,
        insert=rls.any_of(_task("families_address.person_id"), _own("families_address.person_id")),
        update=rls.any_of(_task("families_address.person_id"), _own("families_address.person_id")),
        delete=rls.any_of(
            _task("families_address.person_id"), _own("families_address.person_id"), privacy.RETENTION
        ),
    ),
    rls.protect(
        "families_household",
        select=rls.any_of(
            "EXISTS (SELECT FROM public.families_householdmember m "
            "WHERE m.household_id = families_household.id AND m.until IS NULL)",
            privacy.RETENTION,
        ),
        insert=rls.any_of(_SERVING, "(SELECT wall.actor_kind()) IN ('person', 'family')"),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "families_householdmember",
        select=rls.any_of(
            privacy.knows_person("families_householdmember.person_id", category="'family'"),
            _own("families_householdmember.person_id"),
            privacy.RETENTION,
        ),
        insert=rls.all_of(
            rls.any_of(
                _task("families_householdmember.person_id"), _own("families_householdmember.person_id")
            ),
            "wall.household_may_join(families_householdmember.household_id)",
        ),
        update=rls.any_of(
            _task("families_householdmember.person_id"), _own("families_householdmember.person_id")
        ),
        delete=privacy.RETENTION,
    ),
    rls.protect(
        "families_relation",
        select=rls.any_of(
            rls.all_of(
                privacy.knows_person("families_relation.child_id", category="'family'"),
                privacy.knows_person("families_relation.adult_id", category="'family'"),
            ),
            _own("families_relation.adult_id"),
            _own("families_relation.child_id"),
            privacy.RETENTION,
        ),
        insert=rls.all_of(_task("families_relation.child_id"), _task("families_relation.adult_id")),
        update=rls.all_of(_task("families_relation.child_id"), _task("families_relation.adult_id")),
        delete=privacy.RETENTION,
    ),
    # Whose a row is, and whose account a person is, nobody changes: who may write a row could else make it their own.
    stays("families_person", "account"),
    stays("families_contact", "person_id"),
    stays("families_address", "person_id"),
    stays("families_householdmember", "household_id", "person_id"),
    stays("families_relation", "child_id", "adult_id"),
)

# § 63 SGB VIII, no view of everything about one person: asked by name and birthday, within one's own office alone.
PERSON_KNOWN: Final = rls.definer(
    "person_known",
    arguments="family text, born date",
    returns="TABLE(id uuid, first_name text)",
    language="sql",
    tables={"families_person": "SELECT", "privacy_party": "SELECT", "privacy_file": "SELECT"},
    body="""
SELECT DISTINCT p.id, p.first_name::text FROM public.families_person p
JOIN public.privacy_party q ON q.person = p.id JOIN public.privacy_file f ON f.id = q.file_id
WHERE p.sort_key = family AND p.born_on = born AND f.organization_id = wall.actor_serves()
  AND f.own_of IS NULL AND NOT f.held_back
""",
)

# A household that nobody lives in yet, or where somebody lives who is the actor's own or their task.
HOUSEHOLD_JOIN: Final = rls.definer(
    "household_may_join",
    arguments="which uuid",
    returns="boolean",
    tables={"families_household": "SELECT", "families_householdmember": "SELECT"},
    body=f"""
BEGIN
  RETURN EXISTS (SELECT FROM public.families_household h WHERE h.id = which)
    AND (NOT EXISTS (SELECT FROM public.families_householdmember m WHERE m.household_id = which)
      OR EXISTS (SELECT FROM public.families_householdmember m JOIN public.families_person p ON p.id = m.person_id
        WHERE m.household_id = which AND m.until IS NULL
          AND (p.id = wall.actor_own_person() OR (wall.actor_kind() = 'person' AND p.account = wall.actor_person())
            OR EXISTS (SELECT FROM public.privacy_party q JOIN public.privacy_access a ON a.file_id = q.file_id
              WHERE q.person = p.id AND q.left_at IS NULL AND a.everything AND a.writes
                AND a.holder = ANY (wall.actor_holders()) AND a.since <= {privacy.NOW} AND a.until > {privacy.NOW}))));
END
""",
)

# Whom the actor may take into a file: somebody new; who is in a file of their own office that is no secret one; whom
# they may know. With a key once seen nobody makes a person of another office their own (§ 63 SGB VIII).
PARTY_KNOWN: Final = rls.definer(
    "party_known",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
BEGIN
  IF EXISTS (SELECT FROM public.families_person p WHERE p.id = NEW.person AND (p.account IS NOT NULL
      OR EXISTS (SELECT FROM public.privacy_party q WHERE q.person = NEW.person AND q.id <> NEW.id)))
    AND NEW.person IS DISTINCT FROM wall.actor_own_person()
    AND NOT EXISTS (SELECT FROM public.privacy_party q JOIN public.privacy_file f ON f.id = q.file_id
      WHERE q.person = NEW.person AND q.id <> NEW.id AND f.organization_id = wall.actor_serves()
        AND f.own_of IS NULL AND NOT f.held_back)
    AND NOT EXISTS (SELECT FROM public.privacy_access a WHERE a.holder = ANY (wall.actor_holders())
      AND a.since <= {privacy.NOW} AND a.until > {privacy.NOW} AND a.file_id <> NEW.file_id
      AND (CASE WHEN a.everything THEN EXISTS (SELECT FROM public.privacy_party q
          WHERE q.file_id = a.file_id AND q.person = NEW.person AND q.left_at IS NULL)
        ELSE a.subject = NEW.person AND a.category = 'identity' END)) THEN
    RAISE EXCEPTION 'person_not_yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
""",
)
PARTY_IS_KNOWN: Final = RunSQL(
    """
    DROP TRIGGER IF EXISTS privacy_party_is_known ON public.privacy_party;
    CREATE TRIGGER privacy_party_is_known AFTER INSERT ON public.privacy_party
      FOR EACH ROW EXECUTE FUNCTION wall.party_known();
    """,
    reverse_sql="DROP TRIGGER IF EXISTS privacy_party_is_known ON public.privacy_party;",
)

# Which person an account is; asked by the account itself.
OWN_ACCOUNT: Final = rls.definer(
    "person_of_account",
    returns="uuid",
    language="sql",
    body="""
SELECT p.id FROM public.families_person p
WHERE p.account = wall.actor_person() AND wall.actor_kind() = 'person'
""",
)

# Nobody's person any more: in no file, with no account, so that nothing about them is left without a reason.
PERSON_LEFT_OVER: Final = rls.definer(
    "persons_left_over",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(p.id), '{}') FROM public.families_person p
WHERE p.account IS NULL AND wall.actor_job() = 'retention' AND p.created_at < now() - interval '1 day'
  AND NOT EXISTS (SELECT FROM public.privacy_party q WHERE q.person = p.id)
""",
)

# Whoever brings a matter without an account says who they are, as far as they like, into the file just opened.
PERSON_RECEIVE: Final = rls.definer(
    "person_receive",
    arguments=(
        "new_id uuid, of_file uuid, first text, family text, sorted text, born date, speaks text[], "
        "wish text[], wish_words text, of_age timestamptz, in_role text"
    ),
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    tables={
        "families_person": "SELECT, INSERT",
        "families_contact": "INSERT",
        "privacy_party": "SELECT, INSERT",
    },
    body="""
BEGIN
  IF NOT EXISTS (SELECT FROM public.privacy_file f WHERE f.id = of_file AND f.opened_at = transaction_timestamp()) THEN
    RAISE EXCEPTION 'file_not_yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.families_person (id, version, first_name, family_name, sort_key, born_on, languages,
      needs_interpreter, wishes, wish_note, created_at)
    VALUES (new_id, 1, first, family, sorted, born, speaks, false, wish, wish_words, transaction_timestamp());
  INSERT INTO public.privacy_party (id, file_id, person, role, is_subject, of_age_at, joined_at)
    VALUES (gen_random_uuid(), of_file, new_id, in_role, true, of_age, clock_timestamp());
END
""",
)

CONTACT_RECEIVE: Final = rls.definer(
    "contact_receive",
    arguments="new_id uuid, of_person uuid, of_kind text, of_value text, safe boolean",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  IF NOT EXISTS (SELECT FROM public.families_person p WHERE p.id = of_person AND p.created_at = transaction_timestamp()) THEN
    RAISE EXCEPTION 'person_not_yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.families_contact (id, person_id, kind, value, is_safe)
    VALUES (new_id, of_person, of_kind, of_value, safe);
END
""",
)

ADDRESS_RECEIVE: Final = rls.definer(
    "address_receive",
    arguments="new_id uuid, of_person uuid, in_street text, in_postcode text, in_city text, in_ags text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    tables={"families_address": "INSERT"},
    body="""
BEGIN
  IF NOT EXISTS (SELECT FROM public.families_person p WHERE p.id = of_person AND p.created_at = transaction_timestamp()) THEN
    RAISE EXCEPTION 'person_not_yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.families_address (id, person_id, street, postcode, city, municipality_id, is_blocked)
    VALUES (new_id, of_person, in_street, in_postcode, in_city, in_ags, false);
END
""",
)

# Whoever brings a matter with an account is the person of that account already.
OWN_RECEIVE: Final = rls.definer(
    "own_person_receive",
    arguments="of_file uuid, of_age timestamptz, in_role text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  IF wall.actor_own_person() IS NULL
    OR NOT EXISTS (SELECT FROM public.families_person p WHERE p.id = wall.actor_own_person())
    OR NOT EXISTS (SELECT FROM public.privacy_file f WHERE f.id = of_file AND f.opened_at = transaction_timestamp())
  THEN
    RAISE EXCEPTION 'file_not_yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.privacy_party (id, file_id, person, role, is_subject, of_age_at, joined_at)
    VALUES (gen_random_uuid(), of_file, wall.actor_own_person(), in_role, true, of_age, clock_timestamp());
END
""",
)

FUNCTIONS: Final = (
    PERSON_KNOWN,
    HOUSEHOLD_JOIN,
    PARTY_KNOWN,
    PARTY_IS_KNOWN,
    OWN_ACCOUNT,
    PERSON_LEFT_OVER,
    PERSON_RECEIVE,
    CONTACT_RECEIVE,
)
# What came later has a migration of its own.
RECEIVING: Final = (ADDRESS_RECEIVE, OWN_RECEIVE)
