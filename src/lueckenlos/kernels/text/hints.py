"""Reads from a question what it says about age, speaker, place, price and language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lueckenlos.kernels.text.folding import fold, words


class Speaker(StrEnum):
    """Who seems to ask."""

    PARENT = "parent"
    YOUNG = "young"
    PROFESSIONAL = "professional"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a question says besides its subject; None and UNKNOWN where it says nothing."""

    age: float | None = None
    """Years, said in numbers."""
    span: tuple[float, float] | None = None
    """Ages that a word such as "Baby" or "Teenie" spans."""
    speaker: Speaker = Speaker.UNKNOWN
    places: tuple[str, ...] = ()
    """Municipality keys of places named."""
    free: bool = False
    remote: bool = False
    """Asks for telephone, chat or a visit at home."""
    languages: tuple[str, ...] = ()
    """Languages other than German that are asked for by name."""


_AGE = re.compile(
    r"\b(\d{1,2})(?:[,.](\d))?\s*[-–]?\s*(j(?:ahre?n?|ährig\w*|\.)?|monate?n?|wochen?|years?|months?|weeks?|yaş\w*|aylık"
    r"|рок\w*|лет|год\w*|місяц\w*|месяц\w*|سنوات|سنة|شهر|أشهر)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\b(\d{1,2})\.?\s*klasse\b", re.IGNORECASE)
_SPANS: tuple[tuple[tuple[float, float], str], ...] = (
    (
        (-0.75, 0.3),
        r"schwanger\w*|geburtsvorbereit\w*|ungeboren\w*|entbindung\w*|pregnan\w*|hamile\w*|حامل\w*|вагітн\w*|беремен\w*"
        r"|ciąż\w*|enceinte|embarazad\w*",
    ),
    (
        (0, 1.0),
        r"baby\w*|babies|säugling\w*|neugeboren\w*|frühchen\w*|frühgeboren\w*|wochenbett\w*|newborn\w*|bebe\w*|رضيع\w*"
        r"|немовля\w*|младен\w*|малыш\w*|niemowl\w*",
    ),
    ((1, 3), r"kleinkind\w*|krabbel\w*|krippe\w*|u3|toddler\w*|zweijährig\w*|einjährig\w*|trotzphase"),
    (
        (3, 6),
        r"kita\w*|kindergarten\w*|vorschul\w*|kindergärt\w*|kindergarden|anaokul\w*|дитяч\w* сад\w*|садо?к\w*|детск\w* сад\w*"
        r"|przedszkol\w*|روضة\w*|vierjährig\w*|fünfjährig\w*|dreijährig\w*|maternelle",
    ),
    (
        (6, 10),
        r"grundsch\w*|erstkläss\w*|schulanf\w*|einschul\w*|erstklass\w*|primary school|ilkokul\w*|sechsjährig\w*",
    ),
    (
        (10, 16),
        r"teen\w*|pubert\w*|halbstark\w*|sek(undarstufe)? ?i|weiterführend\w*|gymnasi\w*|realschul\w*|hauptschul\w*"
        r"|gesamtschul\w*",
    ),
    (
        (12, 21),
        r"jugendlich\w*|jugentlich\w*|nuvajavan|نوجوان\w*|підліт\w*|подрост\w*|nastolat\w*|heranwachsend\w*|ergen\w*",
    ),
    (
        (16, 24),
        r"azubi\w*|ausbildung\w*|lehre|lehrstelle\w*|abi|abitur\w*|bafög|führerschein|careleaver\w*|berufsschul\w*"
        r"|berufskolleg\w*|studium|studier\w*|praktik\w*|lehrling\w*",
    ),
)
_PATTERNS = tuple((span, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for span, pattern in _SPANS)
_CHILD = re.compile(
    r"\b(mein\w*|unser\w*|ihr\w*|sein\w*) (\w+ )?(kind\w*|sohn\w*|tochter|töchter|söhn\w*|baby\w*|bub\w*|mädchen|junge\w*"
    r"|klein\w+|enkel\w*|säugling|zwilling\w*|teenager|teenie|große\w*|jüngst\w*|ältest\w*)\b"
    r"|\bmy (\w+ )?(child|kid|son|daughter|baby)\w*|\b(çocuğum|oğlum|kızım|bebeğim)\w*|طفلي|ابني|ابنتي|أطفالي"
    r"|\b(мо[йяєїе]|моя|мою|моєї|моего|моей) (\w+ )?(дити\w+|син\w*|сын\w*|доч\w+|реб[её]н\w+|доньк\w+)",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    r"\b(mein\w*|unser\w*) (mutter|mama|mutti|papa|vater|vati|eltern|lehrer\w*|klasse|schule|stiefvater|stiefmutter)\b"
    r"|\b(mama|papa|kein\w* bock|chillen|mein\w* crew|azubi|bin (erst )?1\d|abi fertig|mein\w* ausbild\w*)\b",
    re.IGNORECASE,
)
_PROFESSIONAL = re.compile(
    r"§|\b(sgb|bgb|kkg|kjsg|intervention|klient\w*|fachkr\w+|zielgruppe\w*|kooperation\w*|partizipation|diversion"
    r"|multifamilien\w*|standardelement\w*|gruppenangebot\w*|hilfeplan\w*|indikation|konzept\w*|fallberatung|peripartal\w*"
    r"|sozialmedizinisch\w*|vermittlung|netzwerk\w*|prävention\w*|adressat\w*)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(kostenlos\w*|kostenfrei\w*|umsonst|gratis|kein\w* geld|nichts kost\w*|for free|free of charge|ücretsiz|مجان\w*"
    r"|безкоштовн\w*|бесплатн\w*|bezpłatn\w*|gratuit\w*)\b",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(online\w*|chat\w*|telefon\w*|anonym\w*|anruf\w*|per mail|im internet|video\w*|nach hause|zu uns|ohne auto)\b",
    re.IGNORECASE,
)
_LANGUAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("tr", r"türkisch|turkish|türkçe"),
        ("ar", r"arabisch|arabic|بالعربية|العربية"),
        ("uk", r"ukrainisch|ukrainian|україн"),
        ("ru", r"russisch|russian|русск|по-русски"),
        ("en", r"englisch|\bin english|english[- ]speaking"),
        ("pl", r"polnisch|polish|po polsku"),
        ("ro", r"rumänisch|romanian|român"),
        ("fr", r"französisch|français"),
        ("es", r"spanisch|español"),
        ("fa", r"persisch|\bfarsi\b|\bdari\b|فارسی"),
        ("ku", r"kurdisch|kurdî"),
        ("dgs", r"gebärden"),
    )
)


def read(text: str, *, places: Mapping[str, str] | None = None) -> Hints:
    """Return the hints of a question; `places` maps folded names of villages and towns to municipality keys."""
    lowered = text.casefold()
    return Hints(
        age=_age(lowered),
        span=_span(lowered),
        speaker=_speaker(text),
        places=named_places(text, places=places or {}),
        free=bool(_FREE.search(lowered)),
        remote=bool(_REMOTE.search(lowered)),
        languages=tuple(code for code, pattern in _LANGUAGES if pattern.search(lowered)),
    )


def named_places(text: str, *, places: Mapping[str, str]) -> tuple[str, ...]:
    """Return the municipalities whose own or villages' names stand in the text, in order."""
    written = [fold(word) for word in words(text)]
    found: dict[str, None] = {}
    for size in (3, 2, 1):
        for start in range(len(written) - size + 1):
            ags = places.get(" ".join(written[start : start + size]))
            if ags is not None:
                found[ags] = None
    return tuple(found)


def _age(text: str) -> float | None:
    matched = _AGE.search(text)
    if matched:
        years = float(f"{matched[1]}.{matched[2] or 0}")
        unit = matched[3]
        if unit.startswith(("mon", "ay", "міс", "мес", "شهر", "أشهر")):
            return years / 12
        return years / 52 if unit.startswith(("woch", "week")) else years
    school = _CLASS.search(text)
    return float(school[1]) + 5.5 if school and 1 <= int(school[1]) <= 13 else None


def _span(text: str) -> tuple[float, float] | None:
    for span, pattern in _PATTERNS:
        if pattern.search(text):
            return span
    return None


def _speaker(text: str) -> Speaker:
    if _CHILD.search(text):
        return Speaker.PARENT
    if _YOUNG.search(text):
        return Speaker.YOUNG
    return Speaker.PROFESSIONAL if _PROFESSIONAL.search(text) else Speaker.UNKNOWN
