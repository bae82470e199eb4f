"""Text reads on every ground (contrast at least 4.5), in both schemes, by arithmetic."""

from __future__ import annotations

import pytest

from agent_app.ui.tokens import DARK, LIGHT, MIN_CONTRAST, Colours, Tone, contrast, mix, readable, rgb

SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def grounds(colours: Colours) -> dict[str, tuple[int, int, int]]:
    return {name: getattr(colours, name) for name in ("canvas", "surface", "chrome", "hover", "selection")}


@SCHEMES
@pytest.mark.parametrize("ink", ["text", "soft", "faint"])
def test_plain_text_reads_on_every_ground(colours: Colours, ink: str) -> None:
    weak = {n: contrast(getattr(colours, ink), g) for n, g in grounds(colours).items()}
    assert all(ratio >= MIN_CONTRAST for ratio in weak.values()), weak


@SCHEMES
@pytest.mark.parametrize("tone", Tone)
def test_toned_text_reads_on_every_ground_and_on_its_own_tint(colours: Colours, tone: Tone) -> None:
    over = {**grounds(colours), "tint": colours.tints[tone]}
    weak = {name: contrast(colours.inks[tone], ground) for name, ground in over.items()}
    assert all(ratio >= MIN_CONTRAST for ratio in weak.values()), weak


@SCHEMES
@pytest.mark.parametrize("tone", Tone)
def test_plain_text_reads_on_tinted_cards_and_banners(colours: Colours, tone: Tone) -> None:
    assert contrast(colours.text, colours.tints[tone]) >= MIN_CONTRAST
    assert contrast(colours.soft, colours.tints[tone]) >= MIN_CONTRAST


@SCHEMES
@pytest.mark.parametrize("tone", Tone)
def test_words_on_filled_buttons_and_counts_read(colours: Colours, tone: Tone) -> None:
    assert contrast(colours.on_fill, colours.fills[tone]) >= MIN_CONTRAST


@SCHEMES
def test_the_focus_ring_stands_out_from_what_it_is_drawn_on(colours: Colours) -> None:
    """WCAG 2.2, 1.4.11: at least 3 for parts that are no text."""
    assert all(contrast(colours.accent, ground) >= 3 for ground in grounds(colours).values())


def test_an_ink_moves_no_further_from_its_tone_than_it_must() -> None:
    white, black = rgb("#FFFFFF"), rgb("#000000")
    assert readable(black, black, [white]) == black
    pale = mix(black, white, 0.2)
    ink = readable(pale, black, [white])
    assert contrast(ink, white) >= MIN_CONTRAST
    assert contrast(ink, white) < MIN_CONTRAST * 1.1
