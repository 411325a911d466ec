"""Choices of a site with the ranking as it was on their day."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.kernels.social_areas import Direction, Missing, Role, Standard
from lueckenlos.steering.chain.models import SiteChoice
from lueckenlos.steering.chain.social_types import (
    FIRST,
    Alternative,
    Analysis,
    Chosen,
    LeftOut,
    Line,
    Part,
    SiteDocument,
    SiteLack,
    SiteLine,
    SiteValues,
    Sureness,
    Value,
    WeighedSite,
    Wish,
)
from lueckenlos.steering.chain.types import SiteState

ALTERNATIVES = 2


def sites() -> list[SiteLine]:
    """Every choice, drafts first, the latest on top."""
    names = {place.ags: place.name for place in places.municipalities()}
    rows = sorted(SiteChoice.objects.all(), key=lambda row: row.state != SiteState.DRAFT)
    return [
        SiteLine(
            row.id,
            row.title,
            SiteState(row.state),
            names.get(row.chosen, ""),
            row.place,
            clock.day_of(row.created_at),
            row.decided_on,
        )
        for row in rows
    ]


def site(id_: UUID) -> SiteDocument | None:
    """One choice as a document."""
    row = SiteChoice.objects.filter(id=id_).first()
    return None if row is None else site_document(row)


def site_document(row: SiteChoice) -> SiteDocument:
    """All that a page or a PDF needs; nothing is calculated anew, so a decided document never changes."""
    analysis = analysis_of(row.setup, row.ranking)
    values = values_of(row)
    lines = {line.area: line for line in analysis.lines}
    names = {area: line.name for area, line in lines.items()}
    return SiteDocument(
        id=row.id,
        county=str(row.ranking.get("county", "")),
        title=row.title,
        question=row.question,
        state=SiteState(row.state),
        values=values,
        version=row.version,
        chosen=names.get(row.chosen, ""),
        line=lines.get(row.chosen),
        alternatives=tuple(
            WeighedSite(names.get(each.area, ""), lines.get(each.area), each.why_not)
            for each in values.alternatives
        ),
        analysis=analysis,
        created_on=clock.day_of(row.created_at),
        decided_on=row.decided_on,
        lacks=lacks_of(values),
    )


def values_of(row: SiteChoice) -> SiteValues:
    """What people wrote."""
    return SiteValues(
        title=row.title,
        question=row.question,
        chosen=row.chosen,
        place=row.place,
        grounds=row.grounds,
        alternatives=tuple(Alternative(**each) for each in row.alternatives),
        cost=row.cost,
        funding=row.funding,
    )


def lacks_of(values: SiteValues) -> tuple[SiteLack, ...]:
    """What is still to be said before a committee can decide."""
    weighed = [each for each in values.alternatives if each.area and each.why_not]
    missing = {
        SiteLack.QUESTION: not values.question,
        SiteLack.CHOSEN: not values.chosen,
        SiteLack.PLACE: not values.place,
        SiteLack.GROUNDS: not values.grounds,
        SiteLack.ALTERNATIVES: len(weighed) < ALTERNATIVES,
        SiteLack.COST: values.cost is None,
        SiteLack.FUNDING: not values.funding,
    }
    return tuple(lack for lack, is_missing in missing.items() if is_missing)


def setup_record(wish: Wish) -> dict[str, Any]:
    """A wish as it is kept."""
    return asdict(wish)


def ranking_record(analysis: Analysis, *, county: str) -> dict[str, Any]:
    """A ranking as it is kept: with names, values and sources, so that it can be read in ten years."""
    kept = asdict(analysis)
    del kept["wish"]
    return {**kept, "county": county}


def analysis_of(setup: dict[str, Any], ranking: dict[str, Any]) -> Analysis:
    """The analysis out of what is kept."""
    return Analysis(
        wish=_wish(setup),
        parts=tuple(
            Part(**{**each, "sources": tuple(each["sources"]), "direction": Direction(each["direction"])})
            for each in ranking.get("parts", ())
        ),
        lines=tuple(_line(each) for each in ranking.get("lines", ())),
        left_out=tuple((label, LeftOut(why)) for label, why in ranking.get("left_out", ())),
        first=ranking.get("first", FIRST),
        draws=ranking.get("draws", 0),
    )


def _wish(setup: dict[str, Any]) -> Wish:
    chosen = tuple(
        Chosen(each["key"], each["weight"], Direction(each["direction"]) if each["direction"] else None)
        for each in setup.get("chosen", ())
    )
    return Wish(
        Role(setup.get("role", Role.NEED)),
        chosen,
        setup.get("year"),
        Standard(setup.get("standard", Standard.Z)),
        Missing(setup.get("missing", Missing.AVERAGE)),
        setup.get("first", FIRST),
    )


def _line(kept: dict[str, Any]) -> Line:
    sure = {name: Sureness(**kept[name]) for name in ("by_weights", "by_counts", "together")}
    values = tuple(Value(**each) for each in kept["values"])
    return Line(kept["area"], kept["name"], kept["rank"], kept["score"], values, **sure)
