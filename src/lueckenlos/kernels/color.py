"""Makes a county's one color readable: contrast by WCAG 2.2, shifted only as far as needed."""

import math
import re
from dataclasses import dataclass

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)
TEXT_CONTRAST = 4.5

Rgb = tuple[int, int, int]


class NotAColor(ValueError):
    """A text is not a color of the form #rrggbb."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a color; write it as #rrggbb, for example #0f6b6b")
        self.text = text


@dataclass(frozen=True, slots=True)
class Accent:
    """The accent color of one mode with what is written on it and a soft ground of the same hue."""

    color: str
    on_color: str
    soft: str


def parse(text: str) -> Rgb:
    """Reads #rgb or #rrggbb; raises NotAColor for anything else."""
    digits = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9a-fA-F]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        raise NotAColor(text)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def written(color: Rgb) -> str:
    """A color as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*color)


def luminance(color: Rgb) -> float:
    """Relative luminance of an sRGB color, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)


def contrast(one: Rgb, *, other: Rgb) -> float:
    """Contrast of two colors, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: Rgb, *, other: Rgb, share: float) -> Rgb:
    """The color on the straight way from one to the other; share 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lightness(color: Rgb) -> float:
    """Perceived lightness of a color in OKLCH, 0 to 1."""
    return _oklab(color)[0]


def with_lightness(color: Rgb, *, value: float) -> Rgb:
    """The same hue at another lightness; chroma gives way where sRGB ends (Ottosson, OKLab)."""
    _, green_red, blue_yellow = _oklab(color)
    for step in range(20, -1, -1):
        parts = _from_oklab(value, green_red * step / 20, blue_yellow * step / 20)
        if all(-0.002 <= part <= 1.002 for part in parts):
            red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in parts)
            return red, green, blue
    return WHITE if value > 0.5 else BLACK


def _oklab(color: Rgb) -> tuple[float, float, float]:
    red, green, blue = (_linear(part / 255) for part in color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(light: float, green_red: float, blue_yellow: float) -> tuple[float, float, float]:
    long = (light + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (light - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (light - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _gamma(part: float) -> float:
    if part <= 0.0031308:
        return 12.92 * part
    return 1.055 * math.pow(part, 1 / 2.4) - 0.055


def readable(color: Rgb, *, on: Rgb, at_least: float = TEXT_CONTRAST) -> Rgb:
    """The same hue, only as much darker or lighter as it takes to read on the ground."""
    if contrast(color, other=on) >= at_least:
        return color
    end = 0.0 if luminance(on) > 0.18 else 1.0
    start = lightness(color)
    for step in range(1, 101):
        candidate = with_lightness(color, value=start + (end - start) * step / 100)
        if contrast(candidate, other=on) >= at_least:
            return candidate
    return WHITE if end else BLACK


def accent(
    text: str, *, grounds: tuple[str, ...], soft_share: float = 0.12, at_least: float = TEXT_CONTRAST
) -> Accent:
    """The accent for one mode: readable on each ground and on its own soft one, with text readable on it."""
    shades = [parse(ground) for ground in grounds]
    color = parse(text)
    for shade in shades:
        color = readable(color, on=shade, at_least=at_least)
    # A middling light keeps the soft ground's hue clear where the accent itself is nearly black or white.
    soft = mixed(shades[0], other=with_lightness(color, value=0.62), share=soft_share)
    color = readable(color, on=soft)
    inks = (WHITE, shades[0] if luminance(shades[0]) < 0.18 else BLACK)
    on_color = max(inks, key=lambda ink: contrast(ink, other=color))
    return Accent(written(color), written(on_color), written(soft))
