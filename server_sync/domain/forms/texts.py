"""Reads labels, hints and messages with their `${…}` outputs, and itext; putting values into them is the session's."""

from collections.abc import Callable, Mapping
from functools import partial

from server_sync.domain.forms.definition import Translation
from server_sync.domain.forms.model import Expression, Text, Words
from server_sync.domain.forms.xml import Element, attribute, children, name_of

_ITEXT = "jr:itext("
_MISSING = "-"
"""What pyxform writes where a language has no text."""

MakeExpression = Callable[[str], Expression]


def read_text(element: Element, expression: MakeExpression) -> Text:
    """The text of a label or value, `<output value="…"/>` as expressions; spaces at both ends do not count."""
    if not len(element):
        text = (element.text or "").strip()
        return Text((text,) if text else ())
    pieces: list[str | Expression] = [(element.text or "").lstrip()]
    for inner in children(element):
        if name_of(inner) == "output":
            pieces.append(expression(attribute(inner, "value") or attribute(inner, "ref")))
        else:
            pieces.append("".join(str(part) for part in inner.itertext()))
        pieces.append(inner.tail or "")
    pieces[-1] = str(pieces[-1]).rstrip()
    return Text(tuple(piece for piece in pieces if piece != ""))


def text_id_of(reference: str) -> str | None:
    """The itext id of "jr:itext('id')", None for anything else."""
    if not reference.startswith(_ITEXT) or not reference.endswith(")"):
        return None
    inner = reference[len(_ITEXT) : -1].strip()
    return inner[1:-1] if len(inner) > 1 and inner[0] in "'\"" and inner[-1] == inner[0] else None


def read_words(element: Element | None, expression: MakeExpression) -> Words | None:
    """What a `<label>` or `<hint>` says; None if there is none."""
    if element is None:
        return None
    text_id = text_id_of(attribute(element, "ref"))
    return Words(text_id=text_id) if text_id else Words(literal=read_text(element, expression))


def read_message(source: str) -> Words | None:
    """What `jr:constraintMsg` or `jr:requiredMsg` says; None if it is missing."""
    if not source:
        return None
    text_id = text_id_of(source)
    return Words(text_id=text_id) if text_id else Words(literal=Text((source,)))


def read_translations(
    itext: Element | None, expression_for: Callable[[str, str], Expression]
) -> tuple[Mapping[str, Translation], str]:
    """All languages in the form's order, and the default one (empty without itext).

    `expression_for` compiles an output of a text, given the text's id and the source, since paths in it are relative to
    the question that the id names.
    """
    translations: dict[str, Translation] = {}
    default = ""
    for translation in children(itext, "translation") if itext is not None else ():
        language = attribute(translation, "lang")
        texts: dict[str, dict[str, Text]] = {}
        for text in children(translation, "text"):
            text_id = attribute(text, "id")
            for value in children(text, "value"):
                read = read_text(value, partial(expression_for, text_id))
                if read.pieces and read.pieces != (_MISSING,):
                    texts.setdefault(text_id, {})[attribute(value, "form")] = read
        translations[language] = Translation(language, texts)
        if not default or attribute(translation, "default") == "true()":
            default = language
    return translations, default
