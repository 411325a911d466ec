"""Which dangers the words of a search point to, so that help stands at the top at once."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class CrisisKind(StrEnum):
    """Kinds of danger, by how fast help must come; the county's `crisis.toml` holds the numbers for each."""

    DANGER_NOW = "danger_now"
    """A life may depend on minutes."""
    POISON = "poison"
    SUICIDE = "suicide"
    """Somebody speaks of not wanting to live."""
    SELF_HARM = "self_harm"
    VIOLENCE_HOME = "violence_home"
    """Somebody is beaten, threatened or controlled at home."""
    SEXUAL_ABUSE = "sexual_abuse"
    CHILD_AT_RISK = "child_at_risk"
    """A child is neglected, beaten, locked in or left alone."""
    NOWHERE_TO_SLEEP = "nowhere_to_sleep"
    """Nowhere to sleep tonight."""
    CRYING_BABY_EXHAUSTED = "crying_baby_exhausted"
    """A baby will not stop crying and a parent is at the end, or has shaken it."""
    PARENT_AT_END = "parent_at_end"
    """A parent can no more, without signs of the above."""
    PREGNANCY_DISTRESS = "pregnancy_distress"


_KINDS: tuple[tuple[CrisisKind, str], ...] = (
    (
        CrisisKind.DANGER_NOW,
        r"lebensgefahr|atmet nicht|bewusstlos|will mich umbringen jetzt|messer\w* (in der hand|bedroh\w+)"
        r"|bringt (mich|uns|sie|ihn) um|not breathing|unconscious|kill(ing)? (me|us|her)|nefes almıyor"
        r"|öldürecek|لا يتنفس|سيقتلني|سيقتلنا|не дихає|не дышит|вб'?є мене|убьёт меня|убьет меня",
    ),
    (
        CrisisKind.POISON,
        r"vergift\w*|(putzmittel|reiniger|tabletten|pilz\w*|chemikalie\w*|spülmittel|medikament\w*|batterie\w*|gift\w*)"
        r" (\w+ )?(getrunken|gegessen|geschluckt|verschluckt)|giftnotruf|poison\w*|swallowed (pills|tablets|bleach|a battery)"
        r"|zehirlen\w*|تسمم\w*|отруї\w*|отрав\w*",
    ),
    (
        CrisisKind.SUICIDE,
        r"selbstm[oö]rd\w*|suizid\w*|sui[cz]id\w*|umbringen|nicht mehr leben|nicht mehr da sein|nicht mehr aufwachen"
        r"|sterben woll\w*|will sterben|möchte sterben|(das|mein) leben (nehmen|beenden)|leben hat kein\w* sinn"
        r"|am liebsten tot|tot sein|kill (myself|himself|herself)|want to die|end my life|intihar\w*|ölmek istiyor\w*"
        r"|انتحار\w*|أريد أن أموت|самогуб\w*|не хочу жити|хочу померти|самоубий\w*|не хочу жить|хочу умереть|samobój\w*"
        r"|chcę umrzeć|suicid\w*|sinucid\w*",
    ),
    (
        CrisisKind.SELF_HARM,
        r"ritz(t|en|e|st|te)( \w+)? (sich|mich|dich)|(sich|mich) (\w+ )?(ritz\w*|schneide\w*|verletz\w*)|selbstverletz\w*"
        r"|schneidet sich|schnitte am arm|self[- ]?harm\w*|cut(s|ting)? (myself|herself|himself)|kendini kesiyor|kendime zarar"
        r"|يجرح نفس\w*|تجرح نفس\w*|ріже себе|режет себя",
    ),
    (
        CrisisKind.SEXUAL_ABUSE,
        r"missbrauch\w*|missbraucht|vergewaltig\w*|sexuell\w* (gewalt|belästig\w*|übergriff\w*)|sexualisierte gewalt"
        r"|fasst (mich|sie|ihn) an|angefasst,? wo|begrapscht\w*|unsittlich\w*|grooming|sexual(ly)? abus\w*|raped?\b"
        r"|tecavüz\w*|cinsel istismar|taciz\w*|اغتصاب\w*|اغتصب\w*|تحرش\w*|зґвалт\w*|изнасил\w*|molest\w*|gwałt\w*|viol(ée?|ată)\b",
    ),
    (
        CrisisKind.CHILD_AT_RISK,
        r"kindeswohlgefährd\w*|kindesmisshandlung|misshandel\w*|verwahrlos\w*|vernachlässigt"
        r"|(schlägt|schlagen|geschlagen|verprügel\w*|prügelt|haut|hauen) (?!andere)(\w+ ){0,3}(kind|kinder|baby|sohn|tochter)\b"
        r"|kind\w* (\w+ ){0,2}(geschlagen|verprügelt|eingesperrt|misshandelt|angeschrien und geschlagen)|hand ausgerutscht"
        r"|(mama|papa|mutter|vater|stiefvater|stiefmutter) (schlägt|haut|prügelt|verprügelt|sperrt) (mich|uns)"
        r"|kind (allein|alleine) (gelassen|eingesperrt)|child abuse|hits? (my|the|his|her) (child|children|kids?)"
        r"|beats? (my|the|his|her) (child|children|kids?)|çocuğ\w+ döv\w*|çocuk istismarı|يضرب (الأطفال|أطفالي|طفلي)"
        r"|б'?є дит\w*|бьет реб[её]нка|бьёт реб[её]нка|bije dzieck\w*",
    ),
    (
        CrisisKind.VIOLENCE_HOME,
        r"(mann|freund|partner|vater|papa|stiefvater) (ist |wird )(\w+ ){0,2}(böse|aggressiv|brutal)"
        r"|(mann|freund|ex|partner|vater|papa|ehemann|frau|bruder|er|sie) (\w+ ){0,2}(schlägt|verprügelt|prügelt|haut|würgt|tritt"
        r"|bedroht|stalkt|verfolgt|schlug|schubst)( (mich|uns|mama|sie|zu))?\b|(werde|wurde|wird) (\w+ ){0,3}(geschlagen|verprügelt"
        r"|bedroht|gewürgt|gestalkt|misshandelt)|häusliche\w* gewalt|gewalt (in der|durch|zu hause|zuhause|vom)"
        r"|gewalttätig\w*|angst vor (meinem|meinen|ihrem) (mann|freund|ex|partner|vater|bruder)|zwangsheirat\w*|frauenhaus"
        r"|hits me|beats me|domestic violence|abusive (husband|partner)|husband (hits|beats)|beni döv\w*|dövüyor|şiddet\w*"
        r"|يضربني|زوجي يضرب\w*|عنف\w*|б'?є мене|чоловік б'?є|насильств\w*|бь[её]т меня|муж бь[её]т|насили\w*|bije mnie|mąż mnie bije"
        r"|me bate|me pega|me frappe|mă bate",
    ),
    (
        CrisisKind.NOWHERE_TO_SLEEP,
        r"(weiß|weiss) nicht,? wo (ich|wir) (\w+ ){0,3}(schlafen|pennen|übernacht\w*|hin)|kein\w* (schlafplatz|dach über|bleibe)"
        r"|rausgeflogen|rausgeschmissen von zu\s?hause|auf der stra(ß|ss)e (schlaf\w*|gelandet|leb\w*|sitz\w*)|obdachlos\w*"
        r"|wohnungslos\w*|notschlaf\w*|abgehauen von zu\s?hause|von zu\s?hause abgehauen|nowhere to (sleep|go|stay)|homeless"
        r"|kicked out|kalacak yer\w* yok|evsiz\w*|بلا مأوى|لا مكان (للنوم|أنام)|ніде (ночувати|спати)|негде (ночевать|спать)|bezdomn\w*",
    ),
    (
        CrisisKind.CRYING_BABY_EXHAUSTED,
        r"(baby|säugling|kind|neugeboren\w*|kleine[rn]?) (\w+ ){0,6}(geschüttelt|schüttel\w*)|schüttel\w* (\w+ ){0,3}(baby|kind)"
        r"|(baby|säugling|neugeboren\w*) (\w+,? ){0,6}(schrei\w*|brüll\w*|wein\w*)|(schrei\w*|brüll\w*|geschrei) (\w+,? ){0,5}"
        r"(baby|säugling)|schreibaby\w*|schreikind\w*|baby (won'?t|will not|doesn'?t) stop crying|shook (my|the) baby|bebe\w* (\w+ ){0,3}"
        r"ağl\w*|رضيع\w* (\w+ ){0,3}يبكي|طفلي لا يتوقف عن البكاء|немовля (\w+ ){0,3}плаче|младенец (\w+ ){0,3}плачет",
    ),
    (
        CrisisKind.PREGNANCY_DISTRESS,
        r"(ungewollt|ungeplant) schwanger|schwanger (\w+,? ){0,6}(angst|allein|niemand\w*|trau\w*|heimlich|verzweifel\w*|weiß nicht)"
        r"|abtreib\w*|vertrauliche geburt|babyklappe|(trau\w*|angst|heimlich) (\w+,? ){0,6}schwanger|schwangerschaftsabbruch"
        r"|unwanted pregnan\w*|abortion|istenmeyen gebelik|kürtaj|إجهاض|аборт\w*",
    ),
    (
        CrisisKind.PARENT_AT_END,
        r"(ich |wir )?(kann|können|schaff\w*|pack\w*|halt\w*) (\w+ ){0,4}nicht mehr( aus)?\b|am ende( meiner kraft)?\b|nerven (am ende|blank)"
        r"|(völlig|total|komplett) (überfordert|fertig|erschöpft)|überfordert|raste aus|drehe? durch|verliere die (nerven|kontrolle)"
        r"|can'?t (cope|go on|do this any ?more|take it)|at my (limit|wits)|dayanamıyorum|لا أستطيع (التحمل|الاستمرار)|لم أعد أحتمل"
        r"|більше не можу|больше не могу|nie daję rady",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
# Words of those who plan, teach or study the subject, not of those who live through it.
_HARMLESS = re.compile(
    r"gewaltfrei\w*|gewaltprävention|prävention\w*|präventiv\w*|vortrag|fortbildung\w*|fachtag\w*|workshop|schulung\w*|konzept\w*"
    r"|seminar|ausbildung zu\w*|ehrenamt\w*|mitarbeit\w*|job\b|stellenangebot\w*|spende\w*|statistik|gesetz\b|§|sgb\b|täterarbeit"
    r"|intervention|weisung|gruppenangebot|prevention|training (for|course)|volunteer\w*|lebensfreude|tischtennis|schlagzeug\w*"
    r"|selbstverteidigung\w*|kickbox\w*|boxen\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(keine?|kein\w*|ohne|nie|niemals|nicht) (\w+ )?(gewalt\w*|missbrauch\w*|suizid\w*|selbstmord\w*|schläge?|vergewaltig\w*)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(ich|mich|mir|mein\w*|wir|uns|unser\w*|hilfe|hilf|i|me|my|beni|bana|kocam|мене|мне|меня|мой|мій|моя)\b|نفسي|زوجي|يضربني",
    re.IGNORECASE,
)
_MILD = frozenset({CrisisKind.PARENT_AT_END})
_EVERYDAY = re.compile(
    r"(kann|können|schaff\w*|pack\w*) (\w+ ){0,4}nicht mehr (\w+ )?(lesen|rechnen|schwimmen|zahlen|bezahlen|arbeiten|turnen|stillen|"
    r"lernen|mieten|kommen|teilnehmen)|ende (der|des) (schul|ferien|woche)\w*|am ende (der|des|vom)\b",
    re.IGNORECASE,
)


def detect(text: str) -> tuple[CrisisKind, ...]:
    """Return the dangers that a search points to, the most urgent first; nothing where its words are harmless.

    Help shown for nothing costs a line on the page; help not shown may cost a life. So words decide in favor of
    help, except where the search plainly speaks of teaching, preventing or studying, and nobody says "I".
    """
    asked = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())
    if not asked:
        return ()
    if _HARMLESS.search(asked) and not _FIRST_PERSON.search(asked):
        return ()
    remaining = _NEGATED.sub(" ", asked)
    found = [kind for kind, pattern in _PATTERNS if pattern.search(remaining)]
    if _EVERYDAY.search(asked):
        found = [kind for kind in found if kind not in _MILD]
    if CrisisKind.CRYING_BABY_EXHAUSTED in found:
        found = [kind for kind in found if kind is not CrisisKind.PARENT_AT_END]
    return tuple(found)
