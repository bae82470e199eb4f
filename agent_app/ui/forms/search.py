"""Finding one of many labels by what is typed: its words at once, its pinyin and initials as soon as they are known."""

from collections.abc import Iterable, Sequence

from agent_app.store.search_terms import folded, of_name


def terms_of(labels: Iterable[str]) -> tuple[str, ...]:
    """What each label is found by, a line for each term, as the customers' search has them. Takes its time (the first
    label some 300 ms): never on the main thread."""
    return tuple("\n" + "\n".join(sorted(of_name(label) | {folded(label)})) for label in labels)


class Terms:
    """The labels of one list."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._plain = [label.casefold() for label in labels]
        self._terms: Sequence[str] = ()

    @property
    def known(self) -> bool:
        """Whether pinyin and initials are known."""
        return bool(self._terms)

    def learn(self, terms: Sequence[str]) -> None:
        """What `terms_of` gave for these labels."""
        self._terms = terms if len(terms) == len(self._plain) else ()

    def matching(self, typed: str) -> list[int]:
        """The places of the labels that match: those that begin with what is typed first."""
        wanted = typed.strip().casefold()
        if not wanted:
            return list(range(len(self._plain)))
        found = [place for place, label in enumerate(self._plain) if wanted in label]
        if self._terms:
            term, have = "\n" + folded(typed), set(found)
            found += [place for place, terms in enumerate(self._terms) if term in terms and place not in have]
        return sorted(found, key=lambda place: not self._plain[place].startswith(wanted))
