"""The definer functions of this room, all of them: each sees what its caller may not, and each checks who calls.

A refusal is an exception with a short name ("consent_in_future"); `errors` gives it its words.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy.wall.actors import HOLDERS, OWN_FILES, OWN_PERSON, RELEASED_FILES
from lueckenlos.commons.privacy.wall.asking import DISCLOSE, DRAFT_ANSWER, DRAFT_REVOKE, PROTECTION_TOLD
from lueckenlos.commons.privacy.wall.consents import (
    CONSENT_CHECK,
    CONSENT_EXPIRE,
    CONSENT_REPLACE,
    CONSENT_STAMP,
    SCOPE_CHECK,
    WITHDRAW,
)
from lueckenlos.commons.privacy.wall.files import (
    COVER_GRANT,
    FILE_ASSIGN,
    FILE_CLOSE,
    FILE_ERASE,
    FILE_OPEN,
    FILES_HEADED,
    MAY_WORK,
)
from lueckenlos.commons.privacy.wall.staying import ROW_STAYS


def _trigger(name: str, *, when: str, table: str, function: str) -> RunSQL:
    return RunSQL(
        f"""
        DROP TRIGGER IF EXISTS {name} ON public.{table};
        CREATE TRIGGER {name} {when} ON public.{table} FOR EACH ROW EXECUTE FUNCTION wall.{function}();
        """,
        reverse_sql=f"DROP TRIGGER IF EXISTS {name} ON public.{table};",
    )


# Who the actor is, before the policies that ask; the rest after the tables are closed.
READERS: Final = (HOLDERS, OWN_PERSON, ROW_STAYS)
DEEDS: Final = (
    OWN_FILES,
    RELEASED_FILES,
    MAY_WORK,
    FILE_OPEN,
    FILE_ASSIGN,
    FILE_CLOSE,
    COVER_GRANT,
    CONSENT_STAMP,
    CONSENT_CHECK,
    SCOPE_CHECK,
    WITHDRAW,
    CONSENT_REPLACE,
    CONSENT_EXPIRE,
    DRAFT_ANSWER,
    DRAFT_REVOKE,
    DISCLOSE,
    PROTECTION_TOLD,
    FILE_ERASE,
    FILES_HEADED,
    _trigger(
        "privacy_consent_is_stamped", when="BEFORE INSERT", table="privacy_consent", function="consent_stamp"
    ),
    # After the policies have spoken: what is unfit tells something about the file.
    _trigger(
        "privacy_consent_is_fit", when="AFTER INSERT", table="privacy_consent", function="consent_check"
    ),
    _trigger("privacy_scope_is_fit", when="BEFORE INSERT", table="privacy_scope", function="scope_check"),
    _trigger(
        "privacy_withdrawal_acts",
        when="AFTER INSERT",
        table="privacy_withdrawal",
        function="withdrawal_acts",
    ),
    _trigger(
        "privacy_protection_told",
        when="AFTER INSERT",
        table="privacy_protectionstep",
        function="protection_told",
    ),
)
