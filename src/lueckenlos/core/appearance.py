"""The county's accent color as a style sheet, checked for contrast in both modes."""

from lueckenlos.kernels.color import Accent, accent

# The grounds of static/core/house.css: paper, surface, sunk. Text in the accent color must read on each.
LIGHT = ("#fbf8f2", "#fffefb", "#f3ede2")
DARK = ("#151b1d", "#1e2628", "#283235")


def style_sheet(color: str) -> str:
    """Custom properties of the accent for light, for dark by device, and for dark by choice."""
    light = _rules(accent(color, grounds=LIGHT, soft_share=0.16))
    dark = _rules(accent(color, grounds=DARK, soft_share=0.24, at_least=6.5))
    return (
        f":root{{{light}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-kern-theme="light"]){{{dark}}}}}\n'
        f':root[data-kern-theme="dark"]{{{dark}}}\n'
    )


def _rules(shades: Accent) -> str:
    return f"--l-accent:{shades.color};--l-on-accent:{shades.on_color};--l-accent-soft:{shades.soft}"
