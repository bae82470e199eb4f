"""Checks the parameters of questions: their spelling, which a type takes, and the figures of a range."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import Column
from server_sync.domain.forms.xlsform.outline import Entry, Outline, RowKind
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xpath.nearest import nearest

_PAIR = re.compile(r"[\s,;]*([^\s=,;]+)\s*=\s*([^\s=,;]+)")
_RANGE = ("start", "end", "step", "tick_interval", "placeholder", "tick_labelset")
_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "range": _RANGE,
    "text": ("rows",),
    "string": ("rows",),
    "image": ("max-pixels", "app"),
    "photo": ("max-pixels", "app"),
    "audio": ("quality",),
    "background-audio": ("quality",),
    "geopoint": ("allow-mock-accuracy", "capture-accuracy", "warning-accuracy", "reference-geometry"),
    "geotrace": ("allow-mock-accuracy", "incremental", "reference-geometry"),
    "geoshape": ("allow-mock-accuracy", "incremental", "reference-geometry"),
    "audit": (
        "identify-user", "location-max-age", "location-min-interval", "location-priority", "track-changes",
        "track-changes-reasons",
    ),
}  # fmt: skip
_OF_SELECTS = ("randomize", "seed")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "randomize": ("true", "false"),
    "quality": ("voice-only", "low", "normal", "external"),
    "track-changes": ("true", "false"),
    "identify-user": ("true", "false"),
    "allow-mock-accuracy": ("true", "false"),
    "incremental": ("true",),
    "location-priority": ("no-power", "low-power", "balanced", "high-accuracy"),
    "track-changes-reasons": ("on-form-edit",),
}
_FIGURES = frozenset({"rows", "max-pixels", "capture-accuracy", "warning-accuracy"} | set(_RANGE[:5]))


def check_parameters(outline: Outline, report: Reporter) -> None:
    """The parameters of every row."""
    for entry in outline.entries:
        for column, text in outline.sheet.texts(entry.row, "parameters"):
            if entry.kind is RowKind.QUESTION:
                _check(entry, column, text, outline, report)


def _check(entry: Entry, column: Column, text: str, outline: Outline, report: Reporter) -> None:
    sheet, number = outline.sheet, entry.row.number
    left = _PAIR.sub("", text).strip(" \t\n,;")
    if left:
        report.error(FindingKind.PARAMETERS_BROKEN, sheet, number, column, repair="", value=left)
    known = _known(entry)
    given = {key.lower(): value for key, value in _PAIR.findall(text)}
    for key, value in given.items():
        if known is not None and key not in known:
            said = ", ".join(known)
            report.error(
                FindingKind.PARAMETER_UNKNOWN,
                sheet,
                number,
                column,
                nearest(key, known),
                repair="",
                value=key,
                known=said,
            )
        elif key in _FIGURES and _figure(value) is None:
            report.error(
                FindingKind.PARAMETER_NO_NUMBER, sheet, number, column, repair="", name=key, value=value
            )
        elif key in _WORDS and value.lower() not in _WORDS[key]:
            said = ", ".join(_WORDS[key])
            near = nearest(value, _WORDS[key])
            report.error(
                FindingKind.PARAMETER_NOT_OFFERED,
                sheet,
                number,
                column,
                near,
                repair="",
                name=key,
                value=value,
                known=said,
            )
    if entry.type == "range":
        _check_range(given, entry, column, outline, report)
    elif "seed" in given and "randomize" not in given and known is not None and "randomize" in known:
        report.error(
            FindingKind.PARAMETER_NOT_OFFERED, sheet, number, column, "randomize=true", repair="", name="seed",
            value=given["seed"], known="randomize=true",
        )  # fmt: skip


def _known(entry: Entry) -> tuple[str, ...] | None:
    """The parameters that a question takes; None where nobody minds."""
    if entry.command:
        return (*_OF_SELECTS, "value", "label") if "file" in entry.command else _OF_SELECTS
    return _BY_TYPE.get(entry.type)


def _figure(text: str) -> Decimal | None:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def _check_range(
    given: Mapping[str, str], entry: Entry, column: Column, outline: Outline, report: Reporter
) -> None:
    sheet, number = outline.sheet, entry.row.number
    start, end, step = (
        _figure(given.get(name, default)) for name, default in (("start", "1"), ("end", "10"), ("step", "1"))
    )
    if start is None or end is None or step is None:
        return
    for name in ("step", "tick_interval"):
        figure = _figure(given.get(name, "1"))
        if figure is None:
            continue
        if figure == 0:
            report.error(FindingKind.PARAMETER_ZERO, sheet, number, column, repair="", name=name)
        elif figure > abs(end - start):
            most = str(abs(end - start))
            report.error(
                FindingKind.PARAMETER_TOO_LARGE,
                sheet,
                number,
                column,
                repair="",
                name=name,
                value=str(figure),
                most=most,
            )
