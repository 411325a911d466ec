"""Why a cell is as it is, in plain German: each rule in a sentence with its threshold, and what it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.kernels.chain.groups import BARRIER_FREE, FREE, LANGUAGE, NO_WAITING
from lueckenlos.kernels.chain.reasons import POPULATION
from lueckenlos.kernels.chain.types import Cell, Phase, Reason, Rule, Service, Settings
from lueckenlos.steering.chain.selectors.evidence import APART
from lueckenlos.steering.chain.telling import digits, interval, number
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.wording import RULES


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the sentences of one cell draw on."""

    cell: Cell
    phase: Phase
    next_phase: str
    labels: Labels
    settings: Settings
    services: Mapping[str, Service] = field(default_factory=dict)
    known: float | None = None
    """The share of what was missed here that was not only unknown."""
    missed: tuple[str, str] | None = None
    """The indicator of use and the one of need that do not fit together."""
    on_purpose: tuple[frozenset[str], ...] = ()
    """Groups of services of which somebody decided that they are double on purpose."""

    @property
    def area(self) -> str:
        """The area's name."""
        return self.labels.areas.get(self.cell.area, self.cell.area)


@dataclass(frozen=True, slots=True)
class Explained:
    """One reason as a row of the page: the word, the rule with its threshold, the rows it rests on."""

    rule: Rule
    word: str
    sentence: str
    rows_word: str = ""
    services: tuple[Service, ...] = ()
    indicators: tuple[str, ...] = ()
    rests_on_signals: bool = False


def explain(reason: Reason, *, grounds: Grounds) -> Explained:
    """Say one reason."""
    known = [grounds.services[key] for key in dict.fromkeys(reason.services) if key in grounds.services]
    missed = grounds.missed or () if reason.rule is Rule.MISSED_NEED else ()
    return Explained(
        rule=reason.rule,
        word=str(RULES[reason.rule]),
        sentence=SENTENCES[reason.rule](reason, grounds),
        rows_word=str(ROWS[reason.rule]) if known else "",
        services=tuple(sorted(known, key=lambda each: (each.name, each.key))),
        indicators=tuple(grounds.labels.indicators.get(key, key) for key in missed),
        rests_on_signals=reason.rule is Rule.NOT_KNOWN and grounds.known is not None,
    )


def explain_all(reasons: Sequence[Reason], *, grounds: Grounds) -> tuple[Explained, ...]:
    """Say all reasons of a cell in their order; missing kinds of service make one row together."""
    kinds = [reason for reason in reasons if reason.rule is Rule.KIND_MISSING]
    found: list[Explained] = []
    for reason in reasons:
        if reason.rule is not Rule.KIND_MISSING or len(kinds) == 1:
            found.append(explain(reason, grounds=grounds))
        elif reason is kinds[0]:
            found.append(_kinds_missing(kinds, grounds=grounds))
    return tuple(found)


def _kinds_missing(reasons: Sequence[Reason], *, grounds: Grounds) -> Explained:
    together = Reason(Rule.KIND_MISSING, services=tuple(key for each in reasons for key in each.services))
    labels = grounds.labels.kinds
    names = sorted(labels.get(each.kind or "", each.kind or "") for each in reasons)
    sentence = _(
        "%(count)s Angebotsarten erreichen %(area)s nicht, obwohl sie mindestens %(share)s Prozent der Gemeinden "
        "erreichen oder im Kreis als Grundangebot gelten: %(kinds)s."
    ) % {
        "count": number(len(names)),
        "area": grounds.area,
        "share": number(100 * grounds.settings.kind_spread),
        "kinds": "; ".join(names),
    }
    return replace(explain(together, grounds=grounds), sentence=sentence)


def no_offer(reason: Reason, grounds: Grounds) -> str:
    """No service that counts has a catchment that holds the area."""
    return _("Kein Angebot, das hier zählt, nennt %(area)s in seinem Einzugsgebiet.") % {"area": grounds.area}


def not_reachable(reason: Reason, grounds: Grounds) -> str:
    """There are some, but too far away from everybody."""
    return _(
        "Es gibt Angebote für %(area)s, aber keines liegt so nah, dass Familien in dieser Lebensphase dorthin kommen: "
        "Die Grenze sind %(far)s Kilometer Luftlinie."
    ) % {"area": grounds.area, "far": number(grounds.phase.decay_km)}


def none_here(reason: Reason, grounds: Grounds) -> str:
    """None has its location in the area or serves it alone."""
    return _("Kein Angebot hat seinen Ort in %(area)s oder ist allein für %(area)s da.") % {
        "area": grounds.area
    }


def too_few(reason: Reason, grounds: Grounds) -> str:
    """Even read favourably there are fewer places than the target wants."""
    target = grounds.cell.target or 0.0
    places = digits(grounds.cell.reach_hi, target)
    return _(
        "In Reichweite sind höchstens %(reach)s Plätze im Jahr je 100 Kinder; das Ziel sind %(target)s."
    ) % {"reach": number(grounds.cell.reach_hi, places=places), "target": number(target, places=places)}


def kind_missing(reason: Reason, grounds: Grounds) -> str:
    """A kind that most areas have does not reach this one."""
    return _(
        "„%(kind)s“ erreicht %(area)s nicht. Das fällt auf, weil diese Angebotsart mindestens %(share)s Prozent der "
        "Gemeinden erreicht oder im Kreis als Grundangebot gilt."
    ) % {
        "kind": grounds.labels.kinds.get(reason.kind or "", reason.kind or ""),
        "area": grounds.area,
        "share": number(100 * grounds.settings.kind_spread),
    }


def closed_to_group(reason: Reason, grounds: Grounds) -> str:
    """Counted with the services open to a group alone the verdict is worse."""
    group = reason.group or ""
    if group == BARRIER_FREE:
        return _(
            "Rechnet man nur mit barrierefreien Angeboten, fällt das Urteil schlechter aus. "
            "Wo die Angabe fehlt, zählt ein Angebot dafür höchstens, nicht sicher."
        )
    if group == FREE:
        return _("Rechnet man nur mit Angeboten, die nichts kosten, fällt das Urteil schlechter aus.")
    if group == NO_WAITING:
        return _(
            "Rechnet man nur mit Angeboten, auf die man höchstens %(weeks)s Wochen wartet, "
            "fällt das Urteil schlechter aus."
        ) % {"weeks": number(grounds.settings.waiting_weeks)}
    language = group.removeprefix(LANGUAGE)
    return _(
        "Rechnet man nur mit Angeboten auf %(language)s, fällt das Urteil schlechter aus. "
        "%(share)s Prozent der Kinder haben diese Familiensprache; gerechnet wird ab %(least)s Prozent."
    ) % {
        "language": language_name(language),
        "share": number(100 * grounds.settings.group_languages.get(language, 0.0)),
        "least": number(100 * grounds.settings.language_share),
    }


def chain_broken(reason: Reason, grounds: Grounds) -> str:
    """The seam to the next phase is a gap."""
    return _(
        "Der Übergang von „%(phase)s“ zu „%(to)s“ ist in %(area)s selbst eine Lücke: "
        "Zu wenige Angebote begleiten ihn."
    ) % {
        "phase": grounds.labels.phases.get(grounds.cell.phase, grounds.cell.phase),
        "to": grounds.labels.phases.get(grounds.next_phase, grounds.next_phase),
        "area": grounds.area,
    }


def funding_ends(reason: Reason, grounds: Grounds) -> str:
    """Without the services whose funding ends soon the verdict is worse."""
    return _(
        "Ohne die Angebote, deren Förderung in den nächsten %(months)s Monaten endet, fällt das Urteil schlechter aus."
    ) % {"months": number(grounds.settings.funding_months)}


def data_open(reason: Reason, grounds: Grounds) -> str:
    """The verdict hangs on unknown or overdue capacities, or on a number of children that is an estimate."""
    if reason.group == POPULATION:
        return _("Wie viele Kinder hier leben, ist geschätzt: In der Bevölkerungsstatistik fehlen Jahrgänge.")
    return _(
        "Das Urteil hängt an Plätzen, deren Zahl niemand weiß oder die seit mehr als %(months)s Monaten niemand "
        "geprüft hat."
    ) % {"months": number(grounds.settings.freshness_months)}


def not_known(reason: Reason, grounds: Grounds) -> str:
    """Families looked for what exists."""
    if grounds.known is None:
        return _("Weniger als %(share)s Prozent der Befragten kennen, was es gibt.") % {
            "share": number(100 * grounds.settings.known_share)
        }
    return _(
        "In %(unknown)s Prozent der Fälle, in denen Familien hier im letzten Jahr etwas vermissten, gab es das "
        "Angebot, und niemand hatte davon gewusst. Ab %(share)s Prozent gilt ein Angebot als nicht bekannt."
    ) % {
        "unknown": number(100 * (1 - grounds.known)),
        "share": number(100 * (1 - grounds.settings.known_share)),
    }


def double(reason: Reason, grounds: Grounds) -> str:
    """A group of services that look like the same thing twice lies in the cell."""
    if any(group.issuperset(reason.services) for group in grounds.on_purpose):
        return _(
            "So gewollt: Diese Angebote sehen aus wie dasselbe zweimal, und die Koordination hat das so entschieden."
        )
    return _(
        "Diese Angebote sehen aus wie dasselbe zweimal: gleiche Art, gleiche Lebensphase, gemeinsames Einzugsgebiet, "
        "dazu derselbe Ort und Wochentag oder fast derselbe Text. Ein Anlass für ein Gespräch, mehr nicht."
    )


def missed_need(reason: Reason, grounds: Grounds) -> str:
    """Used, but not by those in need."""
    if grounds.missed is None:
        return _("Genutzt wird das Angebot, aber nicht dort, wo der Bedarf ist.")
    use, need = (grounds.labels.indicators.get(key, key) for key in grounds.missed)
    return _(
        "In %(area)s liegt der Bedarf („%(need)s“) deutlich über dem Mittel der Gemeinden, die Nutzung („%(use)s“) "
        "deutlich darunter: beides um mindestens %(apart)s Standardabweichungen."
    ) % {"area": grounds.area, "need": need, "use": use, "apart": number(APART, places=1)}


SENTENCES: dict[Rule, Callable[[Reason, Grounds], str]] = {
    Rule.NO_OFFER: no_offer,
    Rule.NOT_REACHABLE: not_reachable,
    Rule.NONE_HERE: none_here,
    Rule.TOO_FEW: too_few,
    Rule.KIND_MISSING: kind_missing,
    Rule.CLOSED_TO_GROUP: closed_to_group,
    Rule.CHAIN_BROKEN: chain_broken,
    Rule.FUNDING_ENDS: funding_ends,
    Rule.DATA_OPEN: data_open,
    Rule.NOT_KNOWN: not_known,
    Rule.DOUBLE: double,
    Rule.MISSED_NEED: missed_need,
}

ROWS: dict[Rule, str | Promise] = {
    Rule.NO_OFFER: gettext_lazy("Worauf das beruht"),
    Rule.NOT_REACHABLE: gettext_lazy("Zu weit weg"),
    Rule.NONE_HERE: gettext_lazy("Was von anderswo kommt"),
    Rule.TOO_FEW: gettext_lazy("Was in Reichweite ist"),
    Rule.KIND_MISSING: gettext_lazy("Wo es sie gibt"),
    Rule.CLOSED_TO_GROUP: gettext_lazy("Was dafür wegfällt oder offen ist"),
    Rule.CHAIN_BROKEN: gettext_lazy("Was ihn begleitet"),
    Rule.FUNDING_ENDS: gettext_lazy("Deren Förderung endet"),
    Rule.DATA_OPEN: gettext_lazy("Woran es hängt"),
    Rule.NOT_KNOWN: gettext_lazy("Was bekannt zu machen wäre"),
    Rule.DOUBLE: gettext_lazy("Die Angebote"),
    Rule.MISSED_NEED: gettext_lazy("Die Angebote"),
}
"""What stands above the services that a rule rests on."""


def make_known(cell: Cell, *, explained: tuple[Explained, ...]) -> str:
    """Why the answer is to make it known and not to build: enough is in reach, and families do not know or use it.

    Empty where that is not the case.
    """
    reached = cell.target is not None and cell.reach_hi >= cell.target - 1e-9
    rules = {each.rule for each in explained}
    if not reached or rules.isdisjoint({Rule.NOT_KNOWN, Rule.MISSED_NEED}):
        return ""
    what = {"reach": interval(cell.reach_lo, cell.reach_hi), "target": number(cell.target or 0.0, places=1)}
    if rules >= {Rule.NOT_KNOWN, Rule.MISSED_NEED}:
        text = _(
            "In Reichweite sind %(reach)s Plätze je 100 Kinder bei einem Ziel von %(target)s. Familien wissen davon zu "
            "wenig, und die mit dem größten Bedarf nutzen es selten: Mehr Plätze würden daran nichts ändern."
        )
    elif Rule.NOT_KNOWN in rules:
        text = _(
            "In Reichweite sind %(reach)s Plätze je 100 Kinder bei einem Ziel von %(target)s, aber Familien wissen "
            "davon zu wenig. Mehr Plätze würden daran nichts ändern."
        )
    else:
        text = _(
            "In Reichweite sind %(reach)s Plätze je 100 Kinder bei einem Ziel von %(target)s, aber wo der Bedarf am "
            "größten ist, wird es selten genutzt. Mehr Plätze würden daran nichts ändern."
        )
    return text % what
