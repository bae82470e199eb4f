"""The little formatting that labels of ODK forms may have (emphasis, links, headings): as rich text, and plain."""

import re
from html import escape

_LINK = re.compile(r"\[([^\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))+\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9_*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![A-Za-z0-9_*])")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_TAG = re.compile(r"</?(?:span|p|b|i|em|strong|u|small|font)(?:\s[^<>]*)?>|<br\s*/?>", re.IGNORECASE)


def rich(words: str) -> str:
    """As Qt shows it: bold, italic, lines. Everything else of it, tags of HTML too, is words or goes; links are their
    words, for nothing here is opened from a form."""
    plain = escape(_without_tags(words), quote=False)
    plain = _HEADING.sub("", _LINK.sub(r"\1", plain))
    plain = _STRONG.sub(r"<b>\2</b>", plain)
    return _EMPHASIS.sub(r"<i>\2</i>", plain).replace("\n", "<br/>")


def plain(words: str) -> str:
    """The words alone, for names, lists and screen readers."""
    bare = _HEADING.sub("", _LINK.sub(r"\1", _without_tags(words)))
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", bare))


def _without_tags(words: str) -> str:
    return _TAG.sub(lambda tag: "\n" if tag[0].lower().startswith("<br") else "", words)
