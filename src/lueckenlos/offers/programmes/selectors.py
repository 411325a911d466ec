"""Reads of programmes (open) and of those who take part (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.ages import age_on
from lueckenlos.core.context import acting_as
from lueckenlos.core.incoming import FileKind
from lueckenlos.core.postal import DueLetter, recipient_of
from lueckenlos.offers.programmes.models import (
    Access,
    Attendance,
    Counter,
    Feedback,
    Material,
    Programme,
    Registration,
    Seat,
    Session,
)
from lueckenlos.offers.programmes.services import seating
from lueckenlos.offers.programmes.signs import sign_of
from lueckenlos.offers.programmes.types import (
    AccessView,
    ComesWith,
    ConsentWay,
    Fare,
    FeedbackSummary,
    Filters,
    Format,
    Kind,
    MaterialView,
    Places,
    ProgrammeState,
    ProgrammeView,
    Question,
    QuotaValue,
    RegistrationState,
    RegistrationView,
    SeatValue,
    SeatView,
    SessionView,
)

MOST_LISTED = 200


def upcoming(filters: Filters, *, now: datetime) -> list[ProgrammeView]:
    """What is published and has a date ahead, soonest first."""
    ahead = Session.objects.filter(programme=OuterRef("pk"), ends_at__gt=now, is_cancelled=False)
    found = Programme.objects.filter(Exists(ahead), state=ProgrammeState.PUBLISHED.value)
    found = found.filter(for_professionals=filters.for_professionals)
    if filters.kind:
        found = found.filter(kind=filters.kind.value)
    if filters.organizations is not None:
        found = found.filter(organization__in=filters.organizations)
    if filters.ags:
        found = found.filter(Q(municipality_id=filters.ags) | Q(format=Format.ONLINE.value))
    if filters.age is not None:
        found = found.filter(
            Q(age_min__isnull=True) | Q(age_min__lte=filters.age),
            Q(age_max__isnull=True) | Q(age_max__gte=filters.age),
        )
    soonest = Min("sessions__starts_at", filter=Q(sessions__ends_at__gt=now, sessions__is_cancelled=False))
    views = _views(found.alias(soonest=soonest).order_by("soonest", "id")[:MOST_LISTED])
    return sorted(views, key=lambda each: _ahead(each, now=now))


def programme(key: str) -> ProgrammeView | None:
    """One published or cancelled programme by its key."""
    shown = (ProgrammeState.PUBLISHED.value, ProgrammeState.CANCELLED.value)
    return next(iter(_views(Programme.objects.filter(key=key, state__in=shown))), None)


def by_id(key: UUID) -> ProgrammeView | None:
    """One programme in whatever state, for those who already know of it."""
    return next(iter(_views(Programme.objects.filter(id=key))), None)


def several(keys: Collection[UUID]) -> list[ProgrammeView]:
    """These programmes in whatever state, by title."""
    return _views(Programme.objects.filter(id__in=keys).order_by("title", "id"))


def age_at_start(view: ProgrammeView, born_on: date) -> int:
    """How old somebody is on the first date."""
    first = view.next_session
    return age_on(born_on, clock.day_of(first.starts_at if first else clock.real_now()))


def sign_for(subject: UUID, seat: SeatValue, *, email: str) -> str:
    """The sign of somebody within one subject: equal people, equal signs, see signs.py."""
    return sign_of(subject, seat.first_name, seat.family_name, seat.born_on, reach=email)


def programme_of_session(key: UUID) -> UUID | None:
    """To which programme a date belongs."""
    return Session.objects.filter(id=key).values_list("programme", flat=True).first()


def of_organization(actor: Actor) -> list[ProgrammeView]:
    """All programmes that the actor keeps for their organization, newest first; not those of other teams."""
    kept = Q(unit__isnull=True) | Q(unit__in=work.unit_keys(actor, now=clock.real_now()))
    found = Programme.objects.filter(kept, organization=actor.organization)
    return _views(found.order_by("-created_at"))


def is_kept_by(actor: Actor, view: ProgrammeView) -> bool:
    """Whether the actor is among those who keep a programme: in its organization, and in its team where it has one."""
    if view.organization != actor.organization:
        return False
    return view.unit is None or view.unit in work.unit_keys(actor, now=clock.real_now())


def registrations(actor: Actor, key: UUID) -> list[RegistrationView]:
    """Who registered for a programme, in the order of rank; nobody for whom it is not."""
    with acting_as(actor):
        rows = list(Registration.objects.filter(programme=key).order_by("created_at", "id"))
        seats: dict[UUID, list[Seat]] = defaultdict(list)
        for seat in Seat.objects.filter(registration__in=[row.id for row in rows]).order_by("is_child", "id"):
            seats[seat.registration_id].append(seat)
    return [_registration(row, seats[row.id]) for row in rows]


def registration(actor: Actor, key: UUID) -> RegistrationView | None:
    """One registration, or nothing."""
    with acting_as(actor):
        row = Registration.objects.filter(id=key).first()
        seats = list(Seat.objects.filter(registration=key).order_by("is_child", "id")) if row else []
    return None if row is None else _registration(row, seats)


def due_letters(actor: Actor, *, now: datetime) -> list[DueLetter]:
    """What is to be printed for the actor's organization, by programme."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = Registration.objects.filter(organization=actor.organization).exclude(letter="")
        ahead = rows.alias(last=Max("programme__sessions__ends_at")).filter(last__gt=now)
        found = list(
            ahead.select_related("programme").order_by("programme__title", "created_at")[:MOST_LISTED]
        )
    return [
        DueLetter(
            row.id,
            row.letter,
            row.programme.title,
            recipient_of(row.name, row.street, row.postcode, row.city),
            row.phone,
        )
        for row in found
    ]


def mine(actor: Actor) -> list[tuple[RegistrationView, ProgrammeView]]:
    """What the account that asks registered for while it was signed in, newest first; nothing for a visitor."""
    if actor.person_id is None:
        return []
    with acting_as(actor):
        rows = list(Registration.objects.filter(account=actor.person_id).order_by("-created_at", "id"))
    programmes = {view.id: view for view in several({row.programme_id for row in rows})}
    return [(_registration(row, ()), programmes[row.programme_id]) for row in rows]


def rank_of(actor: Actor, key: UUID) -> int | None:
    """Where a waiting registration stands; the place in line is asked of the job that keeps it."""
    with acting_as(actor):
        row = Registration.objects.filter(id=key, state=RegistrationState.WAITING.value).first()
    return None if row is None else seating.rank(row.programme_id, key)


def access(actor: Actor, key: UUID) -> AccessView | None:
    """How one gets in online, for those who may know."""
    with acting_as(actor):
        row = Access.objects.filter(programme=key).first()
    return None if row is None else AccessView(row.address, row.note, row.hours_before, row.materials)


def materials(actor: Actor, key: UUID) -> list[MaterialView]:
    """The files of a programme: all for who keeps it, for a link with a place those whose date is over."""
    with acting_as(actor):
        return [_material(row) for row in Material.objects.filter(programme=key).order_by("added_at", "id")]


def material(actor: Actor, key: UUID) -> MaterialView | None:
    """One file, or nothing."""
    with acting_as(actor):
        row = Material.objects.filter(id=key).first()
    return None if row is None else _material(row)


def came(actor: Actor, session: UUID) -> dict[UUID, bool]:
    """Who was marked at a date: seat to whether they came."""
    with acting_as(actor):
        return dict(Attendance.objects.filter(session=session).values_list("seat_id", "came"))


def attended(actor: Actor, key: UUID) -> dict[UUID, set[UUID]]:
    """To which dates those of one registration came: seat to dates."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    with acting_as(actor):
        rows = Attendance.objects.filter(seat__registration=key, came=True)
        for seat, session in rows.values_list("seat_id", "session_id"):
            found[seat].add(session)
    return dict(found)


def feedback(actor: Actor, key: UUID) -> FeedbackSummary:
    """What those who took part said, together; under five answers only how many there are."""
    with acting_as(actor):
        rows = list(Feedback.objects.filter(programme=key).values_list("helped", "again", "words"))
    return FeedbackSummary.of(rows)


def _views(rows: QuerySet[Programme]) -> list[ProgrammeView]:
    found = list(rows)
    sessions: dict[UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(programme__in=found).order_by("starts_at"):
        sessions[session.programme_id].append(session)
    counters = {each.programme_id: each for each in Counter.objects.filter(programme__in=found)}
    names = directory.organization_names({row.organization_id for row in found})
    return [
        _view(
            row,
            sessions=sessions[row.id],
            counter=counters.get(row.id),
            organization=names.get(row.organization_id, ""),
        )
        for row in found
    ]


def _view(
    row: Programme, *, sessions: Iterable[Session], counter: Counter | None, organization: str
) -> ProgrammeView:
    return ProgrammeView(
        id=row.id,
        key=row.key,
        organization=row.organization_id,
        unit=row.unit_id,
        service=row.service_id,
        organization_name=organization,
        kind=Kind(row.kind),
        title=row.title,
        summary=row.summary,
        description=row.description,
        format=Format(row.format),
        comes=ComesWith(row.comes),
        for_professionals=row.for_professionals,
        age_min=row.age_min,
        age_max=row.age_max,
        place=row.place,
        ags=row.municipality_id,
        languages=tuple(row.languages),
        speakers=row.speakers,
        partners=row.partners,
        fee=row.fee,
        fares=tuple(Fare(**each) for each in row.fares),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        most_together=row.most_together,
        questions=tuple(Question(**each) for each in row.questions),
        quotas=tuple(QuotaValue.read(each) for each in row.quotas),
        waitlist_limit=row.waitlist_limit,
        state=ProgrammeState(row.state),
        version=row.version,
        sessions=tuple(
            SessionView(
                each.id,
                each.starts_at,
                each.ends_at,
                each.place or row.place,
                each.is_cancelled,
                each.sequence,
            )
            for each in sessions
        ),
        places=Places(
            row.capacity,
            counter.taken if counter else 0,
            counter.promised if counter else 0,
            counter.waiting if counter else 0,
        ),
    )


def _registration(row: Registration, seats: Iterable[Seat]) -> RegistrationView:
    return RegistrationView(
        id=row.id,
        programme=row.programme_id,
        state=RegistrationState(row.state),
        size=row.size,
        created_at=row.created_at,
        offered_until=row.offered_until,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        ags=row.ags or None,
        answers=tuple((each["label"], each["answer"]) for each in row.answers),
        seats=tuple(
            SeatView(
                each.id,
                each.first_name,
                each.family_name,
                each.born_on,
                each.support,
                each.is_child,
                Fare(each.fare, each.cents) if each.fare else None,
            )
            for each in seats
        ),
        version=row.version,
        has_fed_back=row.has_fed_back,
        asked_until=row.asked_until,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        consent_way=ConsentWay(row.consent_way),
    )


def _material(row: Material) -> MaterialView:
    return MaterialView(
        row.id, row.programme_id, row.session_id, row.name, FileKind(row.kind), row.size, row.stored_as
    )


def _ahead(view: ProgrammeView, *, now: datetime) -> datetime:
    return min(each.starts_at for each in view.sessions if each.ends_at > now and not each.is_cancelled)
