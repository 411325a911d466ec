"""The chain as one document, as `lueckenlos chain --json` prints it and baselines keep it, and back again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lueckenlos.kernels.chain.types import (
    Cell,
    Chain,
    DuplicateGroup,
    Reason,
    Rule,
    Run,
    Seam,
    Share,
    Verdict,
)


def document_of(chain: Chain) -> dict[str, Any]:
    """One JSON document; `share` beside the services' keys, so that the chain can be drawn from it again."""
    return {
        "as_of": chain.as_of.isoformat(),
        "continuity": chain.continuity,
        "cells": [_cell(each) for each in chain.cells],
        "seams": [_seam(each) for each in chain.seams],
        "duplicates": [
            {
                "ids": list(each.services),
                "rule": each.rule,
                "phases": list(each.phases),
                "surplus": each.surplus,
            }
            for each in chain.duplicates
        ],
        "runs": [
            {
                "ags": each.area,
                "field": each.field,
                "first": each.first,
                "last": each.last,
                "length": each.length,
                "without_target": each.without_target,
            }
            for each in chain.runs
        ],
    }


def chain_of(document: Mapping[str, Any]) -> Chain:
    """The chain that a document holds."""
    return Chain(
        as_of=date.fromisoformat(document["as_of"]),
        cells=tuple(_read_cell(each) for each in document["cells"]),
        seams=tuple(_read_seam(each) for each in document["seams"]),
        duplicates=tuple(
            DuplicateGroup(tuple(each["ids"]), each["rule"], tuple(each["phases"]), each["surplus"])
            for each in document["duplicates"]
        ),
        continuity=document["continuity"],
        runs=tuple(
            Run(
                each["ags"],
                each["field"],
                each["first"],
                each["last"],
                each["length"],
                each["without_target"],
            )
            for each in document["runs"]
        ),
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "ags": cell.area,
        "phase": cell.phase,
        "field": cell.field,
        "children": cell.children,
        "target": cell.target,
        "essential": cell.is_essential,
        "reach_lo": cell.reach_lo,
        "reach_hi": cell.reach_hi,
        "verdict": cell.verdict.value,
        "missing_lo": cell.missing_lo,
        "missing_hi": cell.missing_hi,
        "services": [each.service for each in cell.services],
        "shares": [[each.reach_lo, each.reach_hi] for each in cell.services],
        "reasons": [
            {
                "rule": each.rule.value,
                "kind": each.kind,
                "group": each.group,
                "services": list(each.services),
            }
            for each in cell.reasons
        ],
    }


def _read_cell(given: Mapping[str, Any]) -> Cell:
    return Cell(
        area=given["ags"],
        phase=given["phase"],
        field=given["field"],
        children=given["children"],
        target=given["target"],
        is_essential=given["essential"],
        reach_lo=given["reach_lo"],
        reach_hi=given["reach_hi"],
        verdict=Verdict(given["verdict"]),
        missing_lo=given["missing_lo"],
        missing_hi=given["missing_hi"],
        services=_shares(given),
        reasons=tuple(
            Reason(Rule(each["rule"]), each["kind"], each["group"], tuple(each["services"]))
            for each in given["reasons"]
        ),
    )


def _seam(seam: Seam) -> dict[str, Any]:
    return {
        "ags": seam.area,
        "from": seam.phase,
        "to": seam.to,
        "children": seam.children,
        "target": seam.target,
        "essential": seam.is_essential,
        "reach_lo": seam.reach_lo,
        "reach_hi": seam.reach_hi,
        "verdict": seam.verdict.value,
        "services": [each.service for each in seam.services],
        "shares": [[each.reach_lo, each.reach_hi] for each in seam.services],
    }


def _read_seam(given: Mapping[str, Any]) -> Seam:
    return Seam(
        area=given["ags"],
        phase=given["from"],
        to=given["to"],
        children=given["children"],
        target=given["target"],
        is_essential=given["essential"],
        reach_lo=given["reach_lo"],
        reach_hi=given["reach_hi"],
        verdict=Verdict(given["verdict"]),
        services=_shares(given),
    )


def _shares(given: Mapping[str, Any]) -> tuple[Share, ...]:
    pairs = zip(given["services"], given["shares"], strict=True)
    return tuple(Share(key, lo, hi) for key, (lo, hi) in pairs)
