"""What could not be given is counted in the phase of life it is about: by the children, the programme, or its entry."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.directory.models import ActionField, LifePhase, Service
from lueckenlos.commons.places.models import County, Municipality
from lueckenlos.commons.signals import selectors as signals
from lueckenlos.commons.signals.models import Signal
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.fields import Point
from lueckenlos.offers.programmes import services
from lueckenlos.offers.programmes.errors import NoSuchProgramme, NotFit, Refused
from lueckenlos.offers.programmes.types import ComesWith
from tests.offers.browsing import client
from tests.offers.phases import lay_phases
from tests.offers.programmes.house import Centre, born, wish
from tests.wall.world import Worker, now

TITZ = "05358060"


@pytest.fixture(autouse=True)
def _phases(centre: Centre) -> None:
    del centre
    lay_phases()
    ActionField.objects.create(key="kultur", label="Kultur", position=0)


def entry(worker: Worker, *phases: str, name: str = "Musikschule") -> UUID:
    """An entry of the directory, for these phases."""
    made = Service.objects.create(
        key=f"eintrag-{uuid4()}", organization_id=worker.organization, name=name, audience="kinder",
        format="vor_ort", access="offen",
    )  # fmt: skip
    made.phases.set(LifePhase.objects.filter(key__in=phases))
    made.fields.set(ActionField.objects.all())
    return made.id


def fill(centre: Centre) -> None:
    """All places are taken."""
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem"), now=now())


def counted() -> list[tuple[str, str, str | None, str | None]]:
    """Source, reason, phase and field of all that was counted."""
    return list(Signal.objects.order_by("id").values_list("source", "reason", "phase", "field"))


def test_who_waits_and_who_is_refused_is_counted_in_the_phase_of_the_children(centre: Centre) -> None:
    centre.change(waitlist_limit=1)
    fill(centre)
    services.register(wish(centre.programme.id, "Dana"), now=now())
    with pytest.raises(Refused):
        services.register(wish(centre.programme.id, "Emil", age=7), now=now())
    assert counted() == [
        (SignalSource.WAITLIST.value, SignalReason.WAITING.value, "kita", None),
        (SignalSource.REFUSAL.value, SignalReason.NO_PLACE.value, "grundschule", None),
    ]


def test_a_baby_is_under_three_and_a_programme_for_those_up_to_two_is_for_them(centre: Centre) -> None:
    centre.change(age_min=0, age_max=2)
    services.register(wish(centre.programme.id, "Ada", "Bela", "Cem", age=1), now=now())
    services.register(wish(centre.programme.id, "Dana", age=0), now=now())
    services.count_why_not(centre.look(), reason=SignalReason.TIME, ags=None, now=now())
    assert [phase for _source, _reason, phase, _field in counted()] == ["u3", "u3"]


def test_a_child_that_is_too_old_is_counted_in_its_own_phase_not_in_that_of_the_programme(
    centre: Centre,
) -> None:
    centre.change(age_min=3, age_max=5, service=entry(centre.worker, "kita"))
    with pytest.raises(NotFit):
        services.register(wish(centre.programme.id, "Finn", age=12), now=now())
    assert counted() == [(SignalSource.REFUSAL.value, SignalReason.AGE.value, "sek1", "kultur")]


def test_a_page_that_refuses_an_age_counts_it_too(centre: Centre) -> None:
    centre.change(age_min=3, age_max=5)
    url = reverse("programmes:register", args=[centre.look().key])
    answer = Client().post(url, {"first_0": "Finn", "born_0": born(12).isoformat()})
    assert answer.status_code == 422
    assert counted() == [(SignalSource.REFUSAL.value, SignalReason.AGE.value, "sek1", None)]


def test_children_of_two_phases_say_nothing_of_one_and_the_entry_says_it(centre: Centre) -> None:
    fill(centre)
    together = wish(centre.programme.id, "Dana")
    older = wish(centre.programme.id, "Emil", age=7)
    both = replace(together, seats=(*together.seats, *older.seats))
    services.register(both, now=now())
    assert counted()[-1][2] is None
    centre.change(service=entry(centre.worker, "kita"))
    services.register(wish(centre.programme.id, "Finn", "Gül"), now=now())
    assert counted()[-1][2:] == ("kita", "kultur")


def test_what_does_not_suit_is_counted_by_the_ages_or_the_entry_and_an_age_by_neither(
    centre: Centre,
) -> None:
    def told(reason: SignalReason) -> tuple[str | None, str | None]:
        services.count_why_not(centre.look(), reason=reason, ags=None, now=now())
        return counted()[-1][2:]

    assert told(SignalReason.TIME) == (None, None)
    centre.change(age_min=6, age_max=9)
    assert told(SignalReason.COST) == ("grundschule", None)
    centre.change(comes=ComesWith.ADULT, age_min=None, age_max=None, service=entry(centre.worker, "kita"))
    assert told(SignalReason.TOO_FAR) == ("kita", "kultur")
    centre.change(service=entry(centre.worker, "kita", "sek1"), age_min=None, age_max=None)
    assert told(SignalReason.LANGUAGE) == (None, "kultur")
    assert told(SignalReason.AGE) == (None, "kultur")


def test_the_chain_reads_them_by_place_phase_and_field(centre: Centre) -> None:
    county = County.objects.create(key="05358", name="Kreis", settings={}, loaded_at=now())
    Municipality.objects.create(
        ags=TITZ, county=county, name="Titz", sort_key="titz", boundary={}, label_point=Point(0, 0)
    )
    centre.change(service=entry(centre.worker, "kita"))
    fill(centre)
    services.register(wish(centre.programme.id, "Dana", ags=TITZ), now=now())
    (cell,) = signals.by_cell(since=clock.day_of(now()))
    assert (cell.ags, cell.phase, cell.field, cell.reason, cell.count) == (
        TITZ,
        "kita",
        "kultur",
        SignalReason.WAITING,
        1,
    )


def test_an_entry_is_chosen_at_the_desk_and_only_of_the_own_organization(centre: Centre) -> None:
    own, theirs = entry(centre.worker, "kita"), entry(centre.stranger, "kita", name="Fremdes Angebot")
    with pytest.raises(NoSuchProgramme):
        centre.change(service=theirs)
    browser, url = client(centre.worker), reverse("programmes:change", args=[centre.programme.id])
    shown = browser.get(url).content.decode()
    assert "Zu welchem Eintrag im Verzeichnis gehört es?" in shown
    assert "Musikschule" in shown and "Fremdes Angebot" not in shown
    centre.change(service=own)
    assert f'value="{own}" selected' in browser.get(url).content.decode()
    outsider = client(centre.stranger)
    assert outsider.get(url).status_code == 404
    Service.objects.filter(id=own).delete()
    assert centre.look().service is None
