"""Deeds on consents: given, asked for, answered, withdrawn, replaced; and the going of time."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from lueckenlos.commons.privacy import services
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    Ground,
    Mode,
    Purpose,
    ScopeValue,
    WithdrawalWay,
)
from lueckenlos.core.actor import Actor, link_to
from tests.wall.cast import family
from tests.wall.play import Play
from tests.wall.world import now

_CATEGORIES = (Category.IDENTITY, Category.CONTACT, Category.SITUATION, Category.FAMILY, Category.AGREEMENTS)
_PURPOSES = (Purpose.CASE_TALK, Purpose.CASE_TALK, Purpose.HANDOVER)


def scopes(play: Play, rnd: Random) -> tuple[ScopeValue, ...]:
    """Some organizations, some categories, some purposes."""
    return tuple(
        {
            ScopeValue(
                rnd.choice(_PURPOSES), category, rnd.choice(play.world.organizations[1:]),
                Mode.EDIT if rnd.random() < 0.3 else Mode.VIEW,
            ): None
            for category in rnd.sample(_CATEGORIES, k=rnd.randint(1, 4))
        }
    )  # fmt: skip


def _subject(play: Play, rnd: Random) -> tuple[UUID, str] | None:
    rows = [row for row in play.facts.all("privacy_party") if row.left_at is None and row.is_subject]
    if not rows:
        return None
    row = rnd.choice(rows)
    return UUID(row.file_id), row.person


def _who_agrees(play: Play, file: UUID, subject: str) -> list[str]:
    """Those whose word counts for a person's data at this moment."""
    row = next(each for each in play.model.parties(str(file)) if each.person == subject)
    own_of = play.facts["privacy_file"][str(file)].own_of
    if row.of_age_at is None or row.of_age_at <= now() or own_of == subject:
        return [subject]
    judges = [subject] if row.judges_since else []
    return sorted(play.model.guardians(str(file), subject)) + judges


def consent(play: Play, rnd: Random) -> None:
    """Everybody whose consent is needed gives it, or only some of them, or somebody who has nothing to say."""
    found = _subject(play, rnd)
    if found is None:
        return
    file, subject = found
    wanted = scopes(play, rnd)
    entitled = _who_agrees(play, file, subject)
    given_by = entitled if rnd.random() < 0.7 else rnd.sample(entitled, k=min(1, len(entitled)))
    if rnd.random() < 0.1:
        given_by = [str(rnd.choice(play.people))]
    actor = play.somebody_with_a_pen(rnd, file)
    for each in given_by:
        may = str(file) in play.view(actor).pens and each in entitled
        with play.attempt(may=may):
            _record(play, rnd, file, subject, each, wanted, actor)


def _record(play, rnd, file, subject, given_by, wanted, actor) -> None:
    services.record_consent(
        file,
        new=services.NewConsent(
            text=rnd.choice(play.texts),
            given_by=UUID(given_by),
            subject=UUID(subject),
            scopes=wanted,
            form=ConsentForm.PAPER,
            given_at=now() - timedelta(days=rnd.choice((0, 0, 5))),
            valid_until=now() + timedelta(days=rnd.choice((20, 100, 300, 350))),
        ),
        actor=actor,
    )


def ask(play: Play, rnd: Random) -> None:
    """Somebody is asked for a consent, by link or on the tablet."""
    found = _subject(play, rnd)
    if found is None or len(play.facts["privacy_consentdraft"]) > 6:
        return
    file, subject = found
    actor = play.somebody_with_a_pen(rnd, file)
    asked = rnd.choice([*_who_agrees(play, file, subject), subject])
    with play.attempt(may=str(file) in play.view(actor).pens):
        services.ask_for_consent(
            file,
            new=services.NewDraft(
                text=play.texts[0],
                asked=UUID(asked),
                asked_label="Frau A.",
                subject=UUID(subject),
                subject_label="Kim",
                scopes=scopes(play, rnd),
                valid_until=now() + timedelta(days=200),
                expires_at=now() + timedelta(days=rnd.choice((7, 30))),
            ),
            actor=actor,
            now=now(),
        )


def answer(play: Play, rnd: Random) -> None:
    """Whoever was asked answers, by link or account; others try, and a second answer finds it closed."""
    if not play.facts["privacy_consentdraft"]:
        return
    draft = rnd.choice(play.facts.all("privacy_consentdraft"))
    actor = rnd.choice(_who_answers(play, draft))
    raw = play.facts.raw["privacy_consentdraft"][draft.id]
    may = _may_answer(play, draft, actor) and raw["answer"] == "open"
    chosen = frozenset(place for place in range(len(raw["scopes"])) if rnd.random() < 0.8)
    entitled = _who_agrees_or_none(play, draft, raw["subject"])
    expired = play.moment(raw["expires_at"]) <= now()
    with play.attempt(may=may and not expired and (not chosen or draft.asked in entitled)):
        services.answer_draft(UUID(draft.id), answer=services.Answer(chosen=chosen), actor=actor)


def _who_answers(play: Play, draft) -> list[Actor]:
    key = UUID(draft.id)
    return [
        link_to(key, purpose="consent"),
        link_to(key, purpose="consent"),
        family(UUID(draft.asked)),
        link_to(UUID(draft.asked), purpose="own-data"),
        link_to(UUID(draft.file_id), purpose="consent"),
        family(play.people[0]),
        play.workers[0].acting(),
        play.workers[-1].acting("case_talk"),
    ]


def _may_answer(play: Play, draft, actor: Actor) -> bool:
    view = play.view(actor)
    return draft.id == view.link or draft.asked == view.own or draft.file_id in view.pens


def _who_agrees_or_none(play: Play, draft, subject: str) -> list[str]:
    there = [row for row in play.model.parties(draft.file_id) if row.person == subject]
    if not there or there[0].left_at is not None or not there[0].is_subject:
        return []
    return _who_agrees(play, UUID(draft.file_id), subject)


def revoke(play: Play, rnd: Random) -> None:
    """A question is taken back."""
    if not play.facts["privacy_consentdraft"]:
        return
    draft = rnd.choice(play.facts.all("privacy_consentdraft"))
    actor = play.somebody_with_a_pen(rnd, UUID(draft.file_id))
    is_open = play.facts.raw["privacy_consentdraft"][draft.id]["answer"] == "open"
    with play.attempt(may=is_open and draft.file_id in play.view(actor).pens):
        services.revoke_draft(UUID(draft.id), actor=actor)


def withdraw(play: Play, rnd: Random) -> None:
    """A consent ends, whole or in part: by who gave it, by a professional with their word; others try."""
    rows = [row for row in play.facts.all("privacy_consent") if play.model.is_given(row)]
    if not rows:
        return
    row = rnd.choice(rows)
    mine = [each.id for each in play.facts.all("privacy_scope") if each.consent_id == row.id]
    others = [each.id for each in play.facts.all("privacy_scope") if each.consent_id != row.id]
    part = [UUID(rnd.choice(mine))] if rnd.random() < 0.5 else []
    foreign = bool(others) and rnd.random() < 0.1
    if foreign:
        part = [UUID(rnd.choice(others))]
    worker = play.somebody_with_a_pen(rnd, UUID(row.file_id))
    giver, stranger = family(UUID(row.given_by)), family(rnd.choice(play.people))
    actor, way = rnd.choice(
        [(giver, WithdrawalWay.OWN_PAGE), (worker, WithdrawalWay.WORD), (stranger, WithdrawalWay.OWN_PAGE)]
    )
    view = play.view(actor)
    may = row.given_by == view.own or row.file_id in view.pens
    with play.attempt(may=may and not foreign):
        services.withdraw(UUID(row.id), way=way, actor=actor, now=now(), scopes=part)


def replace(play: Play, rnd: Random) -> None:
    """A newer consent of the same person for the same data takes an older one's place."""
    rows = [row for row in play.facts.all("privacy_consent") if row.state == "given"]
    if len(rows) < 2:
        return
    old, new = rnd.sample(rows, k=2)
    actor = rnd.choice([play.somebody_with_a_pen(rnd, UUID(old.file_id)), family(UUID(old.given_by))])
    view = play.view(actor)
    same = (old.file_id, old.given_by, old.subject) == (new.file_id, new.given_by, new.subject)
    with play.attempt(may=same and (old.file_id in view.pens or old.given_by == view.own)):
        services.replace_consent(UUID(old.id), new=UUID(new.id), actor=actor)


def release_from_secrecy(play: Play, rnd: Random) -> None:
    """Somebody bound to secrecy may speak; it opens no row."""
    found = _subject(play, rnd)
    if found is None or len(play.facts["privacy_confidentialityrelease"]) > 5:
        return
    file, subject = found
    actor = play.somebody_with_a_pen(rnd, file)
    with play.attempt(may=str(file) in play.view(actor).pens):
        services.release_from_secrecy(
            file,
            new=services.NewSecrecyRelease(
                released="Dr. B.",
                towards=play.world.organizations[1],
                given_by=UUID(subject),
                subject=UUID(subject),
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=90),
            ),
            actor=actor,
        )


def disclose(play: Play, rnd: Random) -> None:
    """Whoever saw something leaves a line for the family; whoever has no way in leaves none."""
    found = _subject(play, rnd)
    if found is None or len(play.facts["privacy_disclosure"]) > 15:
        return
    file, subject = found
    actor = rnd.choice(play.workers).acting(rnd.choice((None, "case_talk", "protection")))
    with play.attempt(may=str(file) in play.view(actor).ways):
        services.disclose(
            file,
            seen=[(UUID(subject), rnd.choice(_CATEGORIES))],
            ground=Ground.CONSENT,
            actor=actor,
            now=now(),
        )


def pass_time(play: Play, rnd: Random) -> None:
    """Time goes by, and nobody does anything: what ends, ends by itself."""
    play.pass_time(rnd.choice((0.5, 1, 8, 25, 45, 150)))


def expire(play: Play, _rnd: Random) -> None:
    """The job gives what ended the word for it, and derives anew where somebody came of age."""
    came_of_age = {
        row.file_id
        for row in play.facts.all("privacy_party")
        if row.of_age_at and play.touched[row.file_id] < row.of_age_at <= now()
    }
    services.expire_consents()
    play.settle()
    for file in came_of_age:
        play.touched[file] = now()


DEEDS = (
    consent, consent, consent, consent, ask, answer, answer, revoke, withdraw, withdraw, replace, release_from_secrecy,
    disclose, pass_time, expire,
)  # fmt: skip
