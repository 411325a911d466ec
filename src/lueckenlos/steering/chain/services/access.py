"""Who may do what; every deed asks again, whatever the page's guard said."""

from lueckenlos.core.actor import Actor, Role


class NotCoordination(PermissionError):
    """Only Koordination decides about what holds for the whole county."""


def demand_coordination(actor: Actor) -> None:
    """Refuse everybody but Koordination."""
    if not actor.has_role(Role.COORDINATION):
        raise NotCoordination
