"""Node-set and repeat functions (ODK XForms, "Node-set Functions", "Repeat Functions"), and what draws lots."""

import hashlib
import math
from datetime import UTC

from server_sync.domain.forms.functions.adapters import on_values
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, plain_number, to_number, to_text

_PARK_MILLER = 16_807
_MODULUS = 2_147_483_647
_LONG = 1 << 63


def _nodes(value: Value) -> list[Node]:
    return value if isinstance(value, list) else []


def _name(context: Context, *node: Value) -> Value:
    nodes = _nodes(node[0]) if node else [context.node]
    return nodes[0].name if nodes else ""


def _position(context: Context, *node: Value) -> Value:
    if not node:
        return float(context.position)
    nodes = _nodes(node[0])
    if not nodes:
        return math.nan
    place = nodes[0].position()
    context.scope.budget.spend(place // 20)
    return float(place)


def _instance(context: Context, name: Value) -> Value:
    found = context.scope.instance(to_text(name))
    return [] if found is None else [found]


def _pulldata(context: Context, name: Value, wanted: Value, key: Value, value: Value) -> Value:
    """The `wanted` of the first item of a named instance in which `key` is `value`."""
    document = context.scope.instance(to_text(name))
    for root in () if document is None else document.children.get("root", ()):
        for item in context.scope.index(root, "item", to_text(key)).get(to_text(value), ()):
            return "".join(child.text() for child in item.children.get(to_text(wanted), ())[:1])
    return ""


def _inside(node: Node, ancestor: Node) -> bool:
    above: Node | None = node
    while above is not None and above is not ancestor:
        above = above.parent
    return above is ancestor


def _indexed_repeat(context: Context, target: Value, *pairs: Value) -> Value:
    """The target nodes inside the repeat instances of the given 1-based indexes, from the outer repeat inwards."""
    anchor: Node | None = None
    levels = [(_nodes(repeats), index) for repeats, index in zip(pairs[::2], pairs[1::2], strict=False)]
    levels.sort(key=lambda level: level[0][0].path.count("/") if level[0] else 0)
    for repeats, index in levels:
        number = to_number(index, context.scope.zone)
        chosen = [node for node in repeats if anchor is None or _inside(node, anchor)]
        if math.isnan(number) or not 1 <= number <= len(chosen):
            return []
        anchor = chosen[int(number) - 1]
    return [node for node in _nodes(target) if anchor is not None and _inside(node, anchor)]


def _seed(context: Context, seed: tuple[Value, ...]) -> int:
    """The seed as a whole number as JavaRosa makes it: a text that is no number by its digest, nothing is 0."""
    if not seed:
        return int(context.scope.random() * _MODULUS)
    value = seed[0]
    text = "" if isinstance(value, (bool, float)) else to_text(value).strip()
    number = to_number(value, UTC) if isinstance(value, (bool, float)) else plain_number(text)
    if math.isfinite(number):
        return int(max(-_LONG, min(_LONG - 1, number)))
    if math.isinf(number):
        return _LONG - 1 if number > 0 else -_LONG
    if not text:
        return 0
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big", signed=True)


def _randomize(context: Context, nodes: Value, *seed: Value) -> Value:
    """Fisher–Yates ("inside-out") with a Park–Miller generator, as specified: the same seed, the same order."""
    # The remainder has the seed's sign, as in the other engines.
    number = _seed(context, seed)
    state = number % _MODULUS if number >= 0 else -(-number % _MODULUS)
    state = state + _MODULUS - 1 if state <= 0 else state
    shuffled: list[Node] = []
    for node in _nodes(nodes):
        state = state * _PARK_MILLER % _MODULUS
        place = int((state - 1) / (_MODULUS - 1) * (len(shuffled) + 1))
        if place == len(shuffled):
            shuffled.append(node)
        else:
            shuffled.append(shuffled[place])
            shuffled[place] = node
    return list(shuffled)


def _uuid(context: Context, *length: Value) -> Value:
    """A text in the form of a version 4 UUID from the form's own sequence, or so many of its characters."""
    size = to_number(length[0], context.scope.zone) if length else 36.0
    if math.isnan(size) or not 0 <= size <= 1_000:
        return ""
    text = ""
    while len(text) < size:
        digits = "".join(f"{int(context.scope.random() * 65_536):04x}" for _ in range(8))
        variant = "89ab"[int(digits[16], 16) % 4]
        text += f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
    return text[: int(size)]


FUNCTIONS = (
    on_values("count", 1, 1, lambda context, nodes: float(len(_nodes(nodes)))),
    on_values(
        "count-non-empty", 1, 1, lambda context, nodes: float(sum(bool(n.text()) for n in _nodes(nodes)))
    ),
    on_values("position", 0, 1, _position, spends=True),
    on_values("last", 0, 0, lambda context: float(context.size)),
    on_values("current", 0, 0, lambda context: [context.current]),
    on_values("instance", 1, 1, _instance),
    on_values("pulldata", 4, 4, _pulldata),
    on_values("indexed-repeat", 3, 7, _indexed_repeat, pairs=True),
    on_values("randomize", 1, 2, _randomize),
    on_values("uuid", 0, 1, _uuid),
    on_values("name", 0, 1, _name),
    on_values("local-name", 0, 1, _name),
    on_values("version", 0, 0, lambda context: context.scope.form_version),
)
