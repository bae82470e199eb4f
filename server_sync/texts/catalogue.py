"""The gettext catalogues in `resources/i18n/server`, compiled in memory; the words stand where they are used.

English is the source. A text is marked by calling `_` with a literal where it is used, so that the language of the
moment counts: the command line speaks the environment's, a web page its reader's.
"""

import io
import locale
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "i18n" / "server"
_current: ContextVar[NullTranslations] = ContextVar("translations")
_english = NullTranslations()


def _(text: str) -> str:
    """A text in the language of the moment; English where there is no translation."""
    return _current.get(_english).gettext(text)


def speak(language: str) -> None:
    """Speak `language` ("zh_CN", "en") in this context from now on; an unknown one is English."""
    _current.set(_translations(language))


def language_of(wishes: Iterable[str]) -> str:
    """The first wished language that has a catalogue, or "en". A wish is a tag: "zh-CN", "zh_CN.UTF-8", "en"."""
    known = {path.stem.lower(): path.stem for path in FOLDER.glob("*.po")}
    for wish in wishes:
        tag = wish.partition(".")[0].partition("@")[0].strip().replace("-", "_").lower()
        if tag in known:
            return known[tag]
        main = tag.partition("_")[0]
        if main == "en":
            return "en"
        for name in sorted(known):
            if name.partition("_")[0] == main:
                return known[name]
    return "en"


def wishes_of(environment: Mapping[str, str]) -> list[str]:
    """The languages that a person's environment asks for, best first (gettext's own order), or else the system's."""
    wishes = [wish for wish in environment.get("LANGUAGE", "").split(":") if wish]
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return [*wishes, environment[variable]]
    system = locale.getlocale()[0] or ""
    # Windows names its languages in English: "Chinese (Simplified)_China"
    return [*wishes, "zh_CN" if system.startswith("Chinese") else system]


@lru_cache
def _translations(language: str) -> NullTranslations:
    path = FOLDER / f"{language}.po"
    if language == "en" or not path.is_file():
        return _english
    import polib  # only who reads another language pays for the catalogue

    return GNUTranslations(io.BytesIO(polib.pofile(str(path)).to_binary()))
