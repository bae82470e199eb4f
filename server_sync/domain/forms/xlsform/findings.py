"""What a check finds, as kinds and values with their place; the words for them live in views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FindingKind(StrEnum):
    """What is wrong, or deserves a look. In brackets: the values that the words need besides the place."""

    # the file as a whole
    FILE_UNREADABLE = "file_unreadable"  # reason, detail
    FILE_TOO_LARGE = "file_too_large"  # what ("bytes", "unpacked", "rows", "nodes"), found, most
    OTHER_TYPE = "other_type"  # name, found
    SHEET_MISSING = "sheet_missing"  # name
    SHEET_MISSPELT = "sheet_misspelt"  # name
    NO_QUESTIONS = "no_questions"

    # columns and cells
    COLUMN_MISSING = "column_missing"  # name
    COLUMN_UNKNOWN = "column_unknown"  # name
    COLUMN_TWICE = "column_twice"  # name, other
    CELL_ERROR = "cell_error"  # value
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # value
    CELLS_MERGED = "cells_merged"  # value
    SPACES_AROUND = "spaces_around"  # value
    BLANK_ROWS = "blank_rows"  # count

    # rows of the survey sheet
    TYPE_MISSING = "type_missing"
    TYPE_UNKNOWN = "type_unknown"  # value
    NAME_MISSING = "name_missing"
    NAME_INVALID = "name_invalid"  # value
    NAME_RESERVED = "name_reserved"  # value
    NAME_TWICE = "name_twice"  # value, first
    NAME_CASE = "name_case"  # value, first
    LABEL_MISSING = "label_missing"  # name
    NEVER_CLOSED = "never_closed"  # value (group or repeat), name
    NEVER_OPENED = "never_opened"  # value
    CLOSED_BY_OTHER = "closed_by_other"  # value, name, first
    GROUPS_TOO_DEEP = "groups_too_deep"  # most
    CALCULATION_MISSING = "calculation_missing"  # name
    CONSTRAINT_ALONE = "constraint_alone"  # name
    DEFAULT_INVALID = "default_invalid"  # value, name
    NOT_USED_HERE = "not_used_here"  # value
    YES_OR_NO = "yes_or_no"  # value

    # choices
    LIST_NAME_MISSING = "list_name_missing"
    LIST_MISSING = "list_missing"  # value
    LIST_EMPTY = "list_empty"  # value
    CHOICE_NAME_MISSING = "choice_name_missing"  # value (the list)
    CHOICE_NAME_SPACE = "choice_name_space"  # value, name
    CHOICE_TWICE = "choice_twice"  # value, name, first
    CHOICE_LABEL_MISSING = "choice_label_missing"  # value
    FILE_MISSING = "file_missing"  # name
    FILE_TYPE_UNKNOWN = "file_type_unknown"  # value

    # expressions
    REFERENCE_UNKNOWN = "reference_unknown"  # value
    REFERENCE_BROKEN = "reference_broken"  # value
    REFERENCE_AMBIGUOUS = "reference_ambiguous"  # value, rows
    TRIGGER_INVALID = "trigger_invalid"  # value
    PATH_UNKNOWN = "path_unknown"  # value, at
    EXPRESSION_BROKEN = "expression_broken"  # value, at
    EXPRESSION_INCOMPLETE = "expression_incomplete"  # at
    EXPRESSION_TOO_COMPLEX = "expression_too_complex"
    AXIS_UNKNOWN = "axis_unknown"  # value, at
    FUNCTION_UNKNOWN = "function_unknown"  # value, at
    ARGUMENT_COUNT = "argument_count"  # value, at, least, most, count
    PATTERN_BROKEN = "pattern_broken"  # value
    FILTER_COLUMN_UNKNOWN = "filter_column_unknown"  # value, list
    COUNT_INVALID = "count_invalid"  # value
    CYCLE = "cycle"  # names, rows

    # parameters
    PARAMETERS_BROKEN = "parameters_broken"  # value
    PARAMETER_UNKNOWN = "parameter_unknown"  # value, known
    PARAMETER_NO_NUMBER = "parameter_no_number"  # name, value
    PARAMETER_ZERO = "parameter_zero"  # name
    PARAMETER_TOO_LARGE = "parameter_too_large"  # name, value, most
    PARAMETER_NOT_OFFERED = "parameter_not_offered"  # name, value, known

    # settings and languages
    SETTING_INVALID = "setting_invalid"  # name, value, known
    SETTINGS_ROWS = "settings_rows"
    SETTING_MISSING = "setting_missing"  # name
    LANGUAGE_UNKNOWN = "language_unknown"  # value
    TRANSLATION_COLUMN_MISSING = "translation_column_missing"  # name
    TRANSLATION_MISSING = "translation_missing"  # count, rows

    # what only the making of the form shows
    UNSUPPORTED = "unsupported"  # feature
    CONVERTER = "converter"  # detail: a sentence of pyxform, in English


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong (`error`), or worth a look, at a place of the file.

    `sheet` as it is called in the file, "" for the file as a whole (and for an XForm); `row` as the spreadsheet counts,
    from 1 with the row of column names, 0 for none (in an XForm: the line); `column` the heading as it is written;
    `suggestion` what to write instead, "" where nothing is near.
    """

    kind: FindingKind
    sheet: str = ""
    row: int = 0
    column: str = ""
    suggestion: str = ""
    error: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)


class Findings:
    """Gathers findings, each once, and puts them into the order of the file."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[tuple[int, int, int, int], Finding]] = {}

    def add(self, finding: Finding, order: tuple[int, int, int] = (-1, 0, 0)) -> None:
        """Keep a finding; `order` is the place of its sheet, its row and its column."""
        key = (finding.kind, finding.sheet, finding.row, finding.column, repr(sorted(finding.values.items())))
        self._found.setdefault(key, ((*order, len(self._found)), finding))

    def in_order(self) -> tuple[Finding, ...]:
        """By sheet, row and column."""
        return tuple(finding for _, finding in sorted(self._found.values(), key=lambda entry: entry[0]))

    @property
    def wrong(self) -> bool:
        """Whether anything found forbids to publish."""
        return any(finding.error for _, finding in self._found.values())
