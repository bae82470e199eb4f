"""Every colour and size of the product, as plain values; nothing here knows Qt.

Sizes are device-independent pixels (Qt scales them); type sizes are given in the same unit and become points
in ``theme``. Text never uses a raw tone but its *ink*: the tone moved towards the text colour until it reads on every
ground it is put on (contrast of WCAG 2.2, 1.4.3: at least 4.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

RGB = tuple[int, int, int]

MIN_CONTRAST = 4.5


class Tone(Enum):
    """What a coloured thing says; never said by colour alone."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


class TypeRole(Enum):
    """The four sizes of type and, below, their weights."""

    SMALL = 12.0
    BODY = 13.0
    TITLE = 15.0
    FIGURE = 20.0


class Weight(Enum):
    """CSS weights; three at most in the whole product."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 600


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in device-independent pixels, on a grid of 4."""

    grid: int = 4
    radius: int = 6
    radius_small: int = 4
    border: int = 1
    focus_ring: int = 2
    row: int = 32
    row_two_line: int = 56
    control: int = 32
    control_small: int = 24
    icon: int = 16
    icon_large: int = 20
    rail: int = 56
    rail_button: int = 48
    list_min: int = 300
    list_usual: int = 344
    list_max: int = 380
    context_min: int = 280
    context_usual: int = 320
    context_max: int = 340
    header: int = 72
    footer: int = 56
    status_bar: int = 28
    window_min_width: int = 1280
    window_min_height: int = 800
    line_height_percent: int = 145
    undo_ms: int = 8_000


SIZES = Sizes()


def rgb(text: str) -> RGB:
    """``"#2563EB"`` → ``(37, 99, 235)``."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def hex_of(colour: RGB) -> str:
    """``(37, 99, 235)`` → ``"#2563eb"``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(top: RGB, ground: RGB, share: float) -> RGB:
    """``top`` laid over ``ground`` with the given opacity, 0..1."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(top, ground, strict=True))
    return red, green, blue


def luminance(colour: RGB) -> float:
    """Relative luminance of WCAG 2.2, 0..1."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = colour
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio of WCAG 2.2, 1..21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(tone: RGB, text: RGB, grounds: Iterable[RGB]) -> RGB:
    """``tone`` moved towards ``text`` in the smallest step that reads on every ground."""
    over = tuple(grounds)
    for percent in range(0, 101, 2):
        ink = mix(text, tone, percent / 100)
        if all(contrast(ink, ground) >= MIN_CONTRAST for ground in over):
            return ink
    return text


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour scheme; every text colour reads on canvas, surface, hover and selection."""

    dark: bool
    canvas: RGB
    surface: RGB
    chrome: RGB
    line: RGB
    strong_line: RGB
    hover: RGB
    selection: RGB
    text_selection: RGB
    text: RGB
    soft: RGB
    faint: RGB
    on_fill: RGB
    fills: dict[Tone, RGB]
    tones: dict[Tone, RGB]
    tints: dict[Tone, RGB]
    inks: dict[Tone, RGB]

    @property
    def accent(self) -> RGB:
        return self.tones[Tone.ACCENT]


@dataclass(frozen=True, slots=True)
class _Seeds:
    """The colours a scheme is grown from."""

    dark: bool
    canvas: str
    surface: str
    chrome: str
    line: str
    text: str
    soft: str
    faint: str
    accent: str
    success: str
    warning: str
    danger: str
    accent_fill: str
    danger_fill: str
    tint: float
    selection: float


def _grow(seeds: _Seeds) -> Colours:
    canvas, surface, chrome, text = (rgb(c) for c in (seeds.canvas, seeds.surface, seeds.chrome, seeds.text))
    white: RGB = (255, 255, 255)
    tones = {
        Tone.NEUTRAL: rgb(seeds.soft),
        Tone.ACCENT: rgb(seeds.accent),
        Tone.SUCCESS: rgb(seeds.success),
        Tone.WARNING: rgb(seeds.warning),
        Tone.DANGER: rgb(seeds.danger),
    }
    hover = mix(text, surface, 0.04)
    selection = mix(tones[Tone.ACCENT], surface, seeds.selection)
    grounds = (canvas, surface, chrome, hover, selection)
    tints = {tone: mix(colour, surface, seeds.tint) for tone, colour in tones.items()}
    tints[Tone.NEUTRAL] = mix(tones[Tone.NEUTRAL], surface, seeds.tint * 0.75)
    inks = {tone: readable(colour, text, (*grounds, tints[tone])) for tone, colour in tones.items()}
    black: RGB = (10, 12, 16)
    fills = {tone: readable(colour, black, (white,)) for tone, colour in tones.items()}
    fills[Tone.ACCENT] = readable(rgb(seeds.accent_fill), black, (white,))
    fills[Tone.DANGER] = readable(rgb(seeds.danger_fill), black, (white,))
    return Colours(
        dark=seeds.dark,
        canvas=canvas,
        surface=surface,
        chrome=chrome,
        line=rgb(seeds.line),
        strong_line=mix(text, rgb(seeds.line), 0.18),
        hover=hover,
        selection=selection,
        text_selection=mix(tones[Tone.ACCENT], surface, 0.30),
        text=text,
        soft=readable(rgb(seeds.soft), text, (*grounds, *tints.values())),
        faint=readable(rgb(seeds.faint), text, grounds),
        on_fill=white,
        fills=fills,
        tones=tones,
        tints=tints,
        inks=inks,
    )


LIGHT = _grow(
    _Seeds(
        dark=False,
        canvas="#F6F7F9",
        surface="#FFFFFF",
        chrome="#FAFBFC",
        line="#E3E6EB",
        text="#1B1F27",
        soft="#5A6372",
        faint="#6F7888",
        accent="#2563EB",
        success="#15803D",
        warning="#B45309",
        danger="#C62828",
        accent_fill="#2563EB",
        danger_fill="#C62828",
        tint=0.12,
        selection=0.10,
    )
)

DARK = _grow(
    _Seeds(
        dark=True,
        canvas="#14171C",
        surface="#1B1F26",
        chrome="#181B21",
        line="#2B313B",
        text="#E7EAF0",
        soft="#A3ACBB",
        faint="#838D9D",
        accent="#5B8DEF",
        success="#4ADE80",
        warning="#FBBF24",
        danger="#F87171",
        accent_fill="#3D70DC",
        danger_fill="#C93C3C",
        tint=0.16,
        selection=0.20,
    )
)
