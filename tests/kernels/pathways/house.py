"""The words of the house as the readers get them, and a small pathway to spoil."""

from lueckenlos.core.actor import Role
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.kernels.deadlines import flaw_of
from lueckenlos.kernels.pathways import Allowed, Pathway, read_pathway

ALLOWED = Allowed(
    roles=frozenset(Role),
    purposes=frozenset({"counselling", "crisis", "case_talk", "handover", "accompaniment", "protection", "transition"}),
    categories=frozenset({
        "identity", "contact", "situation", "health", "school", "development", "finances", "housing", "family",
        "agreements", "help", "documents",
    }),
    retention_classes=frozenset({"help_file", "protection", "counselling", "case_talk", "request"}),
    help_lines=frozenset(CrisisKind),
    deadline_flaw=flaw_of,
)  # fmt: skip

SOUND = """
key = "sprachpaten"
version = 3
title = "Sprachpaten"
summary = "Ein Kind lernt Deutsch mit einem Menschen, der Zeit hat."
purpose = "accompaniment"
retention_class = "counselling"
roles = ["professional", "family"]

[first_question]
question = "Ist gerade jemand in Gefahr?"
if_yes = "Bitte sofort die 112 anrufen."
lines = ["danger_now"]

[[stages]]
key = "asked"
title = "Angefragt"
roles = ["professional"]
requires = ["record:wish", "consent:contact"]
next = ["meeting"]

[[stages]]
key = "meeting"
title = "Treffen"
roles = ["professional", "family"]
requires = [{ needs = "record:visit", persons = 2, anew = true }, "task:thanks", "outcome:better"]
next = ["ended", { to = "asked", again = true }]

[[stages]]
key = "ended"
title = "Beendet"
final = true

[[clocks]]
key = "first_call"
title = "Erster Anruf"
from = "stage:asked"
to = ["record:visit", "stage:ended"]
deadline = "2 working_days until 12:00"
told_to_caller = "Wir rufen Sie {until} an."

[[record_kinds]]
key = "wish"
title = "Wunsch"
category = "situation"
shown_to_family = true
fields = [{ key = "words", label = "In eigenen Worten", type = "long_text", required = true }]

[[record_kinds]]
key = "visit"
title = "Besuch"
category = "agreements"
confidable = true
fields = [
  { key = "day", label = "Tag", type = "date" },
  { key = "place", label = "Ort", type = "choice", choices = [{ key = "home", label = "zu Hause" }, { key = "school", label = "in der Schule" }] },
]

[[tasks]]
key = "thanks"
title = "Danke sagen"

[[outcomes]]
key = "better"
question = "Spricht Ihr Kind lieber Deutsch als vorher?"
asked_of = "family"
type = "rating"
"""


def sound() -> Pathway:
    """The small pathway."""
    pathway = read_pathway(SOUND, allowed=ALLOWED).pathway
    assert pathway is not None
    return pathway


def spoiled(*changes: tuple[str, str]) -> str:
    """Its text with some words put in place of others, each of which must be there."""
    text = SOUND
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text
