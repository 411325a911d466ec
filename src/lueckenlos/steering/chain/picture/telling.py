"""The picture's numbers and verdicts in German words: the figure, the place, the date, how sure."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.selectors.summary import JUDGED, Spot, Summary
from lueckenlos.steering.chain.telling import number, number_shortly
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.wording import VERDICTS

AVERAGE = "Ø"
COUNTED = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED, Verdict.NO_TARGET, Verdict.NO_CHILDREN)
ALMOST_ALL = 0.999


def places(value: float, *, digits: int | None = None) -> str:
    """Places per 100: whole from ten on, below with one digit; a trace is not nothing."""
    if digits is None:
        digits = 0 if value >= 9.95 else 1
    smallest = 10.0**-digits
    if 0 < value < smallest / 2:
        return f"<{number_shortly(smallest, places=digits)}"
    return number_shortly(value, places=digits)


def day(value: date) -> str:
    """1. November 2026."""
    return date_format(value, "j. F Y")


def percent(share: float) -> str:
    """61 %; nearly all and nearly nothing are not rounded to all and nothing."""
    if 0.0 < share < 0.01:
        return _("unter 1 %%") % ()
    if ALMOST_ALL > share > 0.99:
        return _("über 99 %%") % ()
    return _("%(number)s %%") % {"number": number(100 * share)}


def verdict_word(spot: Spot) -> str:
    """Its verdict; of several municipalities with the sign of an average."""
    word = str(VERDICTS[spot.verdict])
    return f"{AVERAGE} {word}" if len(spot.parts) > 1 and spot.verdict in JUDGED else word


def interval(low: str, high: str) -> str:
    """From low to high, or one number where they are the same."""
    return low if low == high else f"{low}–{high}"


def reach_words(spot: Spot) -> str:
    """12–18 von 30; where rounding would hide a gap, as many digits as show it."""
    if spot.verdict is Verdict.NO_CHILDREN:
        return "–"
    for digits in (None, 1, 2, 3):
        low, high = places(spot.reach_lo, digits=digits), places(spot.reach_hi, digits=digits)
        if spot.target is None:
            return interval(low, high)
        target = places(spot.target, digits=digits)
        if not _hides(spot, low=low, high=high, target=target):
            break
    return _("%(reach)s von %(target)s") % {"reach": interval(low, high), "target": target}


def reach_shortly(spot: Spot) -> str:
    """The same in a narrow place, without the target."""
    return interval(places(spot.reach_lo), places(spot.reach_hi))


def missing_words(spot: Spot) -> str:
    """90–120 fehlen; bis 120 fehlen; nothing where nothing is missing."""
    return missing_between(spot.missing_lo, spot.missing_hi)


def missing_between(least: float, most: float) -> str:
    """How many places are missing, surely and at most."""
    low, high = (_at_least_one(value) for value in (least, most))
    if most <= 0:
        return ""
    if least <= 0:
        return _("bis %(most)s fehlen") % {"most": high}
    return _("%(missing)s fehlen") % {"missing": interval(low, high)}


def missing_shortly(spot: Spot) -> str:
    """The same in a narrow place: −36, or bis −65 where nothing is surely missing."""
    if spot.missing_lo > 0:
        return f"−{_at_least_one(spot.missing_lo)}"
    return _("bis −%(most)s") % {"most": _at_least_one(spot.missing_hi)} if spot.missing_hi > 0 else ""


def gaps(spot: Spot) -> str:
    """In how many municipalities there is a gap, or how many are to be looked into."""
    broken, unclear = spot.count(Verdict.GAP), spot.count(Verdict.CHECK)
    if broken:
        return ngettext("%(count)s Lücke", "%(count)s Lücken", broken) % {"count": number(broken)}
    return _("%(count)s prüfen") % {"count": number(unclear)} if unclear else ""


def gaps_shortly(spot: Spot) -> str:
    """The same in a narrow place: 9 of 15."""
    broken = spot.count(Verdict.GAP)
    return f"{number(broken)}/{len(spot.parts)}" if broken else ""


def gaps_and_checks(broken: int, unclear: int) -> str:
    """14 Lücken, 9 prüfen; said also where there is none."""
    lacks = ngettext("%(count)s Lücke", "%(count)s Lücken", broken) % {"count": number(broken)}
    return ", ".join((lacks, _("%(count)s prüfen") % {"count": number(unclear)}))


def missing_number(value: float) -> str:
    """Missing places as a number for a table."""
    return _at_least_one(value)


def hidden() -> str:
    """What stands where somebody may not see a cell."""
    return _("nicht freigegeben")


def counts(spot: Spot) -> str:
    """How many municipalities stand how: 9 Lücken, 4 Prüfen, 2 geschlossen."""
    found = ((verdict, spot.count(verdict)) for verdict in COUNTED)
    return ", ".join(_counted(verdict, count) for verdict, count in found if count)


def _counted(verdict: Verdict, count: int) -> str:
    if verdict is Verdict.GAP:
        return ngettext("%(count)s Lücke", "%(count)s Lücken", count) % {"count": number(count)}
    return f"{count} {VERDICTS[verdict]}"


def people(value: float) -> str:
    """Persons of a phase; the law's word for everybody under 27."""
    return ngettext("%(number)s junger Mensch", "%(number)s junge Menschen", round(value)) % {
        "number": number(value)
    }


def living(summary: Summary, phase: str) -> str:
    """The people of a phase; nothing where nothing of it is seen."""
    return people(summary.children_of(phase)) if summary.is_seen(phase) else ""


def where(spot: Spot, labels: Labels) -> str:
    """Phase and field, or the two phases of a seam."""
    phase = labels.phases.get(spot.phase, spot.phase)
    if spot.to:
        return f"{phase} → {labels.phases.get(spot.to, spot.to)}"
    return f"{phase}, {labels.fields.get(spot.field, spot.field)}"


def sentence(spot: Spot, labels: Labels) -> str:
    """One cell or seam in full, for those who hear the picture."""
    parts = [f"{where(spot, labels)}: {verdict_word(spot)}"]
    if spot.verdict is not Verdict.NO_CHILDREN:
        parts += [_("%(reach)s Plätze je 100") % {"reach": reach_words(spot)}, people(spot.children)]
    missing = missing_words(spot)
    if missing and not spot.to:
        parts.append(_("%(missing)s im Jahr") % {"missing": missing})
    if len(spot.parts) > 1:
        parts.append(_("Kommunen: %(counts)s") % {"counts": counts(spot)})
    return "; ".join(parts)


def headline(summary: Summary, labels: Labels) -> list[str]:
    """What is the case, in two or three sentences; never green by silence."""
    if not summary.cells:
        return [_("Hier ist noch nichts freigegeben.")]
    return [each for each in (_seams(summary, labels), _missing(summary), _open(summary)) if each]


def _seams(summary: Summary, labels: Labels) -> str:
    worst = max(summary.seams, key=lambda spot: spot.count(Verdict.GAP), default=None)
    if worst is None:
        return ""
    if not any(spot.target is not None for spot in summary.seams):
        return _("Für die Übergänge zwischen den Lebensphasen ist noch kein Ziel gesetzt.")
    broken, all_ = worst.count(Verdict.GAP), len(worst.parts)
    names = {
        "phase": labels.phases.get(worst.phase, worst.phase),
        "to": labels.phases.get(worst.to, worst.to),
    }
    if not broken:
        unclear = sum(spot.count(Verdict.CHECK) for spot in summary.seams)
        if unclear:
            return ngettext(
                "Kein Übergang reißt sicher; einer ist zu prüfen.",
                "Kein Übergang reißt sicher; %(count)s sind zu prüfen.", unclear,
            ) % {"count": number(unclear)}  # fmt: skip
        return _("Alle Übergänge, für die es ein Ziel gibt, halten.")
    if all_ > 1:
        given = {**names, "broken": number(broken), "all": number(all_)}
        if broken == all_:
            return _("In allen %(all)s Kommunen reißt die Kette zwischen „%(phase)s“ und „%(to)s“.") % given
        return (
            _("In %(broken)s von %(all)s Kommunen reißt die Kette zwischen „%(phase)s“ und „%(to)s“.") % given
        )
    torn = [spot for spot in summary.seams if spot.verdict is Verdict.GAP]
    given = {
        **names, "place": labels.areas.get(summary.area or "", ""), "torn": number(len(torn)),
        "seams": number(len(summary.seams)),
    }  # fmt: skip
    if len(torn) == 1:
        return _("In %(place)s reißt die Kette zwischen „%(phase)s“ und „%(to)s“.") % given
    if len(torn) == len(summary.seams):
        return _("In %(place)s reißt die Kette an allen %(torn)s Übergängen.") % given
    return _("In %(place)s reißt die Kette an %(torn)s von %(seams)s Übergängen.") % given


def _missing(summary: Summary) -> str:
    least, most = summary.missing
    if most <= 0:
        return _("Wo ein Ziel gesetzt ist, fehlt kein Platz.") if summary.count(*JUDGED) else ""
    given = {"least": _at_least_one(least), "most": _at_least_one(most)}
    if least <= 0:
        return _("Sicher fehlt kein Platz, höchstens fehlen %(most)s im Jahr.") % given
    if given["least"] == given["most"]:
        return _("Es fehlen %(least)s Plätze im Jahr.") % given
    return _("Sicher fehlen %(least)s Plätze im Jahr, höchstens %(most)s.") % given


def _open(summary: Summary) -> str:
    check, unset, every = (
        summary.count(*verdicts) for verdicts in ((Verdict.CHECK,), (Verdict.NO_TARGET,), Verdict)
    )
    if every == 1:
        only = _("Die eine Zelle ist zu prüfen.") if check else ""
        return _("Die eine Zelle hat kein Ziel.") if unset else only
    sentence = ngettext(
        "Von %(all)s Zellen ist %(check)s zu prüfen; ohne Ziel sind %(open)s.",
        "Von %(all)s Zellen sind %(check)s zu prüfen und %(open)s ohne Ziel.",
        check,
    )
    return sentence % {"check": number(check), "open": number(unset), "all": number(every)}


def continuity(summary: Summary) -> str:
    """Where the chain holds, as a sentence."""
    share = summary.continuity
    if share is None:
        return ""
    if summary.area is not None:
        return (
            _("Die Kette hält hier ohne Lücke.")
            if share
            else _("Die Kette hält hier noch nicht durchgehend.")
        )
    if share == 0:
        return _("In keiner Kommune hält die Kette schon von Anfang bis Ende.")
    return _("%(share)s der jungen Menschen wohnen dort, wo die Kette hält.") % {"share": percent(share)}


def listed(words: Iterable[str]) -> str:
    """a, b und c."""
    *first, last = list(words) or [""]
    return _("%(first)s und %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _hides(spot: Spot, *, low: str, high: str, target: str) -> bool:
    return (spot.verdict is Verdict.GAP and high == target) or (
        spot.verdict is Verdict.CHECK and low == target and spot.reach_lo < (spot.target or 0.0)
    )


def _at_least_one(value: float) -> str:
    return number(max(1.0, round(value))) if value > 0 else "0"
