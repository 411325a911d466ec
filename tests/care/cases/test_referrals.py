"""Parts of a case go to others with consent, are followed until arrived, and what is lost is counted."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.errors import NoConsent, ReferralClosed
from lueckenlos.care.cases.types import ReferralMode, ReferralState
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    CoverKind,
    Mode,
    OpeningGround,
    Purpose,
    ScopeValue,
    WithdrawalWay,
)
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core.actor import link_to
from tests.care.cases.conftest import Office
from tests.wall.world import now


def consent(office: Office, *, purpose: Purpose, mode: Mode = Mode.VIEW) -> UUID:
    return privacy.record_consent(
        office.file,
        new=privacy.NewConsent(
            text=office.text,
            given_by=office.mother,
            subject=office.mother,
            scopes=(ScopeValue(purpose, Category.SITUATION, office.teacher.organization, mode),),
            form=ConsentForm.PAPER,
            given_at=now(),
            valid_until=now() + timedelta(days=100),
        ),
        actor=office.worker.acting(),
    )


def propose(
    office: Office, *, mode: ReferralMode = ReferralMode.VIEW, purpose: Purpose = Purpose.ACCOMPANIMENT
) -> UUID:
    return services.propose(
        office.file,
        new=services.NewReferral(
            to_organization=office.teacher.organization,
            mode=mode,
            purpose=purpose,
            about=office.mother,
            due_at=now() + timedelta(days=14),
            categories=frozenset({Category.SITUATION}),
        ),
        actor=office.worker.acting(),
        now=now(),
    )


def test_nothing_goes_out_without_a_consent_that_covers_it(office: Office) -> None:
    with pytest.raises(NoConsent) as lacking:
        propose(office)
    assert lacking.value.categories == {"situation"}
    consent(office, purpose=Purpose.CRISIS)
    with pytest.raises(NoConsent):
        propose(office)
    assert selectors.referrals_of(office.worker.acting(), office.file) == []


def test_the_receiver_sees_what_is_open_and_answers_and_the_sender_must_ask_again(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise")
    office.write("contact", category=Category.CONTACT, reach="geheim")
    consent(office, purpose=Purpose.ACCOMPANIMENT)
    referral = propose(office)
    receiver = office.teacher.acting("accompaniment")
    assert [each.id for each in selectors.received(receiver)] == [referral]
    assert [each.kind for each in selectors.records(receiver, office.file)] == ["report"]
    services.answer(referral, state=ReferralState.ACCEPTED, text="gern", actor=receiver, now=now())
    waiting = tasks.of_record(office.worker.acting(), referral, now=now())
    assert [task.is_open for task in waiting] == [True]
    services.confirm(referral, arrived=ReferralState.ARRIVED, actor=office.worker.acting(), now=now())
    with pytest.raises(ReferralClosed):
        services.confirm(referral, arrived=ReferralState.ARRIVED, actor=office.worker.acting(), now=now())


def test_a_withdrawal_takes_the_referral_away_from_the_receiver(office: Office) -> None:
    given = consent(office, purpose=Purpose.ACCOMPANIMENT)
    referral = propose(office)
    receiver = office.teacher.acting("accompaniment")
    privacy.withdraw(given, way=WithdrawalWay.WORD, actor=office.worker.acting(), now=now())
    assert selectors.received(receiver) == []
    with pytest.raises(NotYours):
        services.answer(referral, state=ReferralState.ACCEPTED, text="", actor=receiver, now=now())


def test_a_handover_moves_the_whole_task_only_with_consent_to_it(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise")
    consent(office, purpose=Purpose.HANDOVER, mode=Mode.EDIT)
    referral = propose(office, mode=ReferralMode.HAND_OVER, purpose=Purpose.HANDOVER)
    stranger = office.colleague.acting("handover")
    with pytest.raises(NotYours):
        services.accept_handover(referral, unit=office.teacher.unit or office.file, actor=stranger)
    receiver = office.teacher.acting("handover")
    # What was written and nobody agreed to hand over keeps the whole file where it is.
    office.write("contact", category=Category.CONTACT, reach="geheim")
    with pytest.raises(NotYours):
        services.accept_handover(referral, unit=office.teacher.unit or office.file, actor=receiver)
    office.world.connection.execute("DELETE FROM cases_record WHERE kind = 'contact'")
    services.accept_handover(referral, unit=office.teacher.unit or office.file, actor=receiver)
    assert len(selectors.records(office.teacher.acting(), office.file)) == 1
    assert selectors.case(office.worker.acting(), office.file) is None


def test_what_did_not_arrive_is_counted_with_its_reason_and_without_the_family(office: Office) -> None:
    consent(office, purpose=Purpose.ACCOMPANIMENT)
    referral = propose(office)
    services.answer(
        referral,
        state=ReferralState.REFUSED,
        text="voll",
        reason=SignalReason.NO_PLACE,
        actor=office.teacher.acting("accompaniment"),
        now=now(),
    )
    counted = office.world.connection.execute("SELECT source, reason, count FROM signals_signal").fetchall()
    assert counted == [("handover", "no_place", 1)]


def test_one_tap_in_a_mail_counts_once_and_shows_nothing(office: Office) -> None:
    consent(office, purpose=Purpose.ACCOMPANIMENT)
    link = link_to(propose(office), purpose="referral")
    assert selectors.records(link, office.file) == []
    services.confirm_by_link(arrived=ReferralState.ARRIVED, reason=None, actor=link, now=now())
    with pytest.raises(ReferralClosed):
        services.confirm_by_link(arrived=ReferralState.ARRIVED, reason=None, actor=link, now=now())
    with pytest.raises(ReferralClosed):
        services.confirm_by_link(
            arrived=ReferralState.ARRIVED,
            reason=None,
            actor=link_to(office.file, purpose="referral"),
            now=now(),
        )


def test_the_pages_of_the_receiver_open_with_the_consent_and_close_with_its_end(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise am Morgen")
    given = consent(office, purpose=Purpose.ACCOMPANIMENT)
    propose(office)
    client = office.client(office.teacher)
    url = reverse("cases:released", args=["accompaniment", office.file])
    assert url in client.get(reverse("cases:inbox")).content.decode()
    assert "Krise am Morgen" in client.get(url).content.decode()
    seen = office.world.connection.execute("SELECT ground, category FROM privacy_disclosure").fetchall()
    assert seen == [("consent", "situation")]
    other = reverse("cases:released", args=["case_talk", office.file])
    assert client.get(other).status_code == 404
    privacy.withdraw(given, way=WithdrawalWay.WORD, actor=office.worker.acting(), now=now())
    assert client.get(url).status_code == 404
    assert url not in client.get(reverse("cases:inbox")).content.decode()


def test_what_was_confided_opens_for_one_other_by_the_one_it_was_confided_to(office: Office) -> None:
    record = services.write_record(
        office.file,
        new=services.NewRecord(
            kind="report",
            category=Category.SITUATION,
            about=office.mother,
            happened_at=now(),
            text="nur dir",
            is_confided=True,
            confided_by=office.mother,
        ),
        actor=office.worker.acting(),
        now=now(),
    )
    privacy.assign(office.file, unit=office.colleague.unit, reason="Wechsel", actor=office.worker.acting())
    assert selectors.record(office.colleague.acting(), record) is None
    opening = services.NewOpening(
        person=office.colleague.person,
        organization=office.colleague.organization,
        ground=OpeningGround.AGREED,
        reason="Die Mutter ist einverstanden.",
    )
    with pytest.raises(NotYours):
        services.open_confided(record, new=opening, actor=office.colleague.acting())
    services.open_confided(record, new=opening, actor=office.worker.acting())
    found = selectors.record(office.colleague.acting(), record)
    assert found is not None and found.text == "nur dir"


def test_a_case_leaves_as_a_document_without_what_was_confided(office: Office) -> None:
    office.write("report", category=Category.SITUATION, what="Krise am Morgen")
    services.write_record(
        office.file,
        new=services.NewRecord(
            kind="report",
            category=Category.SITUATION,
            about=office.mother,
            happened_at=now(),
            text="nur dir",
            is_confided=True,
        ),
        actor=office.worker.acting(),
        now=now(),
    )
    client = office.client(office.worker)
    data = client.get(reverse("cases:data", args=[office.file])).content.decode()
    assert "Krise am Morgen" in data and "nur dir" not in data
    document = client.get(reverse("cases:pdf", args=[office.file]))
    assert document.content.startswith(b"%PDF") and b"pdfaid" in document.content
    for name in ("data", "pdf"):
        assert (
            office.client(office.teacher).get(reverse(f"cases:{name}", args=[office.file])).status_code == 404
        )


def test_only_the_head_of_the_team_lets_somebody_step_in(office: Office) -> None:
    new = privacy.NewCover(
        office.colleague.person,
        office.colleague.organization,
        CoverKind.ILLNESS,
        "krank",
        now() + timedelta(days=3),
    )
    with pytest.raises(NotYours):
        privacy.cover(office.file, new=new, actor=office.worker.acting())
    head = office.world.worker(office.worker.organization, unit=office.worker.unit, is_head=True)
    client = office.client(head)
    assert str(office.file) in client.get(reverse("cases:team")).content.decode()
    assert client.get(reverse("cases:case", args=[office.file])).status_code == 404
    given = {"person": str(office.colleague.person), "kind": "illness", "reason": "krank", "days": 3}
    assert client.post(reverse("cases:cover", args=[office.file]), given).status_code == 302
    assert selectors.case(office.colleague.acting(), office.file) is not None
