"""A voucher from its office to its club: handed out while there are some, taken once, and nobody learns whose it was."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection

from lueckenlos.core import codes
from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import StaleVersion
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.types import Kind
from lueckenlos.offers.vouchers import selectors, services
from lueckenlos.offers.vouchers.errors import (
    CannotRedeem,
    NoneLeft,
    NoSuchScheme,
    NoSuchVoucher,
    NotForThisAge,
    NothingToSettle,
)
from lueckenlos.offers.vouchers.models import Counter, Redemption, Settlement, Voucher
from lueckenlos.offers.vouchers.retention import RULES
from lueckenlos.offers.vouchers.types import NewVoucher, Refusal, VoucherState
from tests.offers.vouchers.house import Office, link, today
from tests.wall.world import now

S, R = VoucherState, Refusal


def at_once(deed: Callable[[int], object], count: int, *errors: type[Exception]) -> int:
    """How many of so many at the same moment succeeded."""

    def one(number: int) -> bool:
        try:
            deed(number)
        except errors:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(one, range(count))).count(True)


def why(deed: Callable[[], object]) -> Refusal:
    """The reason why a club cannot take it."""
    with pytest.raises(CannotRedeem) as refused:
        deed()
    return refused.value.reason


def test_of_twenty_who_scan_one_code_exactly_one_takes_it(office: Office) -> None:
    code = office.code(office.issue())
    assert at_once(lambda _number: office.redeem(code), 20, CannotRedeem) == 1
    assert len(selectors.redeemed_at(office.club.acting())) == 1
    assert office.look().redeemed == 1


def test_one_voucher_with_two_codes_is_still_one(office: Office) -> None:
    voucher = office.issue()
    printed, sent = office.code(voucher), office.code(voucher)
    assert office.redeem(printed) == 3600
    assert why(lambda: office.redeem(sent)) is R.USED
    assert office.state(voucher) is S.REDEEMED


def test_the_database_refuses_a_second_redemption_that_no_service_has_seen(office: Office) -> None:
    voucher = office.issue()
    office.redeem(office.code(voucher))
    row = {
        "voucher_id": voucher,
        "scheme_id": office.scheme,
        "payer": office.payer.organization,
        "club": office.other_club.organization,
        "programme": office.judo,
        "cents": 1,
        "redeemed_on": today(),
    }
    with pytest.raises(IntegrityError), acting_as(job("vouchers-decide")):
        Redemption.objects.create(**row)


def test_no_more_are_handed_out_than_there_are_also_at_one_moment(office: Office) -> None:
    office.change(stock=3)
    assert at_once(lambda _number: office.issue(), 12, NoneLeft) == 3
    assert (office.look().given, office.look().left) == (3, 0)
    withdrawn = selectors.issued_by(office.giver.acting())[0].id
    services.withdraw(withdrawn, actor=office.giver.acting())
    assert office.look().left == 1
    office.issue()
    with pytest.raises(NoneLeft):
        office.issue()


def test_only_who_may_hands_out_and_only_for_these_ages_and_days(office: Office) -> None:
    for outsider in (office.payer, office.club):
        with pytest.raises(NoSuchScheme):
            office.issue(by=outsider)
    for actor in (NOBODY, link_to(uuid4(), purpose="voucher")):
        with pytest.raises(NoSuchScheme):
            services.issue(office.scheme, NewVoucher(8, None), actor=actor, now=now())
    for age in (2, 18):
        with pytest.raises(NotForThisAge):
            office.issue(age)
    for age in (3, 17):
        office.issue(age)
    for change in ({"is_open": False}, {"valid_until": today() - timedelta(days=1)}):
        office.change(**change)
        with pytest.raises(NoneLeft):
            office.issue()
        assert selectors.schemes(today=today()) == []


def test_it_pays_the_price_up_to_its_worth(office: Office) -> None:
    assert office.redeem(office.code(office.issue()), fare=1) == 1800
    office.change(cents=2500)
    assert office.redeem(office.code(office.issue())) == 2500
    office.change(cents=2500, pays_course=False)
    assert office.redeem(office.code(office.issue()), fare=1) == 1800
    untold = office.programme(office.club, fares=(), fee="nach Absprache")
    assert office.redeem(office.code(office.issue()), programme=untold, fare=None) == 2500


def test_what_costs_nothing_or_has_no_price_leaves_the_voucher_good(office: Office) -> None:
    voucher = office.issue()
    code = office.code(voucher)
    assert why(lambda: office.redeem(code, fare=2)) is R.FREE
    free = office.programme(office.club, fares=())
    assert why(lambda: office.redeem(code, programme=free, fare=None)) is R.FREE
    untold = office.programme(office.club, fares=(), fee="nach Absprache")
    for fare in (None, 0, 99, -1):
        assert why(lambda fare=fare: office.redeem(code, programme=untold, fare=fare)) is R.NO_PRICE  # type: ignore[misc]
    assert office.state(voucher) is S.ISSUED
    assert office.redeem(code) == 3600


def test_kind_and_age_must_fit_and_the_child_may_have_turned_older(office: Office) -> None:
    course = office.programme(office.club, kind=Kind.COURSE)
    assert why(lambda: office.redeem(office.code(office.issue()), programme=course)) is R.KIND
    for age, fits in ((4, False), (5, True), (6, True), (12, True), (13, False)):
        code = office.code(office.issue(age))
        if fits:
            assert office.redeem(code) == 3600
        else:
            assert why(lambda code=code: office.redeem(code)) is R.AGE  # type: ignore[misc]


def test_it_is_good_on_its_days_alone(office: Office) -> None:
    voucher = office.issue()
    code, wanted = office.code(voucher), services.Wanted(office.judo, 0)
    actor, last = office.club.acting(), office.look().valid_until
    after = now() + (last - today()) + timedelta(days=1)
    with pytest.raises(CannotRedeem, match="expired"):
        services.redeem(code, wanted, actor=actor, now=after)
    assert services.expire_everything(now=after - timedelta(days=1)) == 0
    assert services.expire_everything(now=after) == 1
    assert why(lambda: office.redeem(code)) is R.EXPIRED
    assert (office.look().given, office.look().left) == (0, 10)
    office.change(valid_from=today() + timedelta(days=5))
    assert why(lambda: office.redeem(office.code(office.issue()))) is R.NOT_YET


def test_a_voucher_that_was_taken_back_opens_nothing(office: Office) -> None:
    voucher = office.issue()
    code = office.code(voucher)
    for outsider in (office.other_giver, office.payer, office.club):
        with pytest.raises(NoSuchVoucher):
            services.withdraw(voucher, actor=outsider.acting())
    services.withdraw(voucher, actor=office.giver.acting())
    with pytest.raises(codes.CodeNotValid):
        office.redeem(code)
    with pytest.raises(NoSuchVoucher):
        office.code(voucher)
    used = office.issue()
    office.redeem(office.code(used))
    with pytest.raises(NoSuchVoucher):
        services.withdraw(used, actor=office.giver.acting())


def test_a_club_takes_at_its_own_published_programmes_alone(office: Office) -> None:
    code = office.code(office.issue())
    for at, programme in ((office.other_club, office.judo), (office.club, uuid4())):
        with pytest.raises(NoSuchProgramme):
            office.redeem(code, at=at, programme=programme)
    programmes.cancel_programme(office.judo, actor=office.club.acting())
    with pytest.raises(NoSuchProgramme):
        office.redeem(code)
    assert Counter.objects.get(scheme=office.scheme).redeemed == 0


def test_codes_of_other_letters_and_wrong_ones_redeem_nothing(office: Office) -> None:
    with acting_as(office.giver.acting()):
        other = codes.issue(
            office.issue(), purpose="booking", language="de", now=now(), until=now() + timedelta(days=9)
        ).text
    with pytest.raises(codes.CodeNotValid):
        office.redeem(other)


def test_each_side_sees_its_own_and_nobody_sees_both(office: Office) -> None:
    voucher = office.issue(ags="05358008")
    theirs = office.issue(by=office.other_giver)
    office.redeem(office.code(voucher))
    giver, club, payer = office.giver.acting(), office.club.acting(), office.payer.acting()
    assert [each.id for each in selectors.issued_by(giver)] == [voucher]
    assert selectors.voucher(giver, theirs) is None
    assert [each.cents for each in selectors.redeemed_at(club)] == [3600]
    assert selectors.redeemed_at(office.other_club.acting()) == []
    assert [
        each.id for each in (selectors.voucher(link(voucher), each) for each in (voucher, theirs)) if each
    ] == [voucher]
    sees = {
        giver: (1, 0), club: (0, 1), payer: (0, 1), office.other_club.acting(): (0, 0), NOBODY: (0, 0),
        link(voucher): (1, 0), link_to(voucher, purpose="booking"): (0, 0), job("index"): (0, 0),
        job("vouchers-count"): (2, 0),
    }  # fmt: skip
    for actor, counts in sees.items():
        with acting_as(actor):
            assert (Voucher.objects.count(), Redemption.objects.count()) == counts, actor
            assert Voucher.objects.update(age=1) == 0
            assert Redemption.objects.update(cents=1) == 0
            assert Voucher.objects.all().delete()[0] == 0


def test_only_the_deciding_job_writes_and_it_writes_nothing_false(office: Office) -> None:
    voucher = {
        "scheme_id": office.scheme, "state": "issued", "age": 8, "issued_on": today(), "valid_from": today(),
        "valid_until": today(),
    }  # fmt: skip
    taken = {
        "voucher_id": office.issue(), "scheme_id": office.scheme, "club": office.club.organization, "programme": office.judo, "cents": 1,
        "redeemed_on": today(),
    }  # fmt: skip
    for actor in (office.giver.acting(), office.payer.acting(), NOBODY):
        with pytest.raises(DatabaseError), acting_as(actor):
            Voucher.objects.create(issued_by=office.giver.organization, **voucher)
    with pytest.raises(DatabaseError), acting_as(job("vouchers-decide")):
        Voucher.objects.create(issued_by=office.club.organization, **voucher)
    with pytest.raises(DatabaseError), acting_as(office.club.acting()):
        Redemption.objects.create(payer=office.payer.organization, **taken)
    with pytest.raises(DatabaseError), acting_as(job("vouchers-decide")):
        Redemption.objects.create(payer=office.club.organization, **taken)


def test_the_payer_counts_municipalities_from_five_on(office: Office) -> None:
    office.change(stock=100)

    def hand_out(ags: str | None, times: int) -> None:
        for _ in range(times):
            office.issue(ags=ags)

    payer = office.payer.acting()
    hand_out("05358060", 4)
    assert selectors.by_municipality(payer, office.scheme) == [("", 4)]
    hand_out("05358008", 7)
    # The four would be found by subtraction, so they take the next with them.
    assert selectors.by_municipality(payer, office.scheme) == [("", 11)]
    hand_out(None, 1)
    assert selectors.by_municipality(payer, office.scheme) == [("05358008", 7), ("", 5)]
    hand_out("05358060", 1)
    assert selectors.by_municipality(payer, office.scheme) == [("05358008", 7), ("", 6)]
    for outsider in (office.giver.acting(), office.club.acting(), NOBODY):
        assert selectors.by_municipality(outsider, office.scheme) == []


def test_a_month_of_a_club_is_settled_once(office: Office) -> None:
    for fare in (0, 1):
        office.redeem(office.code(office.issue()), fare=fare)
    other = office.programme(office.other_club)
    office.redeem(office.code(office.issue()), at=office.other_club, programme=other)
    payer, month = office.payer.acting(), today().replace(day=1)

    def told() -> list[tuple[UUID, int, int, bool]]:
        return [
            (each.club, each.count, each.cents, each.settled_on is not None)
            for each in selectors.bills(payer, office.scheme)
        ]

    mine, theirs = office.club.organization, office.other_club.organization
    assert sorted(told()) == sorted([(mine, 2, 5400, False), (theirs, 1, 3600, False)])

    def settle(_number: int) -> object:
        return services.settle(office.scheme, club=mine, month=month, actor=payer, now=now())

    assert at_once(settle, 8, NothingToSettle) == 1
    assert told() == [(theirs, 1, 3600, False), (mine, 2, 5400, True)]
    assert {each.is_settled for each in selectors.redeemed_at(office.club.acting())} == {True}
    assert {each.state for each in selectors.issued_by(office.giver.acting())} == {S.SETTLED, S.REDEEMED}
    for outsider in (office.club, office.giver, office.other_club):
        assert selectors.bills(outsider.acting(), office.scheme) == []
        with pytest.raises(NoSuchScheme):
            services.settle(office.scheme, club=theirs, month=month, actor=outsider.acting(), now=now())
    with acting_as(office.other_club.acting()):
        assert Settlement.objects.count() == 0
    with pytest.raises(NothingToSettle):
        services.settle(office.scheme, club=theirs, month=month.replace(year=2001), actor=payer, now=now())


def test_two_who_change_a_scheme_lose_nothing_and_others_change_none(office: Office) -> None:
    version = office.look().version
    office.change(title="Sport für alle")
    with pytest.raises(StaleVersion):
        services.change_scheme(office.scheme, office.new(), expected=version, actor=office.payer.acting())
    with pytest.raises(NoSuchScheme):
        services.change_scheme(office.scheme, office.new(), expected=2, actor=office.giver.acting())
    assert office.look().title == "Sport für alle"


def test_who_hands_out_is_said_by_whoever_pays_and_what_is_out_stays_good(office: Office) -> None:
    voucher, other = office.issue(by=office.other_giver), office.other_giver.organization
    for outsider in (office.giver, office.other_giver, office.club):
        with pytest.raises(NoSuchScheme):
            services.let_give(office.scheme, organization=other, actor=outsider.acting())
        with pytest.raises(NoSuchScheme):
            services.stop_giving(office.scheme, organization=other, actor=outsider.acting())
    with pytest.raises(NoSuchScheme):
        services.let_give(office.scheme, organization=uuid4(), actor=office.payer.acting())
    services.let_give(office.scheme, organization=other, actor=office.payer.acting())
    services.stop_giving(office.scheme, organization=other, actor=office.payer.acting())
    assert [each.id for each in office.look().givers] == [office.giver.organization]
    with pytest.raises(NoSuchScheme):
        office.issue(by=office.other_giver)
    assert office.redeem(office.code(voucher, by=office.other_giver)) == 3600


def test_after_two_years_nothing_of_a_voucher_is_left_but_the_books(office: Office) -> None:
    office.redeem(office.code(office.issue()))
    services.settle(
        office.scheme,
        club=office.club.organization,
        month=today().replace(day=1),
        actor=office.payer.acting(),
        now=now(),
    )
    assert [rule.due(now()) for rule in RULES] == [0, 0, 0]
    later = now() + timedelta(days=90 + 732)
    assert [rule.erase(later) for rule in RULES] == [1, 1, 0]
    assert selectors.issued_by(office.giver.acting()) == []
    assert selectors.redeemed_at(office.club.acting()) == []
    assert [each.cents for each in selectors.bills(office.payer.acting(), office.scheme)] == [3600]
    assert (office.look().given, office.look().redeemed) == (1, 1)
    assert [rule.erase(now() + timedelta(days=3660)) for rule in RULES] == [0, 0, 1]


def test_a_price_that_is_changed_later_changes_no_bill(office: Office) -> None:
    office.redeem(office.code(office.issue()))
    dear = replace(office.new(), cents=100)
    services.change_scheme(office.scheme, dear, expected=office.look().version, actor=office.payer.acting())
    assert [each.cents for each in selectors.bills(office.payer.acting(), office.scheme)] == [3600]
