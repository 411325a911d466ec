"""The stages as a graph: what can be reached, what can end, where it runs in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lueckenlos.kernels.pathways.types import Stage

Ways = Mapping[str, tuple[str, ...]]


def ways(stages: Sequence[Stage], *, again: bool) -> Ways:
    """Where each stage leads, to stages that there are; the ways back only where `again` asks for them."""
    keys = {stage.key for stage in stages}
    return {
        stage.key: tuple(
            step.stage for step in stage.next if step.stage in keys and (again or not step.is_again)
        )
        for stage in stages
    }


def reached(start: str, *, along: Ways) -> set[str]:
    """All stages that can be reached from one; itself only where a way leads back to it."""
    found: set[str] = set()
    open_still = list(along.get(start, ()))
    while open_still:
        stage = open_still.pop()
        if stage not in found:
            found.add(stage)
            open_still += along.get(stage, ())
    return found


def circles(along: Ways) -> list[tuple[str, ...]]:
    """The groups of stages that lead to each other, each in the order of the stages."""
    ahead = {stage: reached(stage, along=along) for stage in along}
    found: list[tuple[str, ...]] = []
    for stage in along:
        if stage in ahead[stage] and not any(stage in circle for circle in found):
            found.append(tuple(other for other in along if other in ahead[stage] and stage in ahead[other]))
    return found


def layers(along: Ways) -> dict[str, int]:
    """The length of the longest way to each stage; the ways must not run in a circle."""
    depth = dict.fromkeys(along, 0)
    for _ in along:
        for stage, following in along.items():
            for other in following:
                depth[other] = max(depth[other], depth[stage] + 1)
    return depth
