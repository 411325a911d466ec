"""Who may see a row of a file: the seven grounds of `privacy.md` as conditions, for this room and those above.

A closed table of a room above has a file, a category, whom it is about, and to whom it was confided; one call of
`content` closes it. The conditions ask one small table, `privacy_access`, whose own policy shows the actor only
what they hold themselves; so each EXISTS below means "one of my ways in".
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy.wall.staying import stays, together
from lueckenlos.commons.tasks import policies as tasks
from lueckenlos.core import rls
from lueckenlos.core.actor import Role

SERVES: Final = "(SELECT wall.actor_serves())"
HOLDERS: Final = "((SELECT wall.actor_holders())::uuid[])"
OWN: Final = "(SELECT wall.actor_own_person())"
NOW: Final = "statement_timestamp()"
OWN_FILES: Final = "((SELECT wall.own_files())::uuid[])"
OVERSIGHT: Final = rls.has_role_in_county(Role.DATA_PROTECTION)
RETENTION: Final = rls.is_job("retention")


def _way_in(*conditions: str) -> str:
    found = " AND ".join((*conditions, f"a.since <= {NOW}", f"a.until > {NOW}"))
    return f"EXISTS (SELECT FROM public.privacy_access a WHERE {found})"


def _told(file: str, *, category: str, about: str, also: tuple[str, ...] = ()) -> str:
    return _way_in(f"a.file_id = {file}", f"a.category = {category}", f"a.subject = {about}", *also)


def own_task(file: str) -> str:
    """The whole file is the actor's: by task or by cover."""
    return _way_in(f"a.file_id = {file}", "a.everything")


def own_work(file: str) -> str:
    """The whole file is the actor's, and they may write in it."""
    return _way_in(f"a.file_id = {file}", "a.everything", "a.writes")


def any_way(file: str) -> str:
    """Something of the file is open to the actor, so they may know that it exists."""
    return _way_in(f"a.file_id = {file}")


def reaches(file: str, *, category: str, about: str) -> str:
    """This category about this person (or about everybody) is open to the actor.

    Two questions, not one with an OR in it: each can be answered from a hash when many rows are judged (14 times).
    """
    return rls.any_of(own_task(file), _told(file, category=category, about=about))


def reaches_to_write(file: str, *, category: str, about: str) -> str:
    """As `reaches`, and the actor may write."""
    return rls.any_of(own_work(file), _told(file, category=category, about=about, also=("a.writes",)))


def released_about(person: str, *, category: str) -> str:
    """A category about this person is open to the actor in some file: by consent or by a protection step."""
    return _way_in(f"a.subject = {person}", f"a.category = {category}", "NOT a.everything")


def released_in(file: str, *, category: str, about: str) -> str:
    """This category about this person is released in this file; to have the task, or to step in, is not enough."""
    return _told(file, category=category, about=about, also=("NOT a.everything",))


def knows_person(person: str, *, category: str) -> str:
    """The actor has a task in a file of this person, or this category about them is open."""
    tasks = (
        "EXISTS (SELECT FROM public.privacy_party p JOIN public.privacy_access a ON a.file_id = p.file_id "
        f"WHERE p.person = {person} AND p.left_at IS NULL AND a.everything "
        f"AND a.since <= {NOW} AND a.until > {NOW})"
    )
    return rls.any_of(tasks, released_about(person, category=category))


def own_data(about: str) -> str:
    """The row is about the family's person who asks, by account, code or link."""
    return f"{about} = {OWN}"


def own_data_in(file: str, *, about: str) -> str:
    """As `own_data`, in a file that is not held back from its people and not somebody else's own advice.

    The files come first: people at work have none, so that nothing more is asked for them.
    """
    return f"({file} = ANY {OWN_FILES} AND {about} = {OWN})"


def opened(record: str) -> str:
    """What was confided to another was opened for the actor."""
    return f"EXISTS (SELECT FROM public.privacy_opening o WHERE o.record = {record})"


def sees_content(table: str) -> str:
    """The seven grounds for a row with file_id, category, about, confided_to, confided_by, organization_id, held_back.

    Oversight is not among them: data protection sees consents, disclosures and audit, no content.
    """
    open_to_all = rls.all_of(
        f"{table}.confided_to IS NULL",
        reaches(f"{table}.file_id", category=f"{table}.category", about=f"{table}.about"),
    )
    # That it was confided at all is said first, so that for other rows nothing more is asked.
    confided = rls.all_of(
        f"{table}.confided_to IS NOT NULL",
        f"{table}.confided_to = {rls.PERSON}",
        f"{table}.organization_id = {SERVES}",
    )
    own = rls.all_of(
        own_data_in(f"{table}.file_id", about=f"{table}.about"),
        f"NOT {table}.held_back",
        f"({table}.confided_to IS NULL OR {table}.confided_by = {OWN})",
    )
    return rls.any_of(open_to_all, confided, opened(f"{table}.id"), own, RETENTION)


def past_the_wall(condition: str) -> str:
    """The same condition inside a definer function, where no policy keeps the actor to their own ways and openings."""
    ways = f"(SELECT * FROM public.privacy_access x WHERE x.holder = ANY {HOLDERS})"
    openings = f"(SELECT * FROM public.privacy_opening x WHERE x.person = {rls.PERSON} AND x.organization_id = {SERVES})"
    return condition.replace("public.privacy_access", ways).replace("public.privacy_opening", openings)


def writes_content(table: str) -> str:
    """Who may add or change a row: whoever may write in the file, under their own office; confided ones only they."""
    writer = rls.all_of(
        f"{table}.confided_to IS NULL",
        reaches_to_write(f"{table}.file_id", category=f"{table}.category", about=f"{table}.about"),
    )
    confidant = rls.all_of(
        f"{table}.confided_to = {rls.PERSON}",
        f"{table}.organization_id = {SERVES}",
        own_work(f"{table}.file_id"),
    )
    return rls.any_of(writer, confidant)


def content(table: str) -> RunSQL:
    """Close a table of records: see by the seven grounds, write by task or a release that lets edit, erase by rule."""
    return together(
        rls.protect(
            table,
            select=sees_content(table),
            insert=rls.all_of(writes_content(table), f"{table}.organization_id = {SERVES}"),
            update=writes_content(table),
            delete=RETENTION,
        ),
        stays(table, "file_id", "organization_id", once=("confided_to", "confided_by")),
    )


def of_file(table: str, *, file: str = "file_id", deletes: bool = False) -> RunSQL:
    """Close a table that only those see whose task the file is: they write it too."""
    column = f"{table}.{file}"
    return together(
        rls.protect(
            table,
            select=rls.any_of(own_task(column), RETENTION),
            insert=own_work(column),
            update=own_work(column),
            delete=rls.any_of(own_work(column), RETENTION) if deletes else RETENTION,
        ),
        stays(table, file),
    )


_FILE: Final = "privacy_file.id"


def _recorded(table: str, *, by: str = "recorded_by") -> str:
    return rls.all_of(own_work(f"{table}.file_id"), f"{table}.{by} = {rls.PERSON}")


def _works_for(person: str) -> str:
    return (
        "EXISTS (SELECT FROM public.privacy_party q JOIN public.privacy_access a ON a.file_id = q.file_id "
        "JOIN public.privacy_file f ON f.id = q.file_id "
        f"WHERE q.person = {person} AND q.left_at IS NULL AND a.everything AND a.writes "
        f"AND (f.own_of IS NULL OR f.own_of = {person}) AND a.since <= {NOW} AND a.until > {NOW})"
    )


_CONSENT_SEEN: Final = rls.any_of(
    own_task("privacy_consent.file_id"),
    own_data("privacy_consent.given_by"),
    own_data_in("privacy_consent.file_id", about="privacy_consent.subject"),
    OVERSIGHT,
    RETENTION,
)
_OF_CONSENT: Final = "EXISTS (SELECT FROM public.privacy_consent c WHERE c.id = {table}.consent_id)"
_WITHDRAWS: Final = (
    "(privacy_withdrawal.scope_id IS NULL OR EXISTS (SELECT FROM public.privacy_scope s "
    "WHERE s.id = privacy_withdrawal.scope_id AND s.consent_id = privacy_withdrawal.consent_id)) AND "
    "EXISTS (SELECT FROM public.privacy_consent c WHERE c.id = privacy_withdrawal.consent_id AND "
    f"c.given_by = privacy_withdrawal.by_person AND (c.given_by = {OWN} OR "
    f"(privacy_withdrawal.recorded_by = {rls.PERSON} AND {own_work('c.file_id')})))"
)

# Tasks of a file: whose task the file is sees all of them; others see theirs while something of it is released to them.
TASKS_OF_FILES: Final = tasks.close_tasks(
    of_file=rls.any_of(
        own_task("tasks_task.file_id"),
        rls.all_of(tasks.SEEN, "tasks_task.file_id = ANY ((SELECT wall.released_files())::uuid[])"),
    )
)

# That a step for the protection of a child was taken is not told on anybody's own page: telling may endanger the child.
DISCLOSURES: Final = rls.protect(
    "privacy_disclosure",
    select=rls.any_of(
        own_task("privacy_disclosure.file_id"),
        rls.all_of(
            own_data_in("privacy_disclosure.file_id", about="privacy_disclosure.subject"),
            "privacy_disclosure.ground <> 'protection'",
        ),
        OVERSIGHT,
        RETENTION,
    ),
    delete=RETENTION,
)

# What a person asks for their own data: theirs, data protection's, and theirs who work in a file of that person;
# but who advises a young person alone learns nothing of what others in that file ask for.
RIGHTS: Final = rls.protect(
    "privacy_rightsrequest",
    select=rls.any_of(
        own_data("privacy_rightsrequest.person"),
        _works_for("privacy_rightsrequest.person"),
        OVERSIGHT,
        RETENTION,
    ),
    insert=own_data("privacy_rightsrequest.person"),
    update=rls.any_of(_works_for("privacy_rightsrequest.person"), OVERSIGHT),
    delete=RETENTION,
)

# One line a table: who sees it, who adds to it. What is missing is forbidden to the application; several tables
# are written by the wall's functions alone (see `wall.functions`).
TABLES: Final = (
    # Not even the job that erases: whoever sees a way in, goes through it.
    rls.protect(
        "privacy_access",
        select=rls.all_of(
            f"privacy_access.holder = ANY {HOLDERS}",
            f"privacy_access.since <= {NOW}",
            f"privacy_access.until > {NOW}",
        ),
    ),
    rls.protect(
        "privacy_file",
        select=rls.any_of(any_way(_FILE), f"{_FILE} = ANY {OWN_FILES}", RETENTION),
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_party",
        select=rls.any_of(
            own_task("privacy_party.file_id"),
            _way_in("a.file_id = privacy_party.file_id", "a.subject = privacy_party.person"),
            own_data_in("privacy_party.file_id", about="privacy_party.person"),
            RETENTION,
        ),
        insert=own_work("privacy_party.file_id"),
        update=own_work("privacy_party.file_id"),
        delete=RETENTION,
    ),
    stays("privacy_party", "file_id", "person"),
    rls.protect(
        "privacy_custody",
        select=rls.any_of(own_task("privacy_custody.file_id"), RETENTION),
        insert=own_work("privacy_custody.file_id"),
        delete=rls.any_of(own_work("privacy_custody.file_id"), RETENTION),
    ),
    rls.protect(
        "privacy_assignment",
        select=rls.any_of(own_task("privacy_assignment.file_id"), RETENTION),
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_cover",
        select=rls.any_of(own_task("privacy_cover.file_id"), OVERSIGHT, RETENTION),
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_consenttext",
        select=rls.EVERYBODY,
        insert=rls.any_of(
            rls.has_role_in_county(Role.ADMINISTRATION), OVERSIGHT, rls.is_job("load-consent-texts")
        ),
    ),
    rls.protect(
        "privacy_consent", select=_CONSENT_SEEN, insert=_recorded("privacy_consent"), delete=RETENTION
    ),
    rls.protect(
        "privacy_scope",
        select=_OF_CONSENT.format(table="privacy_scope"),
        insert=_OF_CONSENT.format(table="privacy_scope"),
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_withdrawal",
        select=_OF_CONSENT.format(table="privacy_withdrawal"),
        insert=_WITHDRAWS,
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_release",
        select=rls.any_of(
            own_task("privacy_release.file_id"),
            rls.all_of(
                f"privacy_release.organization_id = {SERVES}",
                f"privacy_release.purpose = {rls.PURPOSE}",
                f"privacy_release.until > {NOW}",
            ),
            own_data_in("privacy_release.file_id", about="privacy_release.subject"),
            OVERSIGHT,
            RETENTION,
        ),
    ),
    rls.protect(
        "privacy_confidentialityrelease",
        select=rls.any_of(
            own_task("privacy_confidentialityrelease.file_id"),
            own_data("privacy_confidentialityrelease.given_by"),
            OVERSIGHT,
            RETENTION,
        ),
        insert=_recorded("privacy_confidentialityrelease"),
        delete=RETENTION,
    ),
    rls.protect(
        "privacy_consentdraft",
        select=rls.any_of(
            own_task("privacy_consentdraft.file_id"),
            f"privacy_consentdraft.id = {rls.RECORD}",
            own_data("privacy_consentdraft.asked"),
            RETENTION,
        ),
        insert=rls.all_of(
            _recorded("privacy_consentdraft", by="created_by"),
            "privacy_consentdraft.answer = 'open'",
            "privacy_consentdraft.consent_id IS NULL",
        ),
        delete=RETENTION,
    ),
    DISCLOSURES,
    rls.protect(
        "privacy_protectionstep",
        select=rls.any_of(
            own_task("privacy_protectionstep.file_id"),
            rls.all_of(
                f"privacy_protectionstep.organization_id = {SERVES}",
                f"{rls.PURPOSE} = 'protection'",
                f"privacy_protectionstep.until > {NOW}",
            ),
            RETENTION,
        ),
        # About somebody of this file: a step about anybody else would open what others hold of them.
        insert=rls.all_of(
            _recorded("privacy_protectionstep"),
            "privacy_protectionstep.subject = privacy_protectionstep.file_id OR EXISTS ("
            "SELECT FROM public.privacy_party q WHERE q.file_id = privacy_protectionstep.file_id "
            "AND q.person = privacy_protectionstep.subject)",
        ),
        delete=RETENTION,
    ),
    rls.protect("privacy_protectionnotice", select=rls.any_of(OVERSIGHT, RETENTION), delete=RETENTION),
    rls.protect(
        "privacy_opening",
        select=rls.any_of(
            rls.all_of(
                f"privacy_opening.person = {rls.PERSON}", f"privacy_opening.organization_id = {SERVES}"
            ),
            RETENTION,
        ),
        delete=RETENTION,
    ),
)
