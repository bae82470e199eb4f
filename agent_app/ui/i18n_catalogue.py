"""Keeps the catalogues in step with the source: ``python -m agent_app.ui.i18n_catalogue [--update] [Context …]``.

Without ``--update`` it lists what is missing, unfinished or stale and ends with 1 if there is anything; with
it, missing texts are added as unfinished and stale ones removed. Named contexts alone are looked at, if any
are named. zh_CN must be complete; of English, the source's language, the plurals that are written with "(s)", each
with the words for one and for several; zh_TW holds what it holds.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from agent_app.ui import catalogue
from agent_app.ui.catalogue import Entry

SOURCE = Path(__file__).resolve().parents[1]

Texts = dict[str, dict[str, bool]]
"""context → text → whether it is a plural."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a catalogue: ``kind`` is missing, unfinished or stale."""

    kind: str
    language: str
    context: str
    text: str


def texts_in(source: Path = SOURCE) -> Texts:
    """Every literal given to ``translate`` or ``mark`` below ``source``."""
    found: Texts = defaultdict(dict)
    for path in sorted(source.rglob("*.py")):
        for context, text, plural in calls_in(path.read_text(encoding="utf-8")):
            found[context][text] = plural or found[context].get(text, False)
    return dict(found)


def calls_in(code: str) -> Iterator[tuple[str, str, bool]]:
    """(context, text, plural) of each literal call in one module's text."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        literals = [
            arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in ("translate", "mark") and len(literals) == 2:
            plural = len(node.args) > 2 or any(keyword.arg == "n" for keyword in node.keywords)
            yield literals[0], literals[1], plural


def _wanted(texts: dict[str, bool], language: str) -> dict[str, bool]:
    """Those of a context's texts that a language must have."""
    if language == "zh_CN":
        return texts
    return {text: plural for text, plural in texts.items() if language == "en" and plural and "(s)" in text}


def _contexts(texts: Texts, folder: Path, language: str, only: Collection[str]) -> list[str]:
    present = {path.stem for path in (folder / language).glob("*.ts")} | set(texts)
    return sorted(present & set(only) if only else present)


def faults(
    texts: Texts, folder: Path = catalogue.FOLDER, language: str = "zh_CN", only: Collection[str] = ()
) -> list[Fault]:
    """What keeps ``language`` from being complete."""
    wrong: list[Fault] = []
    for context in _contexts(texts, folder, language, only):
        entries = catalogue.read(catalogue.path_of(language, context, folder))
        known = texts.get(context, {})
        for text in sorted(set(entries) | set(_wanted(known, language))):
            if text not in entries:
                wrong.append(Fault("missing", language, context, text))
            elif text not in known:
                wrong.append(Fault("stale", language, context, text))
            elif not entries[text].finished or entries[text].plural != known[text]:
                wrong.append(Fault("unfinished", language, context, text))
    return wrong


def update(texts: Texts, folder: Path = catalogue.FOLDER, only: Collection[str] = ()) -> None:
    """Add what a language must have and has not, as unfinished; drop stale texts from every language, and files left
    without a text."""
    for language in catalogue.LANGUAGES:
        for context in _contexts(texts, folder, language, only):
            path = catalogue.path_of(language, context, folder)
            old, known = catalogue.read(path), texts.get(context, {})
            kept = [replace(old[t], plural=plural) for t, plural in known.items() if t in old]
            wanted = _wanted(known, language)
            added = [Entry(t, (), plural) for t, plural in wanted.items() if t not in old]
            if kept or added:
                catalogue.write(path, language, context, [*kept, *added])
            else:
                path.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m agent_app.ui.i18n_catalogue", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the catalogues")
    parser.add_argument("contexts", nargs="*", metavar="Context", help="look at these contexts alone")
    options = parser.parse_args(arguments)
    texts = texts_in()
    if options.update:
        update(texts, only=options.contexts)
    wrong = [*faults(texts, only=options.contexts), *faults(texts, language="en", only=options.contexts)]
    for fault in wrong:
        print(f"{fault.kind:<10} {fault.language}/{fault.context}: {fault.text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
