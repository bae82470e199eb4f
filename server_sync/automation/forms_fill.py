"""`forms fill`: fills in a form from a file of answers, as a program that compares engines would."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.filling import Refusal, Refused, take_answers
from server_sync.domain.forms.publishing import read_source
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session, start
from server_sync.texts import _

_MOST = 32 * 1024 * 1024
"""Bytes of a file of answers."""


def run(options: argparse.Namespace) -> int:
    """Fill in: 0 when it is done, 1 for a form with errors (told on stderr), 2 for wrong use.

    With --json stdout holds one object: {"shown", "nodes", "refused", "instance"}.
    """
    try:
        answers = read_answers(options.answers)
        now, zone = read_now(options.now)
        form = _read(options.file)
    except KnownError as error:
        print(_words(error), file=sys.stderr)
        return 2
    if form is None:
        return 1
    session = start(form, now=now, zone=zone)
    refused = take_answers(session, answers)
    shown = session.shown()
    session.finalise(now)
    if options.json:
        print(json.dumps(_report(session, shown, refused), ensure_ascii=False))
    else:
        _print(session, shown, refused)
    return 0


def read_answers(path: Path) -> list[tuple[str, object]]:
    """The answers in the order of the file; a path may come twice.

    Raises KnownError FILE_UNREADABLE, FILE_TOO_LARGE, FILE_TYPE_UNKNOWN.
    """
    try:
        if path.stat().st_size > _MOST:
            raise KnownError(ErrorKind.FILE_TOO_LARGE, file=str(path))
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(path)) from error
    try:
        found = json.loads(text, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        raise KnownError(ErrorKind.FILE_TYPE_UNKNOWN, file=str(path)) from error
    if not isinstance(found, _Pairs):
        raise KnownError(ErrorKind.FILE_TYPE_UNKNOWN, file=str(path))
    return list(found)


class _Pairs(list[tuple[str, object]]):
    """An object of a JSON file with all its keys, those that come twice too."""


def read_now(text: str | None) -> tuple[int, tzinfo]:
    """The present (ms since the epoch) and the time zone of the form: that of the text, else this machine's.

    Raises KnownError FIELD_INVALID.
    """
    if text is None:
        now = SystemClock().now()
        return now, _local_zone(now)
    try:
        moment = datetime.fromisoformat(text)
        zone = moment.tzinfo or _local_zone(int(moment.replace(tzinfo=UTC).timestamp() * 1000))
        return int(moment.replace(tzinfo=zone).timestamp() * 1000), zone
    except (ValueError, OverflowError) as error:
        raise KnownError(ErrorKind.FIELD_INVALID, field="--now", value=text) from error


def _local_zone(now: int) -> tzinfo:
    """This machine's time zone, with its changes of the clock where it has a name."""
    name = os.environ.get("TZ", "")
    link = Path("/etc/localtime")
    if not name and link.is_symlink():
        name = str(link.readlink()).partition("zoneinfo/")[2]
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return datetime.fromtimestamp(now / 1000, UTC).astimezone().tzinfo or UTC


def _read(path: Path) -> FormDefinition | None:
    """The form; None for one with errors, once they are told."""
    try:
        return read_form(read_source(path, path.name).xform_xml)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(path)) from error
    except KnownError as error:
        from server_sync.automation.forms_check import check_file, files_of, print_findings
        from server_sync.texts.errors import error_words

        checked = check_file(path, files_of(path, None))
        print_findings(checked.errors, sys.stderr)
        if not checked.errors:
            print(error_words(error), file=sys.stderr)
        return None


def _report(session: Session, shown: tuple[str, ...], refused: list[Refused]) -> dict[str, Any]:
    return {
        "shown": list(shown),
        "nodes": [asdict(node) for node in session.nodes()],
        "refused": [{"path": one.path, "value": one.value, "reason": one.reason.value} for one in refused],
        "instance": session.instance_xml(),
    }


def _print(session: Session, shown: tuple[str, ...], refused: list[Refused]) -> None:
    """The questions with their answers, and what was refused, a line each."""
    values = {node.path: node for node in session.nodes()}
    for path in shown:
        wrong = "" if values[path].valid else f"\t{_('not valid')}"
        print(f"{path}\t{values[path].value}{wrong}")
    for one in refused:
        print(_("Refused: {path}: {reason}").format(path=one.path, reason=_reason(one.reason)))


def _reason(reason: Refusal) -> str:
    return {
        Refusal.UNKNOWN_PATH: _("there is no such question"),
        Refusal.READ_ONLY: _("the question is read-only"),
        Refusal.NOT_RELEVANT: _("the question is not asked at this moment"),
        Refusal.WRONG_TYPE: _("this is no answer of the question's type"),
        Refusal.NOT_OFFERED: _("this choice is not offered"),
        Refusal.TOO_LONG: _("the answer is too long"),
    }[reason]


def _words(error: KnownError) -> str:
    match error.kind:
        case ErrorKind.FIELD_INVALID:
            return _("--now is no date or time: {value}.").format(**error.values)
        case ErrorKind.FILE_TYPE_UNKNOWN:
            return _("{file} is no JSON object of answers.").format(**error.values)
        case ErrorKind.FILE_TOO_LARGE:
            return _("{file} is too large for a file of answers.").format(**error.values)
    return _("{file} cannot be read: it is not there, or it is a folder.").format(**error.values)
