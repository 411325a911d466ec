"""`lueckenlos status` and `verify-audit`, and the house's nightly jobs in the real queue."""

import json
from datetime import timedelta
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import psycopg

from lueckenlos.config import jobs
from lueckenlos.core import queue
from lueckenlos.core.embedded import Login
from tests.config.houses import address, free_port, run, say
from tests.core.audit_deeds import CHAIN, write
from tests.core.databases import past_the_wall


def test_a_house_that_stands_says_so(own_database: str) -> None:
    told = run("status", "--json", url=own_database)
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert report["ok"]
    assert report["county"] == "Kreis Düren"
    assert report["migrations"] == {"pending": [], "unknown": []}
    assert report["context_believed"]
    assert report["audit"]["holds"]
    assert set(report["freshness"]) == {"fresh", "due", "overdue", "never"}
    assert set(report["queue"]) == {"waiting", "later", "doing", "failed", "workers"}
    assert "auf dem Stand dieser Version" in say("status", url=own_database).stdout


def test_status_names_what_a_newer_version_has_written_and_nothing_starts_on_it(own_database: str) -> None:
    with past_the_wall(own_database) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('directory', '9000_later', now())"
        )
    told = say("status", "--json", url=own_database)
    assert told.returncode == 1
    assert json.loads(told.stdout)["migrations"]["unknown"] == ["directory.9000_later"]
    owner = address(Login.OWNER, like=own_database)
    for command in ("migrate", "serve"):
        refused = run(command, url=own_database, MIGRATE_DATABASE_URL=owner, LUECKENLOS_PORT=str(free_port()))
        assert refused.returncode == 1
        assert "eine neuere Version von lückenlos" in refused.stderr
        assert "directory.9000_later" in refused.stderr


def test_a_house_with_another_key_does_not_start_until_the_owner_lays_it_down(own_database: str) -> None:
    other = {"LUECKENLOS_CONTEXT_KEY": "ein anderer Schlüssel von mindestens 32 Zeichen"}
    told = run("status", "--json", url=own_database, **other)
    assert told.returncode == 1
    assert not json.loads(told.stdout)["context_believed"]
    refused = run(
        "serve", url=own_database, MIGRATE_DATABASE_URL="", LUECKENLOS_PORT=str(free_port()), **other
    )
    assert refused.returncode == 1
    assert "glaubt den Unterschriften dieser Installation nicht" in refused.stderr
    owner = address(Login.OWNER, like=own_database)
    assert run("migrate", url=own_database, MIGRATE_DATABASE_URL=owner, **other).returncode == 0
    assert run("status", url=own_database, **other).returncode == 0


def test_verify_audit_names_the_first_entry_that_was_changed(own_database: str) -> None:
    write(5)
    assert say("verify-audit", url=own_database).returncode == 0
    with past_the_wall(own_database) as database:
        database.execute(
            "UPDATE core_auditentry SET body = replace(body, 'fee', 'fei') WHERE chain = %s AND sequence = 3",
            [CHAIN],
        )
    told = run("verify-audit", url=own_database)
    assert told.returncode == 1
    assert f"Kette {CHAIN}: Eintrag 3 wurde nachträglich verändert." in told.stdout
    document = json.loads(say("verify-audit", "--json", url=own_database).stdout)
    assert not document["holds"]
    assert [(each["sequence"], each["fault"]) for each in document["breaks"]] == [(3, "edited")]


def work(url: str, task: Any, *, home: Path) -> None:
    """Put a job into the queue and let a worker of its own do what waits."""
    task.defer(timestamp=0)
    told = run("worker", "--once", url=url, LUECKENLOS_HOME=str(home), **secrets_of())
    assert told.returncode == 0, told.stderr


def secrets_of() -> dict[str, str]:
    from django.conf import settings

    return {"LUECKENLOS_CONTEXT_KEY": settings.CONTEXT_KEY, "LUECKENLOS_SECRET_KEY": settings.SECRET_KEY}


def letters(home: Path) -> list[str]:
    found = []
    for path in (home / "mail").glob("*.log"):
        for part in path.read_text().split("-" * 79):
            if part.strip():
                message: Any = message_from_string(part.strip(), policy=policy.default)
                found.append(f"{message['To']}\n{message.get_body(('plain',)).get_content()}")
    return found


def test_the_nightly_seal_lies_in_the_home_and_leaves_the_house_by_mail(
    own_database: str, tmp_path: Path
) -> None:
    write(4)
    work(own_database, jobs.seal, home=tmp_path)
    (seal,) = (tmp_path / "audit-seals").glob("seal-*.json")
    (letter,) = letters(tmp_path)
    assert letter.startswith("datenschutz@example.org\n")
    assert seal.read_text().strip() in letter
    # The mail as it came is enough to find that the end was cut off, even where the file is gone.
    kept = tmp_path / "mail.txt"
    kept.write_text(letter)
    seal.unlink()
    assert say("verify-audit", "--seal", str(kept), url=own_database).returncode == 0
    with past_the_wall(own_database) as database:
        database.execute("DELETE FROM core_auditentry WHERE chain = %s AND sequence > 2", [CHAIN])
        database.execute(
            "UPDATE core_auditchain SET sequence = 2, hash = (SELECT hash FROM core_auditentry"
            " WHERE chain = %s AND sequence = 2) WHERE name = %s",
            [CHAIN, CHAIN],
        )
    assert say("verify-audit", url=own_database).returncode == 0
    told = say("verify-audit", "--seal", str(kept), url=own_database)
    assert told.returncode == 1
    assert f"Kette {CHAIN}" in told.stdout
    # What was done leaves the queue at once: a letter holds an address.
    assert queue_rows(own_database) == 0


def queue_rows(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'core.%'"
        ).fetchone()
    return int(row[0]) if row else 0


def age_jobs(url: str, *, status: str, days: int, jobs: list[int] | None = None) -> None:
    """These jobs, or all, came to this end so many days ago."""
    told = {"status": status, "days": days, "jobs": jobs}
    with past_the_wall(url) as database:
        database.execute(
            "UPDATE procrastinate_jobs SET status = %(status)s::procrastinate_job_status"
            " WHERE %(jobs)s::bigint[] IS NULL OR id = ANY (%(jobs)s)",
            told,
        )
        database.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %(days)s)"
            " WHERE %(jobs)s::bigint[] IS NULL OR job_id = ANY (%(jobs)s)",
            told,
        )


def test_failed_letters_are_forgotten_after_thirty_days(own_database: str, tmp_path: Path) -> None:
    from lueckenlos.core import mail

    for days in (29, 31):
        job = mail.send_letter.defer(to="jemand@example.org", subject="s", text="t", html="h")
        age_jobs(own_database, status="failed", days=days, jobs=[job])
    work(own_database, jobs.retention, home=tmp_path)
    assert queue_rows(own_database) == 1


def test_the_rule_of_the_queue_counts_what_it_erases(own_database: str) -> None:
    from django.utils import timezone

    jobs.seal.defer(timestamp=0)
    (rule,) = queue.RULES
    age_jobs(own_database, status="failed", days=31)
    now = timezone.now()
    assert (rule.due(now - timedelta(days=2)), rule.due(now), rule.erase(now), rule.due(now)) == (0, 1, 1, 0)


def test_a_job_whose_worker_was_killed_is_done_in_the_end(own_database: str, tmp_path: Path) -> None:
    jobs.seal.defer(timestamp=0)
    with past_the_wall(own_database) as database:
        database.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        )
        database.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )
    work(own_database, jobs.rescue, home=tmp_path)
    run("worker", "--once", url=own_database, LUECKENLOS_HOME=str(tmp_path), **secrets_of())
    assert len(list((tmp_path / "audit-seals").glob("seal-*.json"))) == 1


def test_the_nightly_jobs_fail_visibly_where_the_database_no_longer_believes_us(
    own_database: str, tmp_path: Path
) -> None:
    write(2)
    for task in (jobs.seal, jobs.retention):
        task.defer(timestamp=0)
    other = {"LUECKENLOS_CONTEXT_KEY": "ein anderer Schlüssel von mindestens 32 Zeichen"}
    told = run("worker", "--once", url=own_database, LUECKENLOS_HOME=str(tmp_path), **other)
    assert "glaubt den Unterschriften" in told.stderr
    # A seal without heads would vouch for an empty log.
    assert not list(tmp_path.glob("audit-seals/*"))
    assert json.loads(run("status", "--json", url=own_database, **other).stdout)["ok"] is False
    assert json.loads(say("status", "--json", url=own_database).stdout)["queue"]["failed"] >= 1


def test_a_superuser_is_refused_by_every_command(own_database: str) -> None:
    strong = address(Login.SUPERUSER, like=own_database)
    for command, ask in (
        ("status", say),
        ("verify-audit", say),
        ("retention", say),
        ("worker", run),
        ("serve", run),
    ):
        told = ask(command, url=strong, LUECKENLOS_PORT=str(free_port()))
        assert told.returncode == 1, command
        assert "ist Superuser" in told.stderr
        assert told.stdout == ""


def test_each_command_explains_itself(own_database: str) -> None:
    from lueckenlos.config.commands import names

    told = say("--help", url=own_database)
    for name in names():
        assert name in told.stdout
        assert say(name, "--help", url=own_database).returncode == 0
    assert say("nirgends", url=own_database).returncode == 2
