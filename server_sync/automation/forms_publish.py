"""`forms publish`: a form's file becomes the form's current version, if nothing forbids it."""

import argparse
import json
from contextlib import closing

from server_sync.automation.command import outcome_words
from server_sync.automation.forms import Source, store_form
from server_sync.automation.forms_check import check_file, findings_json, print_findings
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.store.database import Database


def run(options: argparse.Namespace) -> int:
    """Publish: 0, or 1 when the form has errors, which are shown as by `forms check`, and nothing is changed.

    With --json the last line is {"code", "version", "outcome", "warnings"}, or {"errors", "warnings"}.
    """
    checked = check_file(options.file)
    print_findings(checked.findings)
    if checked.form is None:
        if options.json:
            print(json.dumps(findings_json(checked), ensure_ascii=False))
        return 1
    clock, source = SystemClock(), Source(options.file.name, options.file.read_bytes())
    with closing(Database(options.database)) as database, database.write(clock.now()) as tx:
        stored = store_form(tx, SystemIds(clock), checked.form, options.code, source)
    print(f"{stored.code} {stored.version}\t{outcome_words(stored.outcome)}")
    if options.json:
        report = {"code": stored.code, "version": stored.version, "outcome": stored.outcome.value}
        print(json.dumps({**report, "warnings": findings_json(checked)["warnings"]}, ensure_ascii=False))
    return 0
