"""The names of all moments that the product's source marks by `crash.point`."""

import ast

from tests.architecture.sources import files, text, tree


def named_points(end: str) -> list[str]:
    """Those of one end, "desk" or "server", in order."""
    names = set()
    for file in files("agent_app", "server_sync"):
        if "crash.point" not in text(file):
            continue  # not worth its syntax tree
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "crash.point":
                continue
            [name] = node.args
            assert isinstance(name, ast.Constant), f"{file}: the name of a moment is written out"
            names.add(str(name.value))
    assert all(name.startswith(("desk.", "server.")) for name in names)
    return sorted(name for name in names if name.startswith(f"{end}."))
