"""Where two texts differ, as spans that a view can mark; and numbers masked so that they can still be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from server_sync.domain.rules.phone import mask

LONGEST = 2_000
"""Characters; longer texts are marked as a whole, so that drawing stays quick."""


@dataclass(frozen=True)
class Span:
    """A piece of a text; `changed`: not in the other one."""

    text: str
    changed: bool


def spans(base: str, value: str) -> tuple[Span, ...]:
    """`value` in pieces, those marked that `base` does not have."""
    if base == value or not value:
        return (Span(value, False),) if value else ()
    if not base or len(base) + len(value) > LONGEST:
        return (Span(value, True),)
    found: list[Span] = []
    for kind, _, _, begin, end in SequenceMatcher(None, base, value, autojunk=False).get_opcodes():
        if begin == end:
            continue
        changed = kind != "equal"
        if found and found[-1].changed is changed:
            found[-1] = Span(found[-1].text + value[begin:end], changed)
        else:
            found.append(Span(value[begin:end], changed))
    return tuple(found)


def masked_apart(numbers: Sequence[str]) -> list[str]:
    """Numbers as they may be shown; where masks alone would hide in what they differ, those digits stay to be seen."""
    masks = [mask(number) for number in numbers]
    plain = [number.partition(";")[0].removeprefix("+86") for number in numbers]
    given = [place for place, number in enumerate(numbers) if number]
    alike = {len(plain[place]) for place in given} | {len(masks[place]) for place in given}
    if len(alike) != 1 or len({masks[place] for place in given}) == len({plain[place] for place in given}):
        return [masked if number else "" for masked, number in zip(masks, numbers, strict=True)]
    differing = {i for i in range(alike.pop()) if len({plain[place][i] for place in given}) > 1}
    return [
        "".join(
            digit if i in differing else hidden for i, (digit, hidden) in enumerate(zip(n, m, strict=True))
        )
        if number
        else ""
        for number, n, m in zip(numbers, plain, masks, strict=True)
    ]
