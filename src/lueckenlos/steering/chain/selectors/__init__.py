"""Reads of the chain; an open room."""

from lueckenlos.steering.chain.selectors.assembling import (
    county_at,
    group_languages_of,
    knowledge_at,
    labels_of,
    narrowed,
    settings_of,
)
from lueckenlos.steering.chain.selectors.calculations import (
    is_large,
    latest_calculation,
    running_calculation,
)
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of, drawn, drawn_of
from lueckenlos.steering.chain.selectors.targets import target_history, targets_at

__all__ = [
    "chain_version",
    "county_at",
    "county_of",
    "drawn",
    "drawn_of",
    "group_languages_of",
    "is_large",
    "knowledge_at",
    "labels_of",
    "latest_calculation",
    "narrowed",
    "running_calculation",
    "settings_of",
    "target_history",
    "targets_at",
]
