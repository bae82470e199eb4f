"""What the check of a form found, in words: where, what, and what to do about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_app.features.forms.model.finding_advice import ADVICE, SETTING_ADVICE
from agent_app.features.forms.model.finding_texts import SENTENCES
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Cell, Column
from agent_app.ui.tokens import Tone
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.wire.forms import FindingTold


class _Values(dict[str, Any]):
    """A value that a newer server no longer sends leaves nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def finding_columns() -> Sequence[Column[FindingTold]]:
    """Errors and warnings as a table: sheet, row, column, what, suggestion."""

    def severity(one: FindingTold) -> Cell:
        if one.error:
            return Cell(translate("Findings", "Error"), Tone.DANGER, badge=True)
        return Cell(translate("Findings", "Note"), Tone.WARNING, badge=True)

    def row(one: FindingTold) -> Cell:
        return Cell(str(one.row) if one.row else "")

    def what(one: FindingTold) -> Cell:
        words = what_words(one)
        return Cell(words, tooltip=words)

    def suggestion(one: FindingTold) -> Cell:
        words = suggestion_words(one)
        return Cell(words, Tone.ACCENT if words else None, tooltip=words)

    return (
        Column(translate("Findings", "Kind"), severity, 64, sortable=False),
        Column(translate("Findings", "Sheet"), lambda one: Cell(one.sheet), 84, sortable=False),
        Column(translate("Findings", "Row"), row, 48, number=True, sortable=False),
        Column(translate("Findings", "Column"), lambda one: Cell(one.column), 104, sortable=False),
        Column(translate("Findings", "What is wrong"), what, 0, sortable=False),
        Column(translate("Findings", "Suggestion"), suggestion, 220, sortable=False),
    )


def whole_words(one: FindingTold) -> str:
    """A finding without being shortened: what is wrong, and beneath it what to do."""
    return "\n".join(words for words in (what_words(one), suggestion_words(one)) if words)


def what_words(one: FindingTold) -> str:
    """What is wrong, without its place."""
    text = SENTENCES.get(one.kind)
    if text is None:
        return translate("Findings", "A newer server says: {kind}").format(kind=one.kind)
    return translate("Findings", text).format_map(_values(one))


def suggestion_words(one: FindingTold) -> str:
    """What to write instead, or what to do; "" where there is nothing to be said."""
    advice = ADVICE.get(one.kind)
    if one.kind == FindingKind.SETTING_MISSING:
        advice = SETTING_ADVICE.get(str(one.values.get("name")))
    return one.suggestion if advice is None else translate("Findings", advice).format_map(_values(one))


def _values(one: FindingTold) -> Mapping[str, Any]:
    values: dict[str, Any] = {
        key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for key, value in one.values.items()
    }
    values |= {"suggestion": one.suggestion, "sheet": one.sheet, "column": one.column}
    match one.kind:
        case FindingKind.CYCLE:
            values["circle"] = " → ".join(map(str, one.values.get("names", ())))
        case FindingKind.ARGUMENT_COUNT:
            values["wanted"] = _wanted(one.values.get("least"), one.values.get("most"))
        case FindingKind.FILE_UNREADABLE:
            values["reason"] = _reason(str(one.values.get("reason", "")), str(one.values.get("filename", "")))
        case FindingKind.FILE_TOO_LARGE:
            values["size"] = _size(one.values)
        case FindingKind.UNSUPPORTED:
            values["feature"] = _feature(str(one.values.get("feature", "")))
        case _:
            pass
    if "expected" in values:
        values["expected"] = _expected(str(values["expected"]))
    return _Values(values)


def _wanted(least: object, most: object) -> str:
    if most is None:
        return translate("Findings", "at least {least}").format(least=least)
    if least == most:
        return str(least)
    return translate("Findings", "{least} to {most}").format(least=least, most=most)


def _expected(expected: str) -> str:
    known = {
        "operand": translate("Findings", "a question, a function, a number or a text in quotes"),
        "operator": translate("Findings", "an operator such as =, +, and, or; or the end"),
    }
    return known.get(expected, expected)


def _size(values: Mapping[str, Any]) -> str:
    most = values.get("most", 0)
    match values.get("what"):
        case "bytes" | "unpacked":
            return translate("Findings", "{most} MB are the most").format(most=round(most / 2**20))
        case "rows":
            return translate("Findings", "{most} rows are the most").format(most=most)
        case _:
            return translate("Findings", "{most} questions and groups are the most").format(most=most)


def _feature(feature: str) -> str:
    known = {
        "search": translate("Findings", "the appearance search()"),
        "event": translate("Findings", "actions on this event"),
        "encryption": translate("Findings", "encrypted submissions"),
    }
    return known.get(feature, feature)


def _reason(reason: str, filename: str) -> str:
    known = {
        "type": translate("Findings", "it is none of .xlsx, .xlsm, .xls, .csv, .md and .xml"),
        "empty": translate("Findings", "it is empty"),
        "encrypted": translate("Findings", "it is protected by a password; save it without one"),
        "workbook": translate("Findings", "it is damaged, or of another type than its name says"),
        "encoding": translate("Findings", "it is neither UTF-8 nor GBK; save it as UTF-8"),
        "doctype": translate("Findings", "it declares a document type or entities"),
        "xml": translate("Findings", "it is no well-formed XML"),
        "not_xform": translate("Findings", "it is no XForm"),
        "file": translate("Findings", "{filename}, in which it looks things up, is damaged").format(
            filename=filename
        ),
        "instance": translate("Findings", "the XForm has no instance for the answers"),
    }
    return known.get(reason, reason)
