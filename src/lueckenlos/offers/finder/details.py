"""What a family asks about a service, answered in their words."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from lueckenlos.commons.directory.types import Access, Format, ServiceView
from lueckenlos.offers.finder import wording

MOST_DATES = 6


@dataclass(frozen=True, slots=True)
class MapLink:
    """A place with a link that opens the reader's own map program; nothing is loaded from it here."""

    label: str
    url: str
    transportation: str


def facts(service: ServiceView, *, language: str) -> list[tuple[str, str]]:
    """The details as pairs of question and answer; what nobody has said is left out."""
    return [
        (_("Für wen"), _for_whom(service)),
        (_("Wann"), _when(service, language=language)),
        (
            _("Wo"),
            "\n".join(wording.where(place) for place in service.locations)
            or str(wording.FORMATS[service.format]),
        ),
        (_("Was kostet es"), _cost(service, language=language)),
        (
            _("Wie lange wartet man"),
            "" if service.waiting_weeks is None else wording.waiting(service.waiting_weeks),
        ),
        (_("Sprachen"), _languages(service)),
        (_("Barrierefrei"), accessible(service)),
        (_("Was mitbringen"), ", ".join(service.documents)),
        (_("Wer bietet es an"), service.organization.name),
        (
            _("Zuletzt geprüft"),
            wording.on_day(service.verified_on) if service.verified_on else _("noch nicht"),
        ),
    ]


def how_to_start(service: ServiceView) -> str:
    """The first step in one sentence."""
    if service.application:
        return service.application
    if service.access is Access.REFERRAL:
        return _("Eine Beratungsstelle oder das Familienbüro vermittelt Sie. Rufen Sie dort an.")
    if service.format is Format.PHONE:
        return _("Rufen Sie einfach an.")
    if service.access is Access.OPEN:
        return _("Kommen Sie einfach vorbei. Sie müssen sich nicht anmelden.")
    return _("Rufen Sie an oder schreiben Sie, um sich anzumelden.")


def map_links(service: ServiceView) -> list[MapLink]:
    """One link a place, as `geo:` address that the phone's own map opens."""
    return [
        MapLink(
            label=wording.where(place),
            url=f"geo:{place.latitude},{place.longitude}?q={quote(place.address)}",
            transportation=place.transportation,
        )
        for place in service.locations
        if place.latitude is not None and place.longitude is not None
    ]


def next_dates(service: ServiceView) -> list[str]:
    """The next dates in words, each once: where the hours are not known, two of a day read the same."""
    dates = [each for each in service.next_dates if not wording.around_the_clock(each)]
    return list(dict.fromkeys(wording.at_time(each) for each in dates))[:MOST_DATES]


def accessible(service: ServiceView) -> str:
    """Step-free or not; what is unknown is said to be unknown."""
    if service.accessible is None:
        return _("Das wissen wir nicht. Fragen Sie bitte nach.")
    notes = [place.accessibility_note for place in service.locations if place.accessibility_note]
    answer = _("ja, ohne Stufen") if service.accessible else _("nein")
    return ". ".join([answer, *notes])


def _when(service: ServiceView, *, language: str) -> str:
    said = service.text("schedule_text", language).text
    on_site = service.format in {Format.ON_SITE, Format.MOBILE}
    if service.access is Access.OPEN and on_site and not service.next_dates:
        # Whoever may simply come must not stand before a closed door.
        unsure = _("Wann genau, wissen wir nicht. Fragen Sie am besten vorher nach.")
        return "\n".join(part for part in (said, unsure) if part)
    return said


def _for_whom(service: ServiceView) -> str:
    where = (
        _("im ganzen Kreis") if service.whole_county else ", ".join(town.label for town in service.catchment)
    )
    sentence = wording.for_whom(service)
    if where:
        sentence = f"{sentence}, {where}"
    return "\n".join(part for part in (sentence, service.eligibility) if part)


def _cost(service: ServiceView, *, language: str) -> str:
    if service.is_free:
        return _("Nichts. Es ist kostenlos.")
    prices = [f"{cost.option}: {cost.description}".strip(": ") for cost in service.costs if cost.description]
    # A plain fee is read into a price of the same words; once is enough.
    said = dict.fromkeys((service.text("fee", language).text, *prices))
    return "\n".join(part for part in said if part)


def _languages(service: ServiceView) -> str:
    return ". ".join(part for part in (wording.languages(service.languages), service.interpretation) if part)
