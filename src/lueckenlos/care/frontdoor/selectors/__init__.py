"""Reads of the front door."""

from lueckenlos.care.frontdoor.selectors.conversation import conversations, dialogue
from lueckenlos.care.frontdoor.selectors.desk import recently_closed, waiting
from lueckenlos.care.frontdoor.selectors.proposals import cards_of, proposed, searched
from lueckenlos.care.frontdoor.selectors.team import receiving_team
from lueckenlos.care.frontdoor.selectors.whereabouts import whereabouts

__all__ = [
    "cards_of",
    "conversations",
    "dialogue",
    "proposed",
    "receiving_team",
    "recently_closed",
    "searched",
    "waiting",
    "whereabouts",
]
