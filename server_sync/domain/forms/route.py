"""Where one is among the pages of a filling-in; looked at again only where an answer made something relevant or not."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Set

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.walk import Asked, BodyWalk, Place


class Route:
    """All pages there may be, in order; those that are shown; and the current one among them.

    `asked` are all questions with their nodes, relevant or not, in order.
    """

    def __init__(self, walk: BodyWalk) -> None:
        self._walk = walk
        self._at = 0
        self._lay()

    def _lay(self) -> None:
        """Find all pages, after instances of repeats came or went."""
        self.asked: list[Asked] = list(self._walk.asked())
        self._places = list(self._walk.places())
        self._shown = [at for at, place in enumerate(self._places) if self._walk.is_shown(place)]
        self._offers = [
            (at, self._walk.offer_reads(*place.repeat))
            for at, place in enumerate(self._places)
            if place.repeat is not None
        ]
        self._by_key = {place.key: at for at, place in enumerate(self._places)}
        self._by_node: dict[Node, list[int]] = {}
        for at, place in enumerate(self._places):
            for node in (*place.around, *(node for _, node in place.questions)):
                self._by_node.setdefault(node, []).append(at)

    @property
    def shown(self) -> list[Place]:
        """The pages that are relevant now, in order."""
        return [self._places[at] for at in self._shown]

    @property
    def current(self) -> Place | None:
        """The current page; None behind the last one."""
        position = self.position
        return self._places[self._shown[position]] if position < len(self._shown) else None

    @property
    def position(self) -> int:
        """The current page's place among those shown, from 0; their number behind the last one."""
        return bisect_left(self._shown, self._at)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._shown)

    def forward(self) -> None:
        """Go to the next page, or behind the last one."""
        self._go(self.position + 1)

    def back(self) -> bool:
        """Go to the page before; whether there is one."""
        position = self.position
        self._go(max(position - 1, 0))
        return position > 0

    def jump(self, key: str, node: Node | None) -> bool:
        """Go to the page with this key or the one that asks for this node; whether it is shown."""
        found = [] if node is None or not node.relevant else self._by_node.get(node, [])
        for at in (*found, *([self._by_key[key]] if key in self._by_key else [])):
            position = bisect_left(self._shown, at)
            if self._shown[position : position + 1] == [at]:
                self._at = at
                return True
        return False

    def enter(self, instance: Node) -> None:
        """Go to the first page of an instance of a repeat, if there is one."""
        for at in self._shown:
            if any(node.ancestor(instance.path) is instance for _, node in self._places[at].asked):
                self._at = at
                return

    def follow(self, flipped: Iterable[Node], changed: Set[str]) -> None:
        """Take note of the nodes whose relevance changed, and of the paths where anything did.

        One stays on the current page, or goes to the next that is left.
        """
        for at in {at for node in flipped for at in self._by_node.get(node, ())}:
            self._look(at)
        for at, reads in self._offers:
            if not reads.isdisjoint(changed):
                self._look(at)

    def lay_again(self) -> None:
        """Find all pages again, as instances came or went; one stays as `follow` says."""
        left = [place.key for place in self.shown[self.position :]]
        self._lay()
        keys = {self._places[at].key: at for at in self._shown}
        self._at = next((keys[key] for key in left if key in keys), len(self._places))

    def _look(self, at: int) -> None:
        position = bisect_left(self._shown, at)
        known = self._shown[position : position + 1] == [at]
        if known is not self._walk.is_shown(self._places[at]):
            if known:
                del self._shown[position]
            else:
                insort(self._shown, at)

    def _go(self, position: int) -> None:
        self._at = self._shown[position] if position < len(self._shown) else len(self._places)
