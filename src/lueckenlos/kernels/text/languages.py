"""Guesses the language of a short question and stems its words; German has its own module."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from lueckenlos.kernels.text.folding import fold, words

GERMAN = "de"
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_PERSIAN = re.compile(r"[پچژگیک]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_UKRAINIAN_WORDS = re.compile(
    r"\b(для дит\w+|допомог\w*|дитин\w*|діт\w*|школ[иі]|мене|мен[іi]|що|як|та|немає|потрібн\w*|чолов\w*|батьк\w*)\b"
)

_STOP = {
    "de": """ab aber alle allem allen aller alles als also am an ander andere anderem anderen auch auf aus bei beim bin
    bis bist bitte brauche braucht da damit dann das dass dein deine dem den denn der des dich die dies diese dieser
    dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gar ganz ganze geht gern
    gerne gibt haben habe hab hat hatte hattest hier hin ich ihm ihn ihr ihre ihrem ihren ihrer im immer in ins irgend
    irgendwo ist ja jede jeder jedes jemand jetzt kann kannst können könnte machen macht man mehr mein meine meinem
    meinen meiner meines mich mir mit mal muss müssen nach neben noch nun nur ob oder ohne sein seine seinem seinen
    seiner seit sich sie sind so soll sollen sollte sondern sowie um und uns unser unsere unserem unseren unserer unter
    vom von vor wann war waren warum was wegen weil weiter welche welcher welches wem wen wenn wer werde werden wie
    wieder will wir wird wo wohin womit woran worüber wollen wurde würde zu zum zur über finde finden bekomme bekommen
    suche suchen möchte möchten helfen hilft frage fragen wohne nix viel sehr schon immer nie welchen weiß""",
    "en": """a about after all am an and any are as at be been but by can could do does for from get have he her help
    him his how i if in is it just me my need no of on or our she so some that the their them there they this to us
    want we what when where which who will with you your""",
    "tr": """ben bir bu çok da daha de değil en gibi hangi her için ile istiyorum kim ki mı mi mu mü nasıl ne nerede
    o olan ve veya var yok yardım benim bana beni""",
    "fr": "à au aux avec ce dans de des du elle en est et il je la le les ma mais me mes mon ne nous où par pas pour "
    "que qui sa se son sur un une vous d l j",
    "es": "a al con de del donde el ella en es eres la las lo los me mi mis mas no o para por que se sin su un una y yo",
    "ro": "a ai al am ca care ce cu de din e este eu fi în la mai mea meu nu o pe pentru sa se si și un unde",
    "pl": "a ale co czy dla do gdzie i ja jak jest już kto ma mam mi mnie mój moja moje na nie o od po się są to w z za że",
    "ru": "а в вы где для до его ее и из как к кто мне мой моя мы на не но о от по с у что я мою моего",
    "uk": "а в ви де для до з і й із її його як хто мені мій моя ми на не але о від по у що я мою мого та",
    "ar": "في من على الى عن انا هل كيف اين ما لا مع هذا هذه او لي و ان",
    "fa": "در از به با برای من را که این و آن است هست کجا چگونه",
}
STOP = {lang: frozenset(fold(word) for word in listed.split()) for lang, listed in _STOP.items()}
_MARKERS = {
    "tr": re.compile(
        r"[ğşı]|\b(ve|için|çocuk\w*|nasıl|nerede|var|yok|yardım\w*|istiyorum|benim|kız\w*|oğl\w*)\b"
    ),
    "pl": re.compile(r"[łśżźćńąę]|prz|szk|dzie|rzy|\b(dla|jest|gdzie|nie|dziec\w+|pomoc\w*|szko\w+)\b"),
    "ro": re.compile(r"[țăâșţş]\w*|\b(pentru|copil\w*|ajutor|unde|este|și)\b"),
    "fr": re.compile(r"[çèêàùœ]|\b(je|pour|mon|ma|mes|les|est|une|où|enfants?|aide|cherche)\b"),
    "es": re.compile(r"[ñ¿¡]|\b(para|mi|mis|los|las|niñ\w+|hij\w+|ayuda|dónde|donde|familias|con|y)\b"),
    "en": re.compile(
        r"\b(the|my|is|for|with|help|child|kids?|baby|where|how|need|and|of|free|i need|i am|are)\b"
    ),
}
_SNOWBALL = {
    "en": "english",
    "tr": "turkish",
    "fr": "french",
    "es": "spanish",
    "ro": "romanian",
    "ru": "russian",
    "uk": "russian",
    "ar": "arabic",
}
_STEMMERS = {lang: snowballstemmer.stemmer(name) for lang, name in _SNOWBALL.items()}
SHORTENED = 6
"""Letters kept where no stemmer exists (Polish, Persian and others)."""


def detect(text: str) -> str:
    """Return the BCP 47 code of the language a question is most likely asked in; German unless signs say otherwise.

    Short questions defeat statistics; script, letters that a language alone has, and its commonest words do not.
    """
    if _ARABIC.search(text):
        return "fa" if _PERSIAN.search(text) else "ar"
    if _CYRILLIC.search(text):
        if _RUSSIAN.search(text):
            return "ru"
        return "uk" if _UKRAINIAN.search(text) or _UKRAINIAN_WORDS.search(text.casefold()) else "ru"
    lowered = text.casefold()
    written = [fold(word) for word in words(lowered)]
    scores = {lang: float(len(pattern.findall(lowered))) for lang, pattern in _MARKERS.items()}
    for lang in scores:
        scores[lang] += 0.5 * sum(word in STOP[lang] for word in written)
    german = sum(word in STOP[GERMAN] for word in written) + 0.5 + 2.0 * bool(re.search(r"[äß]", lowered))
    lang, score = max(scores.items(), key=lambda item: item[1])
    return lang if score > german else GERMAN


@lru_cache(maxsize=50_000)
def stem(word: str, lang: str) -> str:
    """Return the folded stem of a word of a language other than German."""
    stemmer = _STEMMERS.get(lang)
    if stemmer is None:
        return fold(word)[:SHORTENED]
    return fold(str(stemmer.stemWord(word.casefold())))
