"""What a change costs the next page of the chain: the calculation as a share of the request that shows it."""

import itertools
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times
from benchmarks.house import COUNTY, county, lueckenlos
from lueckenlos.core import clock
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import TargetRevision

PAGE = "/kette/?gemeinde=05358056"


def run(size: Size = Size.FULL) -> Table:
    """Change a target, ask for the page, and hold the calculation and an unchanged page against it."""
    rounds = 3 if size is Size.QUICK else 15
    with county(), override_settings(SECOND_FACTOR="offered"):
        lueckenlos("load-people", str(COUNTY / "people.toml"))
        client = _coordination()
        client.get(PAGE)
        number = itertools.count(13)
        changed = median(lambda: _change_and_ask(client, places=next(number)), rounds=rounds)
        same = median(lambda: client.get(PAGE), rounds=rounds)
        known, _knowledge = selectors.county_of()
        kernel = median(lambda: calculate(known, as_of=clock.today()), rounds=rounds)
    return Table(
        title="The chain follows every change",
        claim="A change in the house is in the picture of the same request; reckoning is the smaller part of it.",
        figures=(
            Figure("page after a change", milliseconds(changed), "the same page again", milliseconds(same),
                   times(changed / same)),
            Figure("calculation of the county", milliseconds(kernel), "page after a change", milliseconds(changed),
                   times(kernel / changed), "≤ 0.5 ×"),
        ),
        note="Server time in process with all middleware, 15 municipalities, 63 cells each, 374 services.",
    )  # fmt: skip


def _coordination() -> Client:
    client = Client(headers={"host": "localhost"})
    person = get_user_model().objects.get(email="koordination@example.org")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _change_and_ask(client: Client, *, places: int) -> None:
    TargetRevision.objects.create(
        area="05358056", phase="sek1", field="sport_freizeit", places_per_100=places,
        known_at=datetime.now(UTC),
    )  # fmt: skip
    if f"von {places}" not in client.get(PAGE).content.decode():
        raise RuntimeError("the page does not show the new target")


if __name__ == "__main__":
    main(run)
