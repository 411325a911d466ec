"""`lueckenlos take-bounce`: a mail server hands over its report about a letter that did not arrive."""

import json
import sys

import click

from lueckenlos.config.house import opened
from lueckenlos.core import bounces, clock
from lueckenlos.core.failure import StatedFailure


@click.command("take-bounce")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(*, as_json: bool) -> None:
    """Liest den Bericht eines Mailservers (RFC 3464) von der Standardeingabe und merkt sich, wo keine Post ankommt."""
    raw = sys.stdin.buffer.read(bounces.LONGEST_REPORT)
    with opened():
        try:
            count = bounces.take_report(raw, now=clock.real_now())
        except bounces.NoReport as error:
            raise StatedFailure(
                "Das ist kein Bericht eines Mailservers über unzustellbare Post (message/delivery-status)."
            ) from error
    click.echo(json.dumps({"addresses": count}) if as_json else f"{count} Adressen vorgemerkt.")
