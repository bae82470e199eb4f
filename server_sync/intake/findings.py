"""What a person has to be told of single rows: errors (the row was refused) and notices (it was taken, look at it)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from server_sync.domain.errors import ErrorKind


class NoticeKind(StrEnum):
    """Why an accepted row, or one that holds no data, deserves a look."""

    RETURN_AMBIGUOUS = "return_ambiguous"
    """The returned number belongs to several customers' orders; each of them is marked."""
    ORDER_VALUES_DIFFER = "order_values_differ"
    """The lines of one order do not agree on a value of the order; the latest line's is taken."""
    CUSTOMER_NAME_DIFFERS = "customer_name_differs"
    """The store knows the customer's number under another name, which is kept."""
    LINE_REPEATED = "line_repeated"
    """The same product, quantity and amount again in one order, without numbers of lines; both are kept."""
    REFUND_LINE = "refund_line"
    """A negative quantity with an amount that is not positive."""
    TIER_UNKNOWN = "tier_unknown"
    """A word for a tier that is none of ours; it is kept among the customer's further fields."""
    NO_CONTACT_POINT = "no_contact_point"
    """A customer without number or address."""
    TOTALS_ROW = "totals_row"
    """A row of sums; it is left out."""
    HEADER_REPEATED = "header_repeated"
    """The header again; it is left out."""
    SHEET_SKIPPED = "sheet_skipped"
    """A sheet that the mapping leaves alone, or a hidden one."""
    ROWS_ABOVE_SKIPPED = "rows_above_skipped"
    """A title or instructions above the header."""
    COLUMN_SKIPPED = "column_skipped"
    """A column with cells that the mapping leaves alone."""
    TEAMS_NOT_MADE = "teams_not_made"
    """So many regions that they can be no teams."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a workbook and what is found there; `row` counts from 1, 0 means the sheet as a whole."""

    sheet: str
    row: int
    column: str
    kind: ErrorKind | NoticeKind
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return {**place, "kind": self.kind.value, "values": dict(self.values)}


@dataclass
class Findings:
    """All that was found in one run, in the order of finding."""

    errors: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def add(self, sheet: str, row: int, column: str, kind: ErrorKind | NoticeKind, **values: Any) -> None:
        """Note an error or a notice, by its kind."""
        finding = Finding(sheet, row, column, kind, values)
        (self.errors if isinstance(kind, ErrorKind) else self.notices).append(finding)


class RowRefusal(Exception):
    """Why a row is not taken: the field it lies in, a kind and the values that its words need."""

    def __init__(self, field: str, kind: ErrorKind, **values: Any) -> None:
        super().__init__(field, kind.value, values)
        self.field = field
        self.kind = kind
        self.values = values
