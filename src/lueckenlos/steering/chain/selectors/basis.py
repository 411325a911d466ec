"""Places, people, phases, fields, kinds, indicators and thresholds as one value, as they stand in the house."""

from typing import Any

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places

AGES = 100


def current_basis() -> dict[str, Any]:
    """Everything but services, targets and evidence that the chain rests on, as it stands in the house."""
    catalog = directory.catalog()
    county = places.county()
    population = places.populations()
    return {
        "county": county.key,
        "areas": [{"ags": place.ags, "name": place.name} for place in places.municipalities()],
        "points": [
            [each.ags, each.point[0], each.point[1], each.persons, each.kind.value]
            for each in places.settlements()
        ],
        "population": {
            str(year): {ags: [ages.get(age) for age in range(AGES)] for ags, ages in by_ags.items()}
            for year, by_ags in population.items()
        },
        "phases": [
            [each.key, each.label, each.age_from, each.age_to, each.decay_km] for each in catalog.phases
        ],
        "fields": [[each.key, each.label] for each in catalog.fields],
        "kinds": [[each.key, each.label, each.intensity, each.usual_max] for each in catalog.kinds],
        "indicators": [
            {
                "key": each.key,
                "label": each.label,
                "direction": each.direction,
                "about": each.about.value,
                "phase": each.phase,
                "field": each.field,
                "need": each.need,
                "unit": each.unit,
                "source": each.source,
                "values": {str(year): by_ags for year, by_ags in each.values.items()},
            }
            for each in places.indicators()
        ],
        "thresholds": dict(county.settings.get("chain", {})),
        "freshness_months": county.freshness_months,
        "minimum_cell": county.minimum_cell,
    }
