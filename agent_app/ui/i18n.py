"""Words in the user's language: ``translate("Context", "English text {name}").format(name=…)`` is the one
form for all views.

* Context and text are literals (the catalogue tool finds them in the source); never an f-string inside.
* Plurals: ``translate("Queue", "%n task(s)", n=3)``; ``%n`` is replaced by the number.
* Texts kept in tables are marked where they stand: ``mark("Words", "Completed")``, and translated where they are shown.
* Look-up order: the language, for zh_TW then zh_CN, then the English text itself (en.ts holds plural forms only).
* Files: ``resources/i18n/<language>/<Context>.ts``; ``python -m agent_app.ui.i18n_catalogue --update`` adds
  what is missing.

A context's file is read when the context is first used. The language is chosen once, before the first window.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from agent_app.ui import catalogue
from agent_app.ui.catalogue import LANGUAGES, Entry

DEFAULT = "zh_CN"

_FALLBACKS: dict[str, tuple[str, ...]] = {"zh_CN": ("zh_CN",), "zh_TW": ("zh_TW", "zh_CN"), "en": ("en",)}


class _Speech:
    """The language in force and the contexts read so far; the main thread's only."""

    def __init__(self) -> None:
        self.language = DEFAULT
        self.contexts: dict[str, dict[str, Entry]] = {}
        self.qt_translator: QTranslator | None = None


_speech = _Speech()


def install(language: str | None = None) -> str:
    """Speak ``language`` from now on (None: that of the system) and return it; Qt's own texts follow."""
    chosen = language if language in LANGUAGES else system_language()
    _speech.language = chosen
    _speech.contexts = {}
    app = QCoreApplication.instance()
    if app is not None:
        if _speech.qt_translator is not None:
            app.removeTranslator(_speech.qt_translator)
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{chosen}", folder):
            app.installTranslator(translator)
            _speech.qt_translator = translator
    return chosen


def system_language() -> str:
    """The system's language if we speak it, else zh_CN."""
    locale = QLocale.system()
    if locale.language() == QLocale.Language.English:
        return "en"
    traditional = locale.script() == QLocale.Script.TraditionalHanScript
    return "zh_TW" if locale.language() == QLocale.Language.Chinese and traditional else DEFAULT


def language() -> str:
    """The language in force: one of LANGUAGES."""
    return _speech.language


def mark(context: str, text: str) -> str:
    """``text`` itself; tells the catalogue tool that it will be translated in ``context`` later."""
    return text


def translate(context: str, text: str, n: int | None = None) -> str:
    """``text`` in the language in force; with ``n`` the plural form for n, and ``%n`` replaced by it."""
    entries = _speech.contexts.get(context)
    if entries is None:
        entries = _speech.contexts[context] = _read(context)
    entry = entries.get(text)
    words = text if entry is None else entry.forms[_plural_form(n, len(entry.forms))]
    return words if n is None else words.replace("%n", str(n))


def _plural_form(n: int | None, forms: int) -> int:
    """Chinese has one form; English two: one, and all others."""
    return 0 if forms == 1 or n is None or n == 1 else 1


def _read(context: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for language_ in reversed(_FALLBACKS[_speech.language]):
        read = catalogue.read(catalogue.path_of(language_, context))
        found.update({source: entry for source, entry in read.items() if entry.finished})
    return found
