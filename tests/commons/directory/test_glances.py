"""What a list shows of a service is what its page says, in every language, and nothing that is hidden."""

from datetime import timedelta

import pytest

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.models import Phone, Service, Translation
from lueckenlos.commons.directory.types import Glance, ServiceStatus, ServiceView
from lueckenlos.core import clock

pytestmark = pytest.mark.django_db
LANGUAGES = ("de", "de-x-plain", "ar")


def as_the_page_says(view: ServiceView, language: str) -> dict[str, object]:
    """What a glance must say, from the whole entry."""
    same = (
        "id", "key", "age_min", "age_max", "audience", "format", "access", "fee", "is_free", "languages",
        "schedule_text", "next_dates", "waiting_weeks", "verified_on", "freshness",
    )  # fmt: skip
    return {name: getattr(view, name) for name in same} | {
        "name": view.text("name", language),
        "description": view.text("description", language),
        "organization": view.organization.name,
        "feed": view.feed.name if view.feed else "",
        "places": [
            (each.city or each.municipality, each.latitude, each.longitude) for each in view.locations
        ],
        "phone": view.all_phones[0].number if view.all_phones else "",
    }


def as_the_list_says(glance: Glance) -> dict[str, object]:
    return {name: getattr(glance, name) for name in Glance.__slots__} | {
        "places": [(each.town, each.latitude, each.longitude) for each in glance.places]
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_of_the_county_is_said_as_on_its_page(language: str) -> None:
    now = clock.now()
    ids = list(directory.shown_services(today=clock.today()).values_list("id", flat=True))
    views = directory.services(ids, now=now)

    glances = directory.glances(ids, language=language, now=now)

    assert len(glances) == len(views) > 100
    for glance, view in zip(glances, views, strict=True):
        assert as_the_list_says(glance) == as_the_page_says(view, language)


def test_a_service_without_words_for_its_times_says_those_of_its_rules() -> None:
    service = Service.objects.filter(schedules__rrule__gt="", status=ServiceStatus.ACTIVE).first()
    assert service is not None
    Service.objects.filter(pk=service.pk).update(schedule_text="")

    [glance] = directory.glances([service.pk], language="de", now=clock.now())

    [view] = directory.services([service.pk], now=clock.now())
    assert glance.next_dates == view.next_dates != ()


def test_an_edit_shows_at_once_and_what_is_withdrawn_or_over_is_gone() -> None:
    now, today = clock.now(), clock.today()
    service, other, over = directory.public_services(today=today)[:3]
    keys = [over.key, service.key, "gibt-es-nicht", other.key]
    assert [each.key for each in directory.glances_by_key(keys, language="de", now=now)] == [
        over.key,
        service.key,
        other.key,
    ]

    Service.objects.filter(pk=service.pk).update(name="Neuer Name")
    Translation.objects.filter(service=service, language="ar").delete()
    Phone.objects.filter(service=service).delete()
    Phone.objects.create(service=service, number="02421 1", extension="7")
    Service.objects.filter(pk=other.pk).update(status=ServiceStatus.DEFUNCT)
    Service.objects.filter(pk=over.pk).update(valid_to=today - timedelta(days=1))

    [glance] = directory.glances_by_key(keys, language="ar", now=now)
    assert str(glance.name) == "Neuer Name"
    assert glance.name.is_fallback
    assert glance.phone == "02421 1-7"
    assert directory.glances([other.pk, over.pk], language="de", now=now) == []


def test_a_list_costs_one_statement(django_assert_num_queries: object) -> None:
    now, ids = clock.now(), [each.pk for each in directory.public_services(today=clock.today())[:10]]
    directory.glances(ids, language="de", now=now)

    with django_assert_num_queries(2):  # type: ignore[operator]  # the county's version, and the list
        directory.glances(ids, language="de", now=now)
    assert directory.glances([], language="de", now=now) == []
