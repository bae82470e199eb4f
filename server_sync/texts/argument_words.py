"""What argparse itself says, in the language of the moment: it asks gettext's default domain, which nobody fills."""

import argparse

from server_sync.texts.catalogue import _


def speak_of_arguments() -> None:
    """From now on help and errors of every parser are in the language that is spoken now."""
    words = _words()

    def translated(text: str) -> str:
        return words.get(text, text)

    vars(argparse)["_"] = translated  # the name by which the module itself calls gettext


def _words() -> dict[str, str]:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "one of the arguments %s is required": _("one of the arguments %s is required"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "invalid choice: %(value)r (choose from %(choices)s)": _(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "ambiguous option: %(option)s could match %(matches)s": _(
            "ambiguous option: %(option)s could match %(matches)s"
        ),
    }
