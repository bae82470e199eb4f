"""The Python files of the product, as paths and as syntax trees, for the rules that look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("agent_app", "server_sync", "packaging", "tests")
COMMANDS = ("run", "check")


def files(*folders: str) -> list[Path]:
    """Every Python file below the folders, as paths relative to the root."""
    return sorted(file.relative_to(ROOT) for folder in folders for file in (ROOT / folder).rglob("*.py"))


def all_files() -> list[Path]:
    return [*map(Path, COMMANDS), *files(*FOLDERS)]


def text(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(text(file), str(file))


def imports(file: Path) -> Iterator[str]:
    """The full name of everything the file imports, wherever in it: `from a import b` is "a.b"."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
