"""One sheet as rows of plain cells, and how its places are named; what cells mean stands in `cells`."""

from dataclasses import dataclass

Cell = str | float | int | bool | None
"""A date cell is its ISO text, a formula its stored value, an empty cell None or an empty text."""


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows from the first row on; row i is row i + 1 of the spreadsheet. Rows may be ragged."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False


def column_letter(index: int) -> str:
    """The spreadsheet's letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
