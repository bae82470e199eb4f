"""`forms publish`: a form's file becomes the form's current version, if nothing forbids it."""

import argparse
import json
from contextlib import closing
from typing import Any

from server_sync.automation.forms import Source, store_form
from server_sync.automation.forms_check import check_file, files_of, findings_json, print_findings
from server_sync.automation.words import outcome_words
from server_sync.domain.clock import SystemClock
from server_sync.domain.forms.bundle import Bundle, media_of, unpack
from server_sync.domain.ids import SystemIds
from server_sync.store.database import Database
from server_sync.texts.beside import words_beside


def run(options: argparse.Namespace) -> int:
    """Publish: 0, or 1 when the form has errors, which are shown as by `forms check`, and nothing is changed.

    With --json stdout holds one object: {"code", "version", "outcome", "warnings"}, or {"errors", "warnings"}.
    """
    with words_beside(options):
        code, report = _publish(options)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return code


def _publish(options: argparse.Namespace) -> tuple[int, dict[str, Any]]:
    """The exit code and the report."""
    files = files_of(options.file, options.media)
    checked = check_file(options.file, files)
    print_findings(checked.findings)
    found = findings_json(checked)
    if checked.form is None:
        return 1, found
    given = unpack(options.file.name, options.file.read_bytes())
    media = media_of(checked.form.xform_xml, given.files.get if given.files else files)
    bundle = Bundle(given.name, given.content, {**given.files, **files.found}).packed()
    clock, source = SystemClock(), Source(bundle.name, bundle.content, media=media)
    with closing(Database(options.database)) as database, database.write(clock.now()) as tx:
        stored = store_form(tx, SystemIds(clock), checked.form, options.code, source)
    print(f"{stored.code} {stored.version}\t{outcome_words(stored.outcome)}")
    report = {"code": stored.code, "version": stored.version, "outcome": stored.outcome.value}
    return 0, report | {"warnings": found["warnings"]}
