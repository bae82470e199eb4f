"""`forms`: checks a form, fills it in from a file, publishes it; each act has its own file and is imported alone."""

import argparse
import importlib
from pathlib import Path
from typing import Any

from server_sync.texts import _
from server_sync.texts.beside import add_json

_ACTS = {
    "check": "server_sync.automation.forms_check",
    "fill": "server_sync.automation.forms_fill",
    "publish": "server_sync.automation.forms_publish",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `forms` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="check|fill|publish")
    check = acts.add_parser("check", help=_("say all that is wrong with a form, by sheet, row and column"))
    fill = acts.add_parser(
        "fill",
        help=_("fill in a form from a file of answers and show what comes of it"),
        epilog=_(
            "With --json: one object with shown (paths of the questions asked), nodes (path, type, relevant, required, "
            "readonly, value, valid of every node; the type is the data type of the bind, or group or repeat), refused "
            "(path, value, reason) and instance (XML)."
        ),
    )
    publish = acts.add_parser(
        "publish", help=_("make a workbook (XLSForm) or XForm the form's current version")
    )
    for act in (check, fill, publish):
        words = _(
            "an .xlsx, .xls, .csv, .md or .xml file; to check and publish also a .zip of it and its files"
        )
        act.add_argument("file", type=Path, metavar="FILE", help=words)
    fill.add_argument(
        "--answers",
        type=Path,
        required=True,
        metavar="A.json",
        help=_('an object {"/data/group/name": "value", …}'),
    )
    fill.add_argument(
        "--now",
        metavar="TIME",
        help=_(
            "the present for the form: 2017-12-31, 2017-12-31T09:00 or 2017-12-31T09:00:00+08:00; else now"
        ),
    )
    for act in (check, publish):
        act.add_argument(
            "--media",
            type=Path,
            metavar="FOLDER",
            help=_("where the files lie that the form names; else beside it"),
        )
    publish.add_argument("--code", help=_("the form's code; else the one in the file"))
    check.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    fill.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    add_json(publish)


def needs_database(options: argparse.Namespace) -> bool:
    """Whether the act works on the company's database."""
    return bool(options.act == "publish")


def run(options: argparse.Namespace) -> int:
    """Do what `forms` was asked for; the exit codes stand with the acts."""
    act: Any = importlib.import_module(_ACTS[options.act])
    code: int = act.run(options)
    return code
