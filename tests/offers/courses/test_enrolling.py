"""One code for a household, by mail alone, shown with a log, and seen by nobody but the household."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection

from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.errors import NoCodeToShow, NoSuchCourse, NoSuchEnrollment, NotFit
from lueckenlos.offers.courses.models import AccessCode, CodeShown, CourseFeedback, Enrollment
from lueckenlos.offers.courses.retention import RULES
from lueckenlos.offers.courses.types import EnrollmentState, Misfit
from tests.offers.courses.house import STOP, Centre, code_in, letters, link, mine, show, start, state
from tests.offers.phases import counted, lay_phases
from tests.wall.world import now

S = EnrollmentState


def test_a_father_gets_a_code_sees_it_and_says_that_he_is_in(centre: Centre) -> None:
    emre = centre.enroll()
    assert (emre.state, state(emre)) == (S.OPEN, CodeState.RESERVED)
    assert len(letters("emre@example.org")) == 1
    assert "CODE-" not in letters("emre@example.org")[0]
    shown = show(emre)
    assert (shown.text.startswith("CODE-"), shown.number) == (True, 1)
    assert state(emre) is CodeState.ISSUED
    services.activate(emre.id, actor=link(emre), now=now())
    assert state(emre) is CodeState.ACTIVATED
    ends_on = mine(emre).ends_on
    assert ends_on is not None
    assert timedelta(days=364) <= ends_on - clock.day_of(now()) <= timedelta(days=366)
    stock = centre.look().stock
    assert (stock.in_stock, stock.reserved, stock.issued, stock.activated, stock.in_use) == (2, 0, 0, 1, 1)


def test_the_code_is_never_shown_twice_without_a_log(centre: Centre) -> None:
    emre = centre.enroll()
    first, second = show(emre), show(emre)
    assert (first.text, first.number, second.number) == (second.text, 1, 2)
    assert len(mine(emre).shown) == 2
    told = [row for row in _audit(centre) if "courses.code.shown" in row]
    assert len(told) == 2
    assert not any(first.text in row or "emre" in row for row in _audit(centre))


def test_no_text_of_a_code_lies_in_the_database(centre: Centre) -> None:
    shown = show(centre.enroll())
    rows = centre.connection.execute("SELECT c::text, sealed FROM courses_accesscode c").fetchall()
    assert len(rows) == 3
    for words, sealed in rows:
        assert shown.text not in words
        assert shown.text.encode() not in bytes(sealed)
        assert shown.text.encode().hex() not in words


def test_one_household_gets_one_code_however_its_address_is_written(centre: Centre) -> None:
    emre = centre.enroll()
    for address in ("Emre@Example.org", "emre+kurs@example.org", " emre@example.org"):
        assert centre.enroll(address).id == emre.id
    assert centre.look().stock.in_use == 1
    again = letters("emre@example.org")
    assert len(again) == 4
    assert len({code_in(each) for each in again}) == 4
    assert centre.enroll("olga@example.org").id != emre.id


def test_a_fresh_link_goes_to_the_address_that_was_told_first(centre: Centre) -> None:
    centre.enroll()
    outbox.outbox.clear()
    centre.enroll("EMRE+fremd@example.org")
    assert [each.to for each in outbox.outbox] == [["emre@example.org"]]


def test_who_does_not_fit_is_told_why_and_counted_without_a_name(centre: Centre) -> None:
    for wish, reasons in (
        (centre.wish(age=13), (Misfit.TOO_OLD,)),
        (centre.wish(is_here=False), (Misfit.ELSEWHERE,)),
        (centre.wish(age=15, is_here=False), (Misfit.TOO_OLD, Misfit.ELSEWHERE)),
    ):
        with pytest.raises(NotFit) as refused:
            services.enroll(wish, now=now())
        assert refused.value.reasons == reasons
    assert _signals() == {("refusal", "age"), ("refusal", "too_far")}
    assert outbox.outbox == []
    assert centre.look().stock.in_use == 0


def test_what_could_not_be_given_is_counted_in_the_phase_of_the_child(centre: Centre) -> None:
    lay_phases()
    with pytest.raises(NotFit):
        services.enroll(centre.wish(age=13), now=now())
    for number in range(3):
        centre.enroll(f"{number}@example.org", age=4)
    centre.enroll(age=8)
    assert counted() == [("refusal", "age", "sek1"), ("waitlist", "waiting", "grundschule")]


def test_a_child_of_twelve_fits_until_its_birthday_and_others_may_be_asked_in(centre: Centre) -> None:
    assert centre.enroll(age=12).state is S.OPEN
    centre.change(residents_only=False)
    assert centre.enroll("fern@example.org", is_here=False).state is S.OPEN


def test_a_draft_and_a_closed_course_take_nobody(centre: Centre) -> None:
    services.close(centre.key, actor=centre.office.acting())
    with pytest.raises(NoSuchCourse):
        centre.enroll()


def test_an_empty_stock_lets_wait_and_new_codes_go_to_the_first_in_line(centre: Centre) -> None:
    for number in range(3):
        centre.enroll(f"{number}@example.org")
    emre, olga = centre.enroll(), centre.enroll("olga@example.org")
    assert (emre.state, olga.state) == (S.WAITING, S.WAITING)
    assert ("waitlist", "waiting") in _signals()
    assert [selectors.rank_of(link(each), each.id) for each in (emre, olga)] == [1, 2]
    assert centre.look().stock.waiting == 2
    with pytest.raises(NoCodeToShow):
        show(emre)
    centre.stock(1)
    assert (mine(emre).state, mine(olga).state) == (S.OPEN, S.WAITING)
    assert "Ihr Zugang ist da" in letters("emre@example.org")[-1]
    assert len(letters("olga@example.org")) == 1
    assert centre.look().stock.waiting == 1


def test_the_code_that_must_be_redeemed_first_goes_first(centre: Centre) -> None:
    centre.stock(1, begin=900, until=clock.day_of(now()) + timedelta(days=9))
    assert show(centre.enroll()).text == "CODE-0900"


def test_an_unseen_code_goes_to_the_next_and_a_seen_one_is_gone_for_good(centre: Centre) -> None:
    first, second = centre.enroll("a@example.org"), centre.enroll("b@example.org")
    centre.enroll("c@example.org")
    emre = centre.enroll()
    services.stop(first.id, actor=link(first), now=now())
    assert (mine(first).state, mine(emre).state) == (S.STOPPED, S.OPEN)
    show(second)
    services.stop(second.id, actor=link(second), now=now())
    stock = centre.look().stock
    assert (stock.in_stock, stock.returned, stock.in_use) == (0, 1, 2)
    with pytest.raises(NoCodeToShow):
        show(second)


def test_who_stops_with_a_started_access_keeps_it_and_gets_no_second_one(centre: Centre) -> None:
    emre = centre.enroll()
    start(emre)
    services.stop(emre.id, actor=link(emre), now=now())
    assert (mine(emre).state, state(emre)) == (S.STOPPED, CodeState.ACTIVATED)
    assert centre.enroll().id == emre.id
    assert mine(emre).state is S.OPEN
    services.stop(emre.id, actor=link(emre), now=now())
    services.resume(emre.id, actor=link(emre), now=now())
    assert mine(emre).state is S.OPEN
    assert centre.look().stock.in_use == 1


def test_modules_are_ticked_and_unticked_and_whoever_learns_is_in(centre: Centre) -> None:
    emre = centre.enroll()
    with pytest.raises(NoCodeToShow):
        services.tick(emre.id, [1], actor=link(emre), now=now())
    show(emre)
    services.tick(emre.id, [3, 1, 1, 0, 9, 99], actor=link(emre), now=now())
    assert (sorted(mine(emre).done), state(emre)) == ([1, 3], CodeState.ACTIVATED)
    services.tick(emre.id, range(1, 9), actor=link(emre), now=now())
    assert mine(emre).is_finished
    services.tick(emre.id, [1], actor=link(emre), now=now())
    assert (sorted(mine(emre).done), mine(emre).is_finished) == ([1], False)


def test_only_the_household_sees_its_enrollment_and_its_code(centre: Centre) -> None:
    emre, olga = centre.enroll(), centre.enroll("olga@example.org")
    show(emre)
    with acting_as(link(emre)):
        assert [row.id for row in Enrollment.objects.all()] == [emre.id]
        assert AccessCode.objects.count() == CodeShown.objects.count() == 1
    for outsider in (
        NOBODY,
        centre.office.acting(),
        centre.worker.acting(),
        centre.second.acting(),
        centre.stranger.acting(),
        link_to(emre.id, purpose="registration"),
        link_to(emre.id, purpose="course-reminders"),
        job("index"),
    ):
        with acting_as(outsider):
            counts = [table.objects.count() for table in (Enrollment, AccessCode, CodeShown, CourseFeedback)]
            assert counts == [0, 0, 0, 0]
            assert Enrollment.objects.update(name="x") == AccessCode.objects.update(household="x") == 0
    for outsider in (link(olga), centre.office.acting(), NOBODY):
        assert selectors.enrollment(outsider, emre.id) is None
        for deed in (services.show_code, services.activate, services.stop, services.resume):
            with pytest.raises(NoSuchEnrollment):
                deed(emre.id, actor=outsider, now=now())
        with pytest.raises(NoSuchEnrollment):
            services.tick(emre.id, [1], actor=outsider, now=now())
        with pytest.raises(NoSuchEnrollment):
            services.set_reminders(emre.id, wanted=False, actor=outsider)
        with pytest.raises(NoSuchEnrollment):
            services.give_feedback(emre.id, helped=5, again=True, words="", actor=outsider, now=now())
    assert mine(emre).wants_reminders


def test_the_job_that_reminds_reads_no_code(centre: Centre) -> None:
    centre.enroll()
    with acting_as(job("courses-tell")):
        assert Enrollment.objects.count() == 1
        assert AccessCode.objects.count() == 0


def test_reminders_are_gentle_three_at_most_and_end_with_one_click(centre: Centre) -> None:
    emre = centre.enroll()
    quiet = centre.enroll("still@example.org", wants_reminders=False)
    outbox.outbox.clear()
    assert services.remind_everybody(now=now() + timedelta(days=13)) == 0
    sent = [services.remind_everybody(now=now() + timedelta(days=15 * number)) for number in range(1, 7)]
    assert sent == [1, 1, 1, 0, 0, 0]
    assert [each.to for each in outbox.outbox] == [["emre@example.org"]] * 3
    assert STOP.search(str(outbox.outbox[0].body))
    assert not mine(quiet).wants_reminders
    olga = centre.enroll("olga@example.org")
    services.stop_reminders(olga.id)
    assert services.remind_everybody(now=now() + timedelta(days=15)) == 0
    assert mine(emre).wants_reminders


def test_a_tick_puts_the_next_reminder_off_and_the_end_of_the_course_ends_them(centre: Centre) -> None:
    emre = centre.enroll()
    later = now() + timedelta(days=10)
    show(emre, at=later)
    services.tick(emre.id, [1], actor=link(emre), now=later)
    assert services.remind_everybody(now=now() + timedelta(days=15)) == 0
    assert services.remind_everybody(now=later + timedelta(days=14)) == 1
    assert "1 von 8" in letters("emre@example.org")[-1]
    services.tick(emre.id, range(1, 9), actor=link(emre), now=later)
    assert services.remind_everybody(now=later + timedelta(days=60)) == 0


def test_feedback_is_given_once_and_read_by_who_runs_the_course_alone(centre: Centre) -> None:
    emre = centre.enroll()
    start(emre)
    services.give_feedback(emre.id, helped=5, again=True, words="Gut.", actor=link(emre), now=now())
    with pytest.raises(NoSuchEnrollment):
        services.give_feedback(emre.id, helped=1, again=False, words="", actor=link(emre), now=now())
    assert selectors.feedback(centre.office.acting(), centre.key).count == 1
    assert selectors.feedback(centre.office.acting(), centre.key).words == ()
    for outsider in (centre.actor, centre.stranger.acting(), link(emre), NOBODY):
        assert selectors.feedback(outsider, centre.key).count == 0
    assert {field.name for field in CourseFeedback._meta.fields} == {
        "id", "course", "organization", "month", "helped", "again", "words",
    }  # fmt: skip


def test_who_waits_has_nothing_to_say_about_the_course_yet(centre: Centre) -> None:
    for number in range(3):
        centre.enroll(f"{number}@example.org")
    emre = centre.enroll()
    with pytest.raises(NoSuchEnrollment):
        services.give_feedback(emre.id, helped=5, again=True, words="", actor=link(emre), now=now())


def test_forty_who_want_three_codes_get_exactly_three(centre: Centre) -> None:
    def one(number: int) -> EnrollmentState:
        try:
            return centre.enroll(f"{number % 20}@example.org").state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    stock = centre.look().stock
    assert (stock.in_stock, stock.in_use, stock.waiting) == (0, 3, 17)


def test_three_months_after_the_end_nobody_is_known_any_more(centre: Centre) -> None:
    emre, olga = centre.enroll(), centre.enroll("olga@example.org")
    start(emre)
    show(olga)
    services.stop(olga.id, actor=link(olga), now=now())
    services.stop(emre.id, actor=link(emre), now=now())
    over = now() + timedelta(days=93)
    # Emre stopped but holds his code: he must not get a second one, so his sign stays until the code is over.
    assert [rule.due(over) for rule in RULES] == [1, 1, 0, 0]
    assert [rule.erase(over) for rule in RULES] == [1, 1, 0, 0]
    assert selectors.enrollment(link(olga), olga.id) is None
    assert centre.enroll(at=over).id == emre.id
    after = now() + timedelta(days=400)
    services.expire(now=after)
    assert [rule.erase(after + timedelta(days=200)) for rule in RULES] == [1, 1, 2, 0]
    with acting_as(job("courses-codes")):
        assert Enrollment.objects.count() == 0
    assert centre.look().stock.in_use == 0


def _audit(centre: Centre) -> list[str]:
    rows = centre.connection.execute(
        "SELECT e.body || coalesce(p.content, '') FROM core_auditentry e "
        "LEFT JOIN core_auditpayload p USING (chain, sequence)"
    ).fetchall()
    return [row[0] for row in rows]


def _signals() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, reason FROM signals_signal")
        return {(row[0], row[1]) for row in cursor.fetchall()}
