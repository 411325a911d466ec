"""The stock: codes come in once, expire, go back unseen, run low; and a centre learns numbers and nothing else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import DatabaseError

from lueckenlos.commons.accounts import work
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.errors import CodesThereAlready, NoCodeToShow, NoSuchCourse
from lueckenlos.offers.courses.models import AccessCode, Enrollment
from lueckenlos.offers.courses.types import EnrollmentState, NewCode
from lueckenlos.offers.courses.weeks import filled
from tests.offers.courses.house import Centre, letters, link, mine, show, start, state
from tests.wall.world import now

S = EnrollmentState
PLACES = ("05358008", "05358024", "05358056")


def test_a_file_goes_in_whole_or_not_at_all(centre: Centre) -> None:
    before = centre.look().stock.in_stock
    with pytest.raises(CodesThereAlready) as refused:
        services.add_codes(
            centre.key, [NewCode("NEU-1"), NewCode("CODE-0002")], actor=centre.actor, now=now()
        )
    assert refused.value.places == (1,)
    assert centre.look().stock.in_stock == before
    assert [each.codes for each in selectors.deliveries(centre.key)] == [3]


def test_codes_of_another_course_may_be_alike(centre: Centre) -> None:
    office = centre.office.acting()
    other = services.found_course(
        services.NewCourse(title="B", platform="https://b.example.org/", modules=("1",)),
        actor=office,
        now=now(),
    )
    assert services.add_codes(other, [NewCode("CODE-0001")], actor=office, now=now()) == 1


def test_only_the_desks_of_the_course_read_codes_in(centre: Centre) -> None:
    for worker in (centre.office, centre.worker, centre.second):
        code = [NewCode(f"NEU-{uuid4()}")]
        assert services.add_codes(centre.key, code, actor=worker.acting(), now=now()) == 1
    for outsider in (centre.stranger.acting(), NOBODY):
        with pytest.raises(NoSuchCourse):
            services.add_codes(centre.key, [NewCode("FREMD")], actor=outsider, now=now())


def test_only_who_runs_the_course_changes_it(centre: Centre) -> None:
    for outsider in (centre.actor, centre.stranger.acting()):
        with pytest.raises(NoSuchCourse):
            services.close(centre.key, actor=outsider)
        with pytest.raises(NoSuchCourse):
            services.publish(centre.key, actor=outsider, now=now())


def test_nobody_writes_codes_or_enrollments_past_the_jobs(centre: Centre) -> None:
    emre = centre.enroll()
    with acting_as(job("courses-codes")):
        code = AccessCode.objects.all()[0]
        row = Enrollment.objects.get(id=emre.id)
    for outsider in (centre.actor, centre.office.acting(), link(emre), NOBODY):
        for made in (code, row):
            made.pk = uuid4()
            with pytest.raises(DatabaseError), acting_as(outsider):
                made.save(force_insert=True)


def test_what_can_no_longer_be_redeemed_is_not_given_and_taken_out(centre: Centre) -> None:
    last = clock.day_of(now()) + timedelta(days=3)
    centre.stock(1, begin=900, until=last)
    emre, olga = centre.enroll(), centre.enroll("olga@example.org")
    assert show(emre).text == "CODE-0900"
    after = now() + timedelta(days=4)
    assert services.expire(now=after) == 1
    assert (mine(emre).state, state(emre), mine(olga).state) == (S.ENDED, CodeState.EXPIRED, S.OPEN)
    with pytest.raises(NoCodeToShow):
        show(emre)
    assert centre.look().stock.expired == 1
    again = centre.enroll(at=after)
    assert again.id != emre.id


def test_a_code_that_expires_unseen_is_exchanged(centre: Centre) -> None:
    centre.stock(1, begin=900, until=clock.day_of(now()) + timedelta(days=3))
    emre = centre.enroll()
    services.expire(now=now() + timedelta(days=4))
    assert (mine(emre).state, state(emre)) == (S.OPEN, CodeState.RESERVED)
    assert show(emre).text != "CODE-0900"
    assert len(letters("emre@example.org")) == 2


def test_an_access_ends_after_its_months(centre: Centre) -> None:
    emre, olga = centre.enroll(), centre.enroll("olga@example.org")
    start(emre)
    show(olga)
    assert services.expire(now=now() + timedelta(days=364)) == 0
    assert services.expire(now=now() + timedelta(days=367)) == 2
    assert mine(emre).state is mine(olga).state is S.ENDED


def test_an_address_to_which_no_mail_comes_keeps_no_code(centre: Centre) -> None:
    wrong = centre.enroll("gibt-es-nicht@example.org")
    for number in range(2):
        centre.enroll(f"{number}@example.org")
    waiting = centre.enroll()
    assert services.lapse(now=now() + timedelta(days=27)) == 0
    show(services.Enrolled(centre.enroll("0@example.org").id, S.OPEN))
    assert services.lapse(now=now() + timedelta(days=28)) == 2
    assert (mine(wrong).state, mine(waiting).state) == (S.LAPSED, S.OPEN)
    assert state(wrong) is None
    with pytest.raises(NoCodeToShow):
        show(wrong)
    assert centre.enroll("gibt-es-nicht@example.org").id != wrong.id
    assert centre.look().stock.in_stock == 0


def test_a_low_stock_is_told_once_by_mail_and_task_and_ends_when_it_is_filled(centre: Centre) -> None:
    centre.connection.execute(
        "UPDATE directory_organization SET email = 'stelle-' || left(id::text, 4) || '@example.org'"
    )
    work.ensure_unit(centre.worker.organization, name="A Kursbüro")
    assert services.watch_stocks(now=now()) == 0
    for number in range(2):
        centre.enroll(f"{number}@example.org")
    outbox.outbox.clear()
    assert services.watch_stocks(now=now()) == 1
    assert services.watch_stocks(now=now()) == 0
    posted = centre.connection.execute(
        "SELECT args->>'to', args->>'text' FROM procrastinate_jobs WHERE task_name = 'core.send_letter'"
    ).fetchall()
    told = {address for address, text in posted if "Ein Code ist noch im Vorrat" in text}
    assert told == {
        f"stelle-{str(each.organization)[:4]}@example.org"
        for each in (centre.office, centre.worker, centre.second)
    }
    open_tasks = "SELECT count(*) FROM tasks_task WHERE record = %s AND done_at IS NULL"
    assert centre.connection.execute(open_tasks, [centre.key]).fetchone() == (3,)
    assert centre.look().stock.low_since is not None
    centre.stock(20)
    services.watch_stocks(now=now())
    assert centre.connection.execute(open_tasks, [centre.key]).fetchone() == (0,)
    assert centre.look().stock.low_since is None


def test_a_course_that_takes_nobody_new_needs_no_codes(centre: Centre) -> None:
    for number in range(3):
        centre.enroll(f"{number}@example.org")
    assert services.watch_stocks(now=now()) == 1
    services.close(centre.key, actor=centre.office.acting())
    assert services.watch_stocks(now=now()) == 0
    assert centre.look().stock.low_since is None


def test_the_log_says_who_read_codes_in(centre: Centre) -> None:
    rows = centre.connection.execute(
        "SELECT e.body || coalesce(p.content, '') FROM core_auditentry e "
        "LEFT JOIN core_auditpayload p USING (chain, sequence) WHERE e.body LIKE '%courses.code.added%'"
    ).fetchall()
    assert len(rows) == 1
    assert str(centre.worker.person) in rows[0][0]
    assert "CODE-0001" not in rows[0][0]


def test_weeks_without_a_code_count_and_last_when_households_are_forgotten(centre: Centre) -> None:
    centre.enroll("alt@example.org", at=now() - timedelta(days=21))
    centre.enroll()
    weeks = selectors.weeks(centre.key, today=clock.day_of(now()))
    assert [each.reserved for each in weeks] == [1, 0, 0, 1]
    assert all(each.begins.isoweekday() == 1 for each in weeks)
    assert centre.look().is_low(weeks)
    assert filled([], today=clock.day_of(now())) == []


def test_places_are_counted_from_five_households_on_for_the_desks_alone(centre: Centre) -> None:
    _settle(centre, 6, 5, 5)
    assert _by_place(centre) == [(PLACES[0], 6), (PLACES[1], 5), (PLACES[2], 5)]
    for worker in (centre.office, centre.second):
        assert len(selectors.households(worker.acting(), centre.key, minimum=5)) == 3
    for outsider in (centre.stranger.acting(), NOBODY, job("index")):
        assert selectors.households(outsider, centre.key, minimum=5) == []
    assert selectors.households(centre.actor, centre.key, minimum=7) == []
    assert len(selectors.households(centre.actor, centre.key, minimum=0)) == 3


def test_a_small_rest_takes_the_smallest_place_with_it(centre: Centre) -> None:
    _settle(centre, 7, 5, 2)
    assert _by_place(centre) == [(PLACES[0], 7)]
    _settle(centre, 0, 0, 1, begin=50, nowhere=2)
    assert _by_place(centre) == [(PLACES[0], 7), (PLACES[1], 5)]


def _by_place(centre: Centre) -> list[tuple[str, int]]:
    found = selectors.households(centre.actor, centre.key, minimum=5)
    return [(each.ags, each.households) for each in found]


def _settle(centre: Centre, *counts: int, begin: int = 0, nowhere: int = 0) -> None:
    centre.stock(sum(counts) + nowhere, begin=2000 + begin)
    ags = [place for place, count in zip(PLACES, counts, strict=True) for _ in range(count)]
    for number, each in enumerate([*ags, *[None] * nowhere]):
        centre.enroll(f"haus{begin + number}@example.org", ags=each)


def test_the_desk_sees_no_task_of_another_organization(centre: Centre) -> None:
    services.watch_stocks(now=now())
    assert tasks.of_record(centre.stranger.acting(), centre.key, now=now()) == []
