"""Who may know what about whom: derived from consents, as families are told it works."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.consenting import (
    Consent,
    OwnFile,
    Party,
    PartyRole,
    Release,
    Scope,
    releases,
    who_must_agree,
)

MOTHER, FATHER, CHILD, TEEN, STRANGER = (UUID(int=number) for number in range(1, 6))
FILE = UUID(int=100)
SCHOOL, CLINIC = UUID(int=201), UUID(int=202)
PLAN = Scope("handover", "school", SCHOOL)
HEALTH = Scope("handover", "health", SCHOOL)
FAMILYS = OwnFile(FILE)


def day(number: int) -> datetime:
    return datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number)


NOW = day(10)
FIRST, LAST = day(0), day(365)
PARENTS = frozenset({MOTHER, FATHER})
MUM = Party(MOTHER, PartyRole.ADULT)
DAD = Party(FATHER, PartyRole.ADULT)
KID = Party(CHILD, PartyRole.CHILD, custodians=PARENTS, of_age_on=day(3000))
ALONE = replace(KID, custodians=frozenset({MOTHER}))


def consent(
    given_by: UUID,
    subject: UUID,
    *scopes: Scope,
    given_on: datetime = FIRST,
    valid_until: datetime = LAST,
    ended_at: datetime | None = None,
) -> Consent:
    return Consent(uuid4(), given_by, subject, frozenset(scopes), given_on, valid_until, ended_at)


def of(subject: UUID, found: frozenset[Release]) -> set[Release]:
    return {release for release in found if release.subject == subject}


def derived(
    *consents: Consent, parties: tuple[Party, ...] = (KID,), own_of: OwnFile = FAMILYS, at: datetime = NOW
) -> frozenset[Release]:
    return releases(parties, consents=consents, own_of=own_of, at=at)


def release(subject: UUID, since: datetime, until: datetime, scope: Scope = PLAN) -> Release:
    return Release(subject, scope.category, scope.organization, scope.purpose, since, until)


def test_nobody_knows_anything_without_consent() -> None:
    assert derived() == frozenset()


def test_with_joint_custody_one_parent_is_not_enough() -> None:
    assert derived(consent(MOTHER, CHILD, PLAN)) == frozenset()


def test_both_parents_release_what_both_have_named() -> None:
    found = derived(
        consent(MOTHER, CHILD, PLAN, HEALTH, given_on=day(1), valid_until=day(90)),
        consent(FATHER, CHILD, PLAN, given_on=day(3), valid_until=day(60)),
    )
    assert of(CHILD, found) == {release(CHILD, day(3), day(60))}
    # The child is the only subject, so the file as a whole follows it.
    assert of(FILE, found) == {release(FILE, day(3), day(60))}


def test_a_lone_custodian_decides_alone_and_a_stranger_does_not_count() -> None:
    assert of(CHILD, derived(consent(MOTHER, CHILD, PLAN), parties=(ALONE,))) == {
        release(CHILD, day(0), LAST)
    }
    assert derived(consent(STRANGER, CHILD, PLAN), parties=(ALONE,)) == frozenset()
    assert derived(consent(FATHER, CHILD, PLAN), parties=(ALONE,)) == frozenset()


def test_without_known_custodian_nobody_can_agree() -> None:
    lost = Party(CHILD, PartyRole.CHILD, judges_since=day(1))
    assert derived(consent(CHILD, CHILD, PLAN), consent(MOTHER, CHILD, PLAN), parties=(lost,)) == frozenset()


def test_an_adult_speaks_for_nobody_else() -> None:
    found = derived(consent(MOTHER, MOTHER, PLAN), consent(MOTHER, FATHER, PLAN), parties=(MUM, DAD))
    assert of(MOTHER, found) == {release(MOTHER, day(0), LAST)}
    assert of(FATHER, found) == set()
    assert of(FILE, found) == set()


def test_a_young_person_who_can_judge_must_agree_too() -> None:
    judging = replace(ALONE, judges_since=day(5))
    mothers = consent(MOTHER, CHILD, PLAN)
    assert derived(mothers, parties=(judging,)) == frozenset()
    own = consent(CHILD, CHILD, PLAN, given_on=day(6))
    assert of(CHILD, derived(mothers, own, parties=(judging,))) == {release(CHILD, day(6), LAST)}
    assert derived(own, parties=(judging,)) == frozenset()


def test_a_release_ends_when_the_young_persons_own_say_begins() -> None:
    soon = replace(ALONE, judges_since=day(20))
    assert of(CHILD, derived(consent(MOTHER, CHILD, PLAN), parties=(soon,))) == {
        release(CHILD, day(0), day(20))
    }
    assert derived(consent(MOTHER, CHILD, PLAN), parties=(soon,), at=day(20)) == frozenset()


def test_a_release_ends_on_the_eighteenth_birthday() -> None:
    almost = replace(ALONE, of_age_on=day(30))
    mothers = consent(MOTHER, CHILD, PLAN)
    assert of(CHILD, derived(mothers, parties=(almost,))) == {release(CHILD, day(0), day(30))}
    assert derived(mothers, parties=(almost,), at=day(30)) == frozenset()
    own = consent(CHILD, CHILD, PLAN)
    assert of(CHILD, derived(own, parties=(almost,), at=day(30))) == {release(CHILD, day(0), LAST)}


def test_with_both_changes_ahead_the_first_counts() -> None:
    both = replace(ALONE, judges_since=day(50), of_age_on=day(40))
    assert of(CHILD, derived(consent(MOTHER, CHILD, PLAN), parties=(both,))) == {
        release(CHILD, day(0), day(40))
    }


def test_in_their_own_file_a_young_person_decides_alone() -> None:
    teen = Party(TEEN, PartyRole.CHILD, custodians=PARENTS, judges_since=day(20), of_age_on=day(30))
    own = OwnFile(FILE, TEEN)
    said = consent(TEEN, TEEN, PLAN)
    # No end on a birthday either: nobody else's consent is in it.
    assert of(TEEN, derived(said, parties=(teen,), own_of=own)) == {release(TEEN, day(0), LAST)}
    assert derived(said, parties=(teen,)) == frozenset()
    parents = (consent(MOTHER, TEEN, PLAN), consent(FATHER, TEEN, PLAN))
    assert derived(*parents, parties=(teen,), own_of=own) == frozenset()


def test_others_named_in_it_keep_their_own_say() -> None:
    teen = Party(TEEN, PartyRole.CHILD, custodians=PARENTS)
    found = derived(
        consent(TEEN, TEEN, PLAN),
        consent(TEEN, MOTHER, PLAN),
        parties=(teen, MUM),
        own_of=OwnFile(FILE, TEEN),
    )
    assert {each.subject for each in found} == {TEEN}
    # A brother's custodians are asked for him as ever, and they do not know of this file.
    brothers = (consent(CHILD, CHILD, PLAN), consent(TEEN, CHILD, PLAN))
    assert derived(*brothers, parties=(teen, KID), own_of=OwnFile(FILE, TEEN)) == frozenset()


def test_what_is_about_everybody_needs_everybody() -> None:
    about_mother = consent(MOTHER, MOTHER, PLAN, given_on=day(2), valid_until=day(50))
    about_child = consent(MOTHER, CHILD, PLAN, HEALTH, given_on=day(4), valid_until=day(80))
    found = derived(about_mother, about_child, parties=(MUM, ALONE))
    assert of(FILE, found) == {release(FILE, day(4), day(50))}
    assert of(FILE, derived(about_child, parties=(MUM, ALONE))) == set()


def test_who_is_no_subject_is_not_asked_about_everybody() -> None:
    father = replace(DAD, is_subject=False)
    found = derived(consent(MOTHER, CHILD, PLAN), consent(FATHER, FATHER, PLAN), parties=(ALONE, father))
    assert {each.subject for each in found} == {CHILD, FILE}


def test_a_consent_that_names_the_file_counts_for_nobody() -> None:
    assert derived(consent(MOTHER, FILE, PLAN), parties=(MUM,)) == frozenset()
    assert derived(consent(MOTHER, FILE, PLAN), parties=()) == frozenset()


def test_an_empty_scope_means_nothing() -> None:
    assert derived(consent(MOTHER, CHILD), parties=(ALONE,)) == frozenset()


@pytest.mark.parametrize("changed", [
    PLAN._replace(purpose="crisis"), PLAN._replace(category="health"), PLAN._replace(organization=CLINIC),
])  # fmt: skip
def test_a_scope_is_purpose_and_category_and_organization(changed: Scope) -> None:
    assert derived(consent(MOTHER, CHILD, PLAN), consent(FATHER, CHILD, changed)) == frozenset()


def test_a_consent_counts_from_its_first_moment_up_to_its_end() -> None:
    limited = consent(MOTHER, CHILD, PLAN, given_on=day(2), valid_until=day(8))
    withdrawn = consent(MOTHER, CHILD, PLAN, given_on=day(2), ended_at=day(8))
    for each in (limited, withdrawn):
        open_on = [number for number in range(12) if derived(each, parties=(ALONE,), at=day(number))]
        assert open_on == [2, 3, 4, 5, 6, 7]


def test_of_several_consents_the_one_that_ends_last_counts() -> None:
    short = consent(MOTHER, CHILD, PLAN, given_on=day(1), valid_until=day(20))
    long = consent(MOTHER, CHILD, PLAN, given_on=day(3), valid_until=day(50))
    same_end = consent(MOTHER, CHILD, PLAN, given_on=day(2), valid_until=day(50))
    for several in [(short, long), (long, short)]:
        assert of(CHILD, derived(*several, parties=(ALONE,))) == {release(CHILD, day(3), day(50))}
    assert of(CHILD, derived(short, long, same_end, parties=(ALONE,))) == {release(CHILD, day(2), day(50))}


def test_who_must_agree() -> None:
    judging = replace(KID, judges_since=NOW)
    assert who_must_agree(MUM, own_of=FAMILYS, at=NOW) == {MOTHER}
    assert who_must_agree(KID, own_of=FAMILYS, at=NOW) == PARENTS
    assert who_must_agree(judging, own_of=FAMILYS, at=NOW) == {*PARENTS, CHILD}
    assert who_must_agree(judging, own_of=FAMILYS, at=NOW - timedelta(seconds=1)) == PARENTS
    assert who_must_agree(judging, own_of=OwnFile(FILE, CHILD), at=NOW) == {CHILD}
    assert who_must_agree(replace(KID, of_age_on=NOW), own_of=FAMILYS, at=NOW) == {CHILD}


people = st.sampled_from([MOTHER, FATHER, CHILD, TEEN])
moments = st.integers(0, 20).map(day)
scope_sets = st.frozensets(
    st.builds(
        Scope, st.sampled_from(["handover", "crisis"]), st.just("school"), st.sampled_from([SCHOOL, CLINIC])
    ),
    max_size=3,
)
any_consent = st.builds(
    Consent,
    id=st.uuids(),
    given_by=people,
    subject=people,
    scopes=scope_sets,
    given_on=st.integers(0, 12).map(day),
    valid_until=st.integers(8, 40).map(day),
    ended_at=st.none() | moments,
)
many = st.lists(any_consent, max_size=14)


@st.composite
def families(draw: st.DrawFn) -> tuple[Party, ...]:
    def child(person: UUID) -> Party:
        return Party(
            person,
            PartyRole.CHILD,
            custodians=draw(st.frozensets(st.sampled_from([MOTHER, FATHER]))),
            judges_since=draw(st.none() | moments),
            of_age_on=draw(st.none() | moments),
        )

    return (*draw(st.lists(st.sampled_from([MUM, DAD]), unique=True)), child(CHILD), child(TEEN))


files = st.builds(OwnFile, st.just(FILE), st.none() | st.just(TEEN))


def bare(found: frozenset[Release]) -> set[tuple[UUID, str, UUID, str]]:
    return {(each.subject, each.category, each.organization, each.purpose) for each in found}


@given(families(), many, any_consent, files, moments)
def test_one_more_consent_never_takes_a_release_away(
    parties: tuple[Party, ...], consents: list[Consent], more: Consent, own_of: OwnFile, at: datetime
) -> None:
    before = releases(parties, consents=consents, own_of=own_of, at=at)
    after = releases(parties, consents=[*consents, more], own_of=own_of, at=at)
    assert bare(before) <= bare(after)
    ends = {(each.subject, each.category, each.organization, each.purpose): each.until for each in after}
    assert all(
        ends[each.subject, each.category, each.organization, each.purpose] >= each.until for each in before
    )


@given(families(), many, files, moments, st.data())
def test_ending_a_consent_never_brings_a_release(
    parties: tuple[Party, ...], consents: list[Consent], own_of: OwnFile, at: datetime, data: st.DataObject
) -> None:
    before = releases(parties, consents=consents, own_of=own_of, at=at)
    number = data.draw(st.integers(0, max(0, len(consents) - 1)))
    ended = [
        replace(each, ended_at=min(at, each.ends)) if place == number else each
        for place, each in enumerate(consents)
    ]
    assert bare(releases(parties, consents=ended, own_of=own_of, at=at)) <= bare(before)


@given(families(), many, files, moments)
def test_without_the_consent_of_one_who_is_needed_nothing_is_left(
    parties: tuple[Party, ...], consents: list[Consent], own_of: OwnFile, at: datetime
) -> None:
    for party in parties:
        for person in who_must_agree(party, own_of=own_of, at=at):
            rest = [each for each in consents if (each.given_by, each.subject) != (person, party.person)]
            found = releases(parties, consents=rest, own_of=own_of, at=at)
            assert of(party.person, found) == of(FILE, found) == set()


@given(families(), many, files, moments)
def test_a_release_holds_now_and_until_its_end_and_no_longer(
    parties: tuple[Party, ...], consents: list[Consent], own_of: OwnFile, at: datetime
) -> None:
    """At its last moment it is still there; at its end it is gone, unless another consent carries it on."""
    for each in releases(parties, consents=consents, own_of=own_of, at=at):
        assert each.since <= at < each.until
        later = releases(parties, consents=consents, own_of=own_of, at=each.until - timedelta(seconds=1))
        key = (each.subject, each.category, each.organization, each.purpose)
        assert key in bare(later)
        asked = next((party for party in parties if party.person == each.subject), None)
        if asked is not None:
            given_for = [one for one in consents if one.subject == each.subject and one.is_open(at)]
            at_the_end = releases(parties, consents=given_for, own_of=own_of, at=each.until)
            changed = who_must_agree(asked, own_of=own_of, at=each.until) != who_must_agree(
                asked, own_of=own_of, at=at
            )
            assert key not in bare(at_the_end) or changed


@given(families(), many, files, moments)
def test_what_is_about_everybody_is_never_more_than_about_each(
    parties: tuple[Party, ...], consents: list[Consent], own_of: OwnFile, at: datetime
) -> None:
    found = releases(parties, consents=consents, own_of=own_of, at=at)
    for whole in of(FILE, found):
        parts = [
            each
            for each in found
            if each.subject != FILE
            and replace(each, subject=FILE, since=whole.since, until=whole.until) == whole
        ]
        assert {each.subject for each in parts} == {party.person for party in parties}
        assert whole.until == min(each.until for each in parts)
        assert whole.since == max(each.since for each in parts)
