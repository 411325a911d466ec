"""What can go wrong in a case, as errors with data; the wording is in `wording`."""

from __future__ import annotations

from lueckenlos.kernels.pathways import Flaw, Requirement


class CaseError(Exception):
    """Something about a case does not go."""


class PathwayUnfit(CaseError):
    """A pathway's file has flaws; nothing was installed."""

    def __init__(self, name: str, *, flaws: tuple[Flaw, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.flaws = flaws


class PathwayChanged(CaseError):
    """A pathway's file differs from what is installed under its version: it needs a new version."""

    def __init__(self, key: str, *, version: int) -> None:
        super().__init__(f"{key} {version}")
        self.key = key
        self.version = version


class PathwayOff(CaseError):
    """New cases do not begin on this pathway, or there is none of this name."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NoSuchCase(CaseError):
    """There is no such case, or the actor may not know of it: the same answer."""


class StageNotDone(CaseError):
    """Something must be there before this stage ends."""

    def __init__(self, missing: tuple[Requirement, ...]) -> None:
        super().__init__("; ".join(f"{each.need}:{each.key}" for each in missing))
        self.missing = missing


class NoSuchWay(CaseError):
    """The pathway does not lead from this stage to that one, or somebody else has moved on meanwhile."""

    def __init__(self, stage: str, *, to: str) -> None:
        super().__init__(f"{stage} > {to}")
        self.stage = stage
        self.to = to


class NotTheirs(CaseError):
    """The actor's role does not act in this stage."""


class UnfitRecord(CaseError):
    """A record's fields do not fit its kind: which fields."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class ReferralClosed(CaseError):
    """The referral has been answered or withdrawn meanwhile."""


class NoConsent(CaseError):
    """A referral names data that no consent covers: which categories."""

    def __init__(self, categories: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(categories)))
        self.categories = categories


class UnfitLetter(CaseError):
    """A letter cannot go to this person: no address, or no letter wished."""

    def __init__(self, why: str, *, value: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.value = value
