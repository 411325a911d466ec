"""What is wished of the picture as an address and as words, each of which can be taken away again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lueckenlos.commons.directory import wording as directory
from lueckenlos.core.components import FilterWord
from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.types import Labels, Narrowing, PictureView, PictureWish

WHOLE = "kreis"


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one kind, of which one is chosen."""

    label: str
    words: tuple[FilterWord, ...]


def pairs(wish: PictureWish) -> dict[str, str]:
    """The address's words; what is not wished is left out."""
    only = wish.narrowing
    seam = f"{wish.phase}>{wish.to}" if wish.to else ""
    given = {
        "ansicht": "" if wish.view is PictureView.PICTURE else wish.view.value,
        "gemeinde": {None: "", "": WHOLE}.get(wish.area, wish.area or ""),
        "phase": "" if seam else wish.phase,
        "feld": wish.field,
        "naht": seam,
        "sprache": only.language,
        "kostenlos": "1" if only.free else "",
        "barrierefrei": "1" if only.accessible else "",
        "format": only.format,
        "art": only.kind,
        "fuer": only.audience,
        "stand": wish.day.isoformat() if wish.day else "",
        "neben": wish.beside,
        "neben_stand": wish.beside_day.isoformat() if wish.beside_day else "",
    }
    return {name: value for name, value in given.items() if value}


def address(wish: PictureWish, **changes: object) -> str:
    """The page's address for a wish with changes; always a full query, so that nothing sticks."""
    return "?" + urlencode(pairs(replace(wish, **changes)))  # type: ignore[arg-type]


def without(wish: PictureWish, *names: str) -> list[tuple[str, str]]:
    """Hidden fields of a small form that asks for these words anew."""
    return [(name, value) for name, value in pairs(wish).items() if name not in names]


def chosen(wish: PictureWish, labels: Labels) -> list[FilterWord]:
    """What narrows the picture at this moment; following a word takes it away."""
    words = [
        FilterWord(text, address(wish, narrowing=wish.narrowing.without(name)), chosen=True)
        for name, text in narrowing_words(wish.narrowing, labels).items()
    ]
    if wish.field and not wish.phase:
        words.append(FilterWord(labels.fields.get(wish.field, ""), address(wish, field=""), chosen=True))
    if wish.day:
        known = _("bekannt am %(day)s") % {"day": telling.day(wish.day)}
        words.append(FilterWord(known, address(wish, day=None), chosen=True))
    if wish.beside:
        text = _("neben %(place)s") % {"place": labels.areas.get(wish.beside, wish.beside)}
        words.append(FilterWord(text, address(wish, beside=""), chosen=True))
    if wish.beside_day:
        text = _("neben dem %(day)s") % {"day": telling.day(wish.beside_day)}
        words.append(FilterWord(text, address(wish, beside_day=None), chosen=True))
    return words


def narrowing_words(only: Narrowing, labels: Labels) -> dict[str, str]:
    """How people say what the services are narrowed to."""
    said = {
        "language": _("auf %(language)s") % {"language": directory.language_name(only.language)},
        "free": _("kostenlos"),
        "accessible": _("barrierefrei"),
        "format": str(directory.FORMATS.get(only.format, only.format)),
        "kind": labels.kinds.get(only.kind, only.kind),
        "audience": _("auch für „%(word)s“") % {"word": only.audience},
    }
    return {name: text for name, text in said.items() if getattr(only, name)}


def narrowed_to(only: Narrowing, labels: Labels) -> str:
    """ "nur Angebote auf Türkisch, kostenlos"; empty where all are counted."""
    words = narrowing_words(only, labels)
    return _("nur Angebote: %(words)s") % {"words": ", ".join(words.values())} if words else ""


def groups(wish: PictureWish, labels: Labels, *, languages: Mapping[str, str]) -> list[Group]:
    """Everything that can be narrowed by a word."""
    only = wish.narrowing

    def narrow(name: str, value: object) -> str:
        return address(wish, narrowing=replace(only, **{name: value}))  # type: ignore[arg-type]

    def words(name: str, options: Mapping[str, str]) -> tuple[FilterWord, ...]:
        return tuple(
            FilterWord(
                label,
                narrow(name, "" if key == getattr(only, name) else key),
                chosen=key == getattr(only, name),
            )
            for key, label in options.items()
        )

    plain = (
        FilterWord(_("kostenlos"), narrow("free", not only.free), chosen=only.free),
        FilterWord(_("barrierefrei"), narrow("accessible", not only.accessible), chosen=only.accessible),
    )
    formats = {str(key): str(label) for key, label in directory.FORMATS.items()}
    return [
        Group(_("Angebote"), plain),
        Group(_("Sprache"), words("language", languages)),
        Group(_("Form"), words("format", formats)),
        Group(_("Handlungsfeld"), _fields(wish, labels)),
        Group(_("Art des Angebots"), words("kind", labels.kinds)),
    ]


def _fields(wish: PictureWish, labels: Labels) -> tuple[FilterWord, ...]:
    return tuple(
        FilterWord(
            label,
            address(wish, field="" if key == wish.field else key, phase="", to=""),
            chosen=key == wish.field,
        )
        for key, label in labels.fields.items()
    )
