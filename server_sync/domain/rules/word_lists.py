"""Words that a person writes into one line or cell, one after the other, as a list."""

LIST_ENDS = ",，、;；\n"
"""Between two words."""


def listed(text: str) -> list[str]:
    """The words of a line, each once."""
    for end in LIST_ENDS:
        text = text.replace(end, ",")
    return list(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))
