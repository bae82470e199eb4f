"""`forms check`: all that is wrong with a form, for its author; the checks stand in the domain's forms."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import Noted
from server_sync.domain.forms.checking import CheckedForm, check_form
from server_sync.domain.forms.secondary import Files, files_beside
from server_sync.domain.forms.xlsform.findings import Finding
from server_sync.texts import _
from server_sync.texts.forms import finding_words, suggestion_words


def run(options: argparse.Namespace) -> int:
    """Check: 0 for a form that can be published (there may be warnings), 1 for one that cannot.

    With --json: {"errors": [{"sheet", "row", "column", "kind", "message", "suggestion"}], "warnings": […]}.
    """
    try:
        checked = check_file(options.file, files_of(options.file, options.media))
    except KnownError as error:
        print(missing_words(error), file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(findings_json(checked), ensure_ascii=False, indent=1))
    else:
        print_findings(checked.findings)
        print(_summary(checked))
    return 1 if checked.errors else 0


def files_of(path: Path, media: Path | None) -> Noted:
    """The files that a form names: in `media`, else beside it."""
    return Noted(files_beside(path, media))


def check_file(path: Path, files: Files) -> CheckedForm:
    """What is wrong with a file. Raises KnownError FILE_UNREADABLE when there is none."""
    try:
        return check_form(path, path.name, files)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(path)) from error


def missing_words(error: KnownError) -> str:
    """That there is no such file."""
    return _("{file} cannot be read: it is not there, or it is a folder.").format(**error.values)


def print_findings(findings: Iterable[Finding], stream: TextIO | None = None) -> None:
    """A line for each finding, in the order of the file."""
    for finding in findings:
        words = finding_words(finding)
        print(words if finding.error else _("Warning: {words}").format(words=words), file=stream)


def findings_json(checked: CheckedForm) -> dict[str, Any]:
    """The findings as plain values with their words."""
    return {
        "errors": [_plain(finding) for finding in checked.errors],
        "warnings": [_plain(finding) for finding in checked.warnings],
    }


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "kind": finding.kind.value,
        "message": finding_words(finding),
        "suggestion": suggestion_words(finding),
    }


def _summary(checked: CheckedForm) -> str:
    counts = {"errors": len(checked.errors), "warnings": len(checked.warnings)}
    if checked.errors:
        return _("The form cannot be published: {errors} errors, {warnings} warnings.").format(**counts)
    if checked.warnings:
        return _("The form can be published; warnings: {warnings}.").format(**counts)
    return _("The form can be published.")
