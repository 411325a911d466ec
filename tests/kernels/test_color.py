"""A county's one color stays readable, whatever the county chose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.core.appearance import DARK, LIGHT
from lueckenlos.kernels.color import (
    TEXT_CONTRAST,
    NotAColor,
    Rgb,
    accent,
    contrast,
    lightness,
    parse,
    readable,
    with_lightness,
    written,
)

parts = st.integers(0, 255)
colors = st.tuples(parts, parts, parts)


def test_contrast_is_what_the_guideline_prints() -> None:
    assert contrast((255, 255, 255), other=(0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), other=(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(colors, st.sampled_from([LIGHT, DARK]))
def test_any_color_reads_on_every_ground_of_its_mode(color: Rgb, grounds: tuple[str, ...]) -> None:
    shades = accent(written(color), grounds=grounds)

    for ground in (*grounds, shades.soft, shades.on_color):
        assert contrast(parse(shades.color), other=parse(ground)) >= TEXT_CONTRAST


@given(colors)
def test_a_color_that_reads_already_is_left_alone(color: Rgb) -> None:
    on = (255, 255, 255)
    if contrast(color, other=on) >= TEXT_CONTRAST:
        assert readable(color, on=on) == color


@given(colors)
def test_a_color_is_written_as_it_is_read(color: Rgb) -> None:
    assert parse(written(color)) == color


@given(colors)
def test_lightness_survives_the_way_there_and_back(color: Rgb) -> None:
    again = with_lightness(color, value=lightness(color))

    assert all(abs(one - other) <= 2 for one, other in zip(color, again, strict=True))


def test_short_notation_means_the_same() -> None:
    assert parse("#0af") == parse("#00AAFF")


@pytest.mark.parametrize("text", ["", "teal", "#12", "#12345g", "#0f6b6b; } body { display: none"])
def test_what_is_not_a_color_is_named(text: str) -> None:
    with pytest.raises(NotAColor) as caught:
        parse(text)

    assert caught.value.text == text
