"""`lueckenlos load-demo-cases`: example families, so that a demo's desks are not empty."""

import json

import click

from lueckenlos.config.demo_bookings import lay_demo_bookings
from lueckenlos.config.demo_cases import lay_cases
from lueckenlos.config.demo_centres import lay_demo_centres
from lueckenlos.config.demo_classes import lay_demo_classes
from lueckenlos.config.demo_courses import lay_demo_courses
from lueckenlos.config.demo_holidays import lay_demo_holidays
from lueckenlos.config.demo_programmes import lay_demo_programmes
from lueckenlos.config.demo_talks import lay_demo_series
from lueckenlos.config.demo_vouchers import lay_demo_vouchers
from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.failure import StatedFailure


@click.command("load-demo-cases")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(*, as_json: bool) -> None:
    """Legt Beispiel-Familien an (nur im Demo-Kreis; ein zweites Mal ändert nichts)."""
    with opened() as environment:
        if not environment.demo:
            raise StatedFailure("Beispiel-Familien gibt es nur im Demo-Kreis (LUECKENLOS_DEMO=1).")
        laid = lay_cases(now=clock.real_now())
        lay_demo_series(clock.real_now())
        lay_demo_programmes(clock.real_now())
        lay_demo_bookings(clock.real_now())
        lay_demo_classes(clock.real_now())
        lay_demo_holidays(clock.real_now())
        lay_demo_courses(clock.real_now())
        lay_demo_centres(clock.real_now())
        lay_demo_vouchers(clock.real_now())
    click.echo(json.dumps({"cases": laid}) if as_json else f"{laid} Beispiel-Fälle angelegt.")
