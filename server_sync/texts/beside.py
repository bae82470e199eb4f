"""`--json` on the command line: one object on stdout, words and progress beside it on stderr; what the object holds
each verb says."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from server_sync.texts.catalogue import _


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that `words_beside` follows."""
    parser.add_argument(
        "--json", action="store_true", help=_("print one line of JSON and nothing else; words go to stderr")
    )


@contextmanager
def words_beside(options: argparse.Namespace) -> Iterator[None]:
    """With --json what is printed while the block runs goes to stderr: stdout is the object's alone."""
    if not options.json:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield
