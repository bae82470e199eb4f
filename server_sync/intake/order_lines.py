"""Which stored line a file's line is, so that the same file again, or a later export of it, doubles no sale."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from server_sync.intake.draft import Draft, Row
from server_sync.intake.order_rows import FileLine

_COLUMNS = (
    "product_code",
    "product_name",
    "category",
    "subcategory",
    "amount",
    "quantity",
    "discount",
    "profit",
)
_Values = dict[str, Any]


def put_lines(
    draft: Draft, customer_id: bytes, order_id: bytes, lines: Iterable[FileLine], stored: list[Row]
) -> list[Row]:
    """Put an order's lines into the draft; returns all its lines as they will stand, those not in the file included.

    A line is the stored one with the same number and product, else the same content, else the same number, else the
    same product: so numbers that merely count the rows of an export may shift. Stored lines that the file lacks stay.
    """
    wanted = [_values(line) for line in lines]
    free = {row["id"]: row for row in stored}
    matches: dict[int, Row] = {}
    for key in (_number_and_product, _content, _number, _product) if stored else ():
        _match(wanted, free, matches, key)
    taken = {row["source_row"] for row in stored}
    standing: list[Row] = list(free.values())
    for index, values in enumerate(wanted):
        if index in matches:
            line_id = draft.keep("order_line", matches[index])
            draft.amend("order_line", line_id, values)
        else:
            values.setdefault("source_row", _next_number(taken))
            line_id = draft.insert("order_line", {"customer_id": customer_id, "order_id": order_id, **values})
        taken.add(draft.current("order_line", line_id)["source_row"])
        standing.append(draft.current("order_line", line_id))
    return standing


def _values(line: FileLine) -> _Values:
    """The line's columns that the file fills; without numbers of lines, `source_row` is left out."""
    values = line.record.values
    return {name: values[name] for name in ("source_row", *_COLUMNS) if name in values}


def _match(
    wanted: list[_Values], free: dict[bytes, Row], matches: dict[int, Row], key: Callable[[Row], Hashable]
) -> None:
    """Pair lines that have no partner yet and the same key, first with first."""
    by_key: dict[Hashable, list[Row]] = defaultdict(list)
    for row in reversed(free.values()):
        by_key[key(row)].append(row)
    for index, values in enumerate(wanted):
        if index not in matches and (value := key(values)) is not None and by_key.get(value):
            row = by_key[value].pop()
            matches[index] = row
            del free[row["id"]]


def _number(row: Row) -> Hashable:
    return row.get("source_row")


def _product(row: Row) -> Hashable:
    product = row.get("product_code"), row.get("product_name")
    return None if product == (None, None) else product


def _number_and_product(row: Row) -> Hashable:
    number = _number(row)
    return None if number is None else (number, _product(row))


def _content(row: Row) -> Hashable:
    return _product(row), row["amount"], row.get("quantity")


def _next_number(taken: set[str]) -> str:
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)
