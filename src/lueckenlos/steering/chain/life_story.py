"""Tells a life line for the council: a few sentences a phase, no name, no person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.kernels.chain.types import Cell, Verdict
from lueckenlos.steering.chain.selectors.life_line import LifeLine, Rests, Stage, Tense
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels

GROWN = 18


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of one phase."""

    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.sentences)


def who(born: int, *, place: str, year: int) -> str:
    """Whom the line is about, as a sentence begins: a child, or by now a young person."""
    words = {"born": born, "place": place}
    if born > year:
        return _("Ein Kind, das %(born)s in %(place)s zur Welt kommt,") % words
    if year - born >= GROWN:
        return _("Ein junger Mensch, der %(born)s in %(place)s geboren ist,") % words
    return _("Ein Kind, das %(born)s in %(place)s geboren ist,") % words


def in_one_sentence(line: LifeLine, *, place: str, year: int) -> str:
    """What the whole way looks like."""
    lacking, broken = len(line.lacking), len(line.broken)
    words = {
        "who": who(line.born, place=place, year=year),
        "stages": number(len([stage for stage in line.stages if stage.cells])),
        "lacking": _phases(lacking),
        "broken": _seams(broken),
    }
    if lacking and broken:
        return _("%(who)s geht durch %(stages)s Lebensphasen: %(lacking)s, und %(broken)s.") % words
    if lacking:
        return (
            _("%(who)s geht durch %(stages)s Lebensphasen: %(lacking)s; die Kette reißt an keinem Übergang.")
            % words
        )
    if broken:
        return (
            _("%(who)s geht durch %(stages)s Lebensphasen: Nirgends fehlt sicher etwas, aber %(broken)s.")
            % words
        )
    return (
        _("%(who)s geht durch %(stages)s Lebensphasen, ohne dass sicher etwas fehlt oder die Kette reißt.")
        % words
    )


def seam_told(stage: Stage, *, labels: Labels) -> str:
    """How the way to the next phase is, after the words that say whether it breaks."""
    seam = stage.seam
    if seam is None or seam.verdict in {Verdict.NO_TARGET, Verdict.NO_CHILDREN}:
        return _("Für diesen Übergang gibt es kein Ziel.")
    words = {
        "to": labels.phases.get(seam.to, seam.to),
        "reach": short(seam.reach_hi),
        "target": short(seam.target or 0.0),
    }
    if seam.verdict is Verdict.GAP:
        return _("Für den Weg zu „%(to)s“ gibt es Begleitung für höchstens %(reach)s von 100 Kindern, das Ziel ist %(target)s.") % words  # fmt: skip
    if seam.verdict is Verdict.CHECK:
        return _("Ob der Weg zu „%(to)s“ hält, ist offen.") % words
    return _("Der Weg zu „%(to)s“ ist begleitet.") % words


def told(stage: Stage, *, labels: Labels) -> Told:
    """One phase: who reaches the child, and where it is not enough."""
    sentences = [_reaching(stage), _lacking(stage, labels)]
    return Told(tuple(sentence for sentence in sentences if sentence))


def rests_on(stage: Stage) -> str:
    """On which year's people and services a phase rests, where that is not its own time."""
    if stage.rests is Rests.EARLIEST:
        return _(
            "Was damals da war, weiß die Plattform nicht; gezeigt ist ihr frühester Stand von %(year)s."
        ) % {"year": stage.reckoned}
    if stage.rests is Rests.FARTHEST:
        return _("Weiter als %(year)s wird nicht vorausgerechnet; gezeigt ist dieses Jahr.") % {
            "year": stage.reckoned
        }
    if stage.tense is Tense.FUTURE:
        return _("Gerechnet mit den Kindern von %(year)s und den Angeboten, die dann noch laufen.") % {
            "year": stage.reckoned
        }
    return ""


def _phases(count: int) -> str:
    return ngettext("in %(count)s fehlt etwas", "in %(count)s fehlt etwas", count) % {"count": number(count)}


def _seams(count: int) -> str:
    return ngettext("an einem Übergang reißt die Kette", "an %(count)s Übergängen reißt die Kette", count) % {
        "count": number(count)
    }


def _reaching(stage: Stage) -> str:
    count = len(stage.services)
    if not count:
        return {
            Tense.PAST: _("Kein Angebot hat das Kind erreicht."),
            Tense.PRESENT: _("Kein Angebot erreicht das Kind."),
            Tense.FUTURE: _("Kein Angebot wird das Kind erreichen."),
        }[stage.tense]
    words = {
        Tense.PAST: ngettext(
            "%(count)s Angebot war erreichbar.", "%(count)s Angebote waren erreichbar.", count
        ),
        Tense.PRESENT: ngettext(
            "%(count)s Angebot ist erreichbar.", "%(count)s Angebote sind erreichbar.", count
        ),
        Tense.FUTURE: ngettext(
            "%(count)s Angebot wird nach heutigem Stand erreichbar sein.",
            "%(count)s Angebote werden nach heutigem Stand erreichbar sein.",
            count,
        ),
    }[stage.tense]
    return words % {"count": number(count)}


def _lacking(stage: Stage, labels: Labels) -> str:
    gaps, open_, closed = (stage.having(each) for each in (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED))
    if gaps:
        words = {"fields": _named(gaps, labels), "worst": _worst(gaps, labels)}
        if len(gaps) == 1:
            return _("Plätze fehlen in %(worst)s.") % words
        return _("Plätze fehlen in %(fields)s, am meisten in %(worst)s.") % words
    if open_:
        return _("Ob es in %(fields)s reicht, ist offen.") % {"fields": _named(open_, labels)}
    if closed:
        return _("Wo es ein Ziel gibt, reicht es.")
    return _("Ein Ziel hat hier niemand gesetzt.")


def _named(cells: Sequence[Cell], labels: Labels) -> str:
    return fields_listed([labels.fields.get(cell.field, cell.field) for cell in cells])


def _worst(gaps: Sequence[Cell], labels: Labels) -> str:
    """The field that is farthest from its target, with its numbers."""
    cell = min(gaps, key=lambda each: each.reach_hi / (each.target or 1.0))
    return _("%(field)s (höchstens %(reach)s statt %(target)s auf 100 Kinder)") % {
        "field": labels.fields.get(cell.field, cell.field),
        "reach": short(cell.reach_hi),
        "target": short(cell.target or 0.0),
    }


def short(value: float) -> str:
    """A number with one decimal where it has one: 9 and 9,5."""
    rounded = round(value, 1)
    return number(rounded, places=0 if rounded.is_integer() else 1)


def fields_listed(words: Sequence[str]) -> str:
    """Names that hold an "und" themselves: Familie und Erziehung, Kultur sowie Schutz und Recht."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s sowie %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def listed(words: Sequence[str]) -> str:
    """Words as Germans list them: a, b und c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s und %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
