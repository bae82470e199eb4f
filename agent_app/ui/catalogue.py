"""Translation catalogues on disk: one Qt Linguist file (.ts) per language and context; reads and writes them,
without Qt.

``resources/i18n/<language>/<Context>.ts``. A file per context keeps the work of several people apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from agent_app.host.resources import resource

FOLDER = resource("i18n")
LANGUAGES = ("zh_CN", "zh_TW", "en")

_QUOTES = {'"': "&quot;", "'": "&apos;"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. ``forms`` are its translations: one, or one per plural form; a draft is marked unfinished in
    the file.
    """

    source: str
    forms: tuple[str, ...] = ()
    plural: bool = False
    draft: bool = False

    @property
    def finished(self) -> bool:
        return not self.draft and bool(self.forms) and all(self.forms)


def path_of(language: str, context: str, folder: Path = FOLDER) -> Path:
    return folder / language / f"{context}.ts"


def read(path: Path) -> dict[str, Entry]:
    """Entries of one file by source text; ``{}`` if there is no such file. Raises ElementTree.ParseError for
    broken XML.
    """
    if not path.exists():
        return {}
    entries: dict[str, Entry] = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        source = message.findtext("source", "")
        plural = message.get("numerus") == "yes"
        translation = message.find("translation")
        if translation is None:
            entries[source] = Entry(source, (), plural)
            continue
        given = translation.iter("numerusform") if plural else [translation]
        forms = tuple(form.text or "" for form in given)
        entries[source] = Entry(source, forms, plural, draft=translation.get("type") is not None)
    return entries


def write(path: Path, language: str, context: str, entries: Iterable[Entry]) -> None:
    """Write one file, sorted by source text, so that two people's changes rarely touch."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(language, context, entries), encoding="utf-8", newline="\n")


def render(language: str, context: str, entries: Iterable[Entry]) -> str:
    """The file's text, as Qt Linguist would save it."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        "<context>",
        f"    <name>{escape(context)}</name>",
    ]
    for entry in sorted(entries, key=lambda each: each.source):
        lines.append('    <message numerus="yes">' if entry.plural else "    <message>")
        lines.append(f"        <source>{escape(entry.source, _QUOTES)}</source>")
        lines.extend(_translation(entry))
        lines.append("    </message>")
    return "\n".join([*lines, "</context>", "</TS>", ""])


def _translation(entry: Entry) -> list[str]:
    state = "" if entry.finished else ' type="unfinished"'
    if not entry.plural:
        words = escape(entry.forms[0], _QUOTES) if entry.forms else ""
        return [f"        <translation{state}>{words}</translation>"]
    forms = entry.forms or ("",)
    body = [f"            <numerusform>{escape(form, _QUOTES)}</numerusform>" for form in forms]
    return [f"        <translation{state}>", *body, "        </translation>"]
