"""Proposals wait for Koordination, providers are asked in time, doubts are answered by a date."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import (
    AlreadyDecided,
    EditConflict,
    LinkExpired,
    NoSuchEntry,
    NotYours,
)
from lueckenlos.commons.directory.models import Change, Inquiry, Organization, Proposal, Reminder, Service
from lueckenlos.commons.directory.services.inquiries import working_days_after
from lueckenlos.commons.directory.types import Freshness, InquiryReason, InquiryState, ProposalState
from lueckenlos.core import clock
from lueckenlos.core.actor import NOBODY, Actor, job
from tests.commons.directory.conftest import NOW
from tests.commons.directory.test_editing import content

pytestmark = pytest.mark.django_db
REMINDER_JOB = job("directory.remind")


def letters() -> list[dict[str, str]]:
    """What waits in the queue to be sent."""
    jobs = ProcrastinateJob.objects.filter(task_name="core.send_letter").order_by("id")
    return [each.args for each in jobs]


def token_of(text: str) -> str:
    return text.split("/pflege/")[1].split("/")[0]


def make_due(entry: Service, organization: Organization) -> None:
    Service.objects.exclude(id=entry.id).update(verified_on=clock.day_of(NOW))
    Service.objects.filter(id=entry.id).update(verified_on=date(2025, 6, 1))
    Organization.objects.filter(id=organization.id).update(email="nord@example.org")


@pytest.mark.parametrize(
    ("verified_on", "expected"),
    [
        (None, Freshness.NEVER),
        (date(2026, 11, 3), Freshness.FRESH),
        (date(2025, 12, 3), Freshness.FRESH),
        (date(2025, 12, 2), Freshness.DUE),
        (date(2025, 11, 3), Freshness.DUE),
        (date(2025, 11, 2), Freshness.OVERDUE),
    ],
)
def test_an_entry_is_due_in_the_last_month_before_its_limit_and_overdue_the_day_after(
    verified_on: date | None, expected: Freshness
) -> None:
    # Due begins when less than a month is left: on 3 November 2026, what was confirmed before 3 December 2025.
    assert selectors.freshness_of(verified_on, today=date(2026, 11, 3), months=12) is expected


def test_a_proposal_changes_nothing_until_koordination_takes_it(
    entry: Service, provider: Actor, coordination: Actor
) -> None:
    values = replace(content(entry.key, provider), fee="2 Euro", is_free=False)
    proposed = services.propose(entry.key, values, base_version=1, actor=provider, now=NOW)
    assert services.propose(entry.key, values, base_version=1, actor=provider, now=NOW) == proposed
    assert content(entry.key, provider).fee != "2 Euro"
    view = selectors.proposal(proposed.proposal_id, actor=coordination)
    assert view is not None
    assert [(each.field, each.after) for each in view.differences if each.field == "Kosten"] == [
        ("Kosten", "2 Euro")
    ]
    services.accept_proposal(
        proposed.proposal_id, seen_version=view.seen_version, answer="Danke!", actor=coordination, now=NOW
    )
    assert content(entry.key, provider).fee == "2 Euro"
    with pytest.raises(AlreadyDecided):
        services.reject_proposal(proposed.proposal_id, answer="doch nicht", actor=coordination, now=NOW)


def test_a_newer_proposal_takes_the_place_of_the_open_one(
    entry: Service, provider: Actor, coordination: Actor
) -> None:
    base = content(entry.key, provider)
    first = services.propose(entry.key, replace(base, fee="1 Euro"), base_version=1, actor=provider, now=NOW)
    services.propose(entry.key, replace(base, fee="2 Euro"), base_version=1, actor=provider, now=NOW)
    assert Proposal.objects.get(id=first.proposal_id).state == ProposalState.WITHDRAWN
    assert [each.service_key for each in selectors.open_proposals(coordination)] == [entry.key]


def test_a_proposal_on_an_old_version_changes_only_what_it_is_about(
    entry: Service, provider: Actor, coordination: Actor
) -> None:
    base = content(entry.key, provider)
    proposed = services.propose(
        entry.key, replace(base, fee="2 Euro"), base_version=1, actor=provider, now=NOW
    )
    services.edit_service(
        entry.key, replace(base, waiting_weeks=9), base_version=1, actor=coordination, now=NOW
    )
    with pytest.raises(EditConflict):
        services.accept_proposal(proposed.proposal_id, seen_version=1, answer="", actor=coordination, now=NOW)
    view = selectors.proposal(proposed.proposal_id, actor=coordination)
    assert view is not None
    assert view.is_stale
    assert [each.field for each in view.differences] == ["Kosten"]
    services.accept_proposal(proposed.proposal_id, seen_version=2, answer="", actor=coordination, now=NOW)
    after = content(entry.key, provider)
    assert (after.fee, after.waiting_weeks) == ("2 Euro", 9)


def test_a_new_entry_that_was_proposed_appears_when_it_is_accepted(
    entry: Service, provider: Actor, coordination: Actor, organization: Organization
) -> None:
    values = replace(content(entry.key, provider), name="Nachtcafé für Eltern")
    proposed = services.propose_new(organization.id, values, actor=provider, now=NOW)
    assert not Service.objects.filter(name=values.name).exists()
    services.accept_proposal(proposed.proposal_id, seen_version=0, answer="", actor=coordination, now=NOW)
    assert Service.objects.get(name=values.name).organization_id == organization.id


def test_nobody_but_koordination_decides_and_an_outsider_sees_no_proposal(
    entry: Service, provider: Actor, outsider: Actor
) -> None:
    values = replace(content(entry.key, provider), fee="2 Euro")
    proposed = services.propose(entry.key, values, base_version=1, actor=provider, now=NOW)
    assert selectors.proposal(proposed.proposal_id, actor=outsider) is None
    assert selectors.open_proposals(provider) == []
    for actor in (provider, outsider):
        with pytest.raises(NotYours):
            services.accept_proposal(proposed.proposal_id, seen_version=1, answer="", actor=actor, now=NOW)
    with pytest.raises(NotYours):
        services.propose(entry.key, values, base_version=1, actor=outsider, now=NOW)


def test_one_letter_an_organization_names_all_that_is_due_and_its_link_is_stored_nowhere(
    entry: Service, organization: Organization
) -> None:
    make_due(entry, organization)
    rounds = services.remind(actor=REMINDER_JOB, now=NOW)
    assert (rounds.organizations, rounds.services) == (1, 1)
    letter = outbox.outbox[0]
    assert letter.to == ["nord@example.org"]
    assert entry.name in str(letter.body)
    token = token_of(str(letter.body))
    reminder = Reminder.objects.get(organization=organization)
    assert token not in reminder.token_hash
    assert letters() == []
    again = services.remind(actor=REMINDER_JOB, now=NOW + timedelta(days=2))
    assert again.organizations == 0


def test_an_organization_without_address_is_named_instead_of_forgotten(
    entry: Service, organization: Organization
) -> None:
    make_due(entry, organization)
    Organization.objects.filter(id=organization.id).update(email="")
    rounds = services.remind(actor=REMINDER_JOB, now=NOW)
    assert rounds.without_address == (organization.name,)


def test_a_mail_server_that_refuses_leaves_no_reminder_behind(
    entry: Service, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_due(entry, organization)

    def refuse(letter: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("lueckenlos.core.mail.send", refuse)
    with pytest.raises(ConnectionRefusedError):
        services.remind(actor=REMINDER_JOB, now=NOW)
    assert not Reminder.objects.filter(organization=organization).exists()


def test_the_link_confirms_as_often_as_one_likes_until_it_ends(
    entry: Service, organization: Organization
) -> None:
    make_due(entry, organization)
    services.remind(actor=REMINDER_JOB, now=NOW)
    token = token_of(str(outbox.outbox[0].body))
    first = services.confirm_by_link(token, [entry.key], now=NOW)
    second = services.confirm_by_link(token, [entry.key], now=NOW)
    assert [saved.changed for saved in (*first, *second)] == [True, False]
    assert Change.objects.filter(service=entry, deed="confirmed").count() == 1
    change = Change.objects.get(service=entry, deed="confirmed")
    assert (change.actor_id, change.actor_label) == (None, "Anbieter über den Link aus der Mail")
    with pytest.raises(LinkExpired):
        services.confirm_by_link(token, [entry.key], now=NOW + timedelta(days=61))
    with pytest.raises(NoSuchEntry):
        services.confirm_by_link(token + "x", [entry.key], now=NOW)


def test_the_link_opens_only_the_entries_that_its_letter_named(
    entry: Service, organization: Organization, provider: Actor
) -> None:
    make_due(entry, organization)
    services.remind(actor=REMINDER_JOB, now=NOW)
    token = token_of(str(outbox.outbox[0].body))
    other = Service.objects.exclude(organization=organization).first()
    assert other is not None
    assert services.confirm_by_link(token, [other.key], now=NOW) == []
    with pytest.raises(NoSuchEntry):
        services.propose_by_link(
            token, other.key, values=content(entry.key, provider), base_version=1, now=NOW
        )


def test_what_is_changed_by_link_is_a_proposal_even_of_a_trusted_organization(
    entry: Service, organization: Organization, trusted: Organization, provider: Actor
) -> None:
    make_due(entry, organization)
    services.remind(actor=REMINDER_JOB, now=NOW)
    token = token_of(str(outbox.outbox[0].body))
    values = replace(content(entry.key, provider), fee="7 Euro")
    services.propose_by_link(token, entry.key, values=values, base_version=1, now=NOW)
    assert Proposal.objects.get(service=entry).state == ProposalState.OPEN
    assert content(entry.key, provider).fee != "7 Euro"


def test_a_doubt_goes_to_provider_and_koordination_and_is_due_in_ten_working_days(
    entry: Service, organization: Organization, provider: Actor, outsider: Actor
) -> None:
    Organization.objects.filter(id=organization.id).update(email="nord@example.org")
    due = services.report_error(
        entry.key, reason=InquiryReason.PHONE, text=" Niemand da ", actor=NOBODY, now=NOW
    )
    again = services.report_error(
        entry.key, reason=InquiryReason.PHONE, text="Niemand da", actor=NOBODY, now=NOW
    )
    assert due == again == date(2026, 11, 17)
    assert "nord@example.org" in {letter["to"] for letter in letters()}
    assert len({letter["to"] for letter in letters()}) == len(letters()) == 2
    assert len(selectors.inquiries_for(provider, today=clock.day_of(NOW))) == 1
    assert selectors.inquiries_for(outsider, today=clock.day_of(NOW)) == []
    assert selectors.inquiries_for(provider, today=date(2026, 11, 18))[0].is_late


def test_a_doubt_is_answered_once_and_not_by_strangers(
    entry: Service, provider: Actor, outsider: Actor
) -> None:
    services.report_error(entry.key, reason=InquiryReason.TIME, text="", actor=NOBODY, now=NOW)
    inquiry: UUID = Inquiry.objects.get(service=entry).id
    with pytest.raises(NotYours):
        services.answer_inquiry(inquiry, state=InquiryState.STILL_TRUE, answer="", actor=outsider, now=NOW)
    services.answer_inquiry(inquiry, state=InquiryState.STILL_TRUE, answer="Stimmt.", actor=provider, now=NOW)
    with pytest.raises(AlreadyDecided):
        services.answer_inquiry(inquiry, state=InquiryState.CORRECTED, answer="", actor=provider, now=NOW)


def test_working_days_leave_out_saturday_and_sunday() -> None:
    assert working_days_after(date(2026, 11, 6), count=1) == date(2026, 11, 9)


def test_trust_is_given_and_taken_by_koordination_alone(
    organization: Organization, provider: Actor, coordination: Actor
) -> None:
    with pytest.raises(NotYours):
        services.trust_organization(organization.id, actor=provider, now=NOW)
    services.trust_organization(organization.id, actor=coordination, now=NOW)
    organization.refresh_from_db()
    assert organization.is_trusted
    services.distrust_organization(organization.id, actor=coordination, now=NOW)
    organization.refresh_from_db()
    assert not organization.is_trusted
