"""What forms may ask for and files may be, in words for the check of a form."""

from server_sync.texts.catalogue import _


def feature_words(feature: str) -> str:
    """A feature of `limits.check_limits` in words."""
    known = {
        "search": _("the appearance search()"),
        "event": _("actions on this event"),
        "encryption": _("encrypted submissions"),
    }
    return known.get(feature, feature)


def reason_words(reason: str, filename: str) -> str:
    """Why a file cannot be read, or another that it names."""
    known = {
        "type": _("it is none of .xlsx, .xlsm, .xls, .csv, .md and .xml"),
        "empty": _("it is empty"),
        "encrypted": _("it is protected by a password; save it without one"),
        "workbook": _("it is damaged, or of another type than its name says"),
        "encoding": _("it is neither UTF-8 nor GBK; save it as UTF-8"),
        "doctype": _("it declares a document type or entities"),
        "xml": _("it is no well-formed XML"),
        "not_xform": _("it is no XForm"),
        "file": _("{filename}, in which it looks things up, is damaged").format(filename=filename),
        "instance": _("the XForm has no instance for the answers"),
    }
    return known.get(reason, reason)


def expected_words(expected: str) -> str:
    """What could have stood at a place of an expression."""
    known = {
        "operand": _("a question, a function, a number or a text in quotes"),
        "operator": _("an operator such as =, +, and, or; or the end"),
    }
    return known.get(expected, expected)
