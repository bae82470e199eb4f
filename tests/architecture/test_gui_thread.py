"""Nothing slow is written where the window is drawn: files, hashes, keys and the store are for the worker's threads."""

import ast
from pathlib import Path

from tests.architecture.sources import files, imports, tree

# What belongs to the program itself, read once when it starts, and a tool of those who write it.
READS_RESOURCES = {"agent_app/ui/icons.py", "agent_app/ui/catalogue.py", "agent_app/ui/i18n_catalogue.py"}
SLOW_CALLS = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "iterdir", "glob", "rglob", "mkdir",
    "rename", "fsync",
}  # fmt: skip
SLOW_MODULES = {
    "hashlib",
    "keyring",
    "shutil",
    "subprocess",
    "requests",
    "agent_app.store.database",
    "agent_app.host",
}
PLAIN_VALUES = {"agent_app.host.settings.Settings"}


def drawn() -> list[Path]:
    """What runs on the main thread: views, item models, presenters, the shell, the kit."""
    return [
        file
        for file in files("agent_app/features", "agent_app/shell", "agent_app/ui")
        if file.as_posix() not in READS_RESOURCES
    ]


def test_views_presenters_and_shell_touch_neither_files_nor_keys_nor_hashes() -> None:
    slow = tuple(f"{module}." for module in SLOW_MODULES)
    found = [(str(file), name) for file in drawn() for name in imports(file) if f"{name}.".startswith(slow)]
    assert [(file, name) for file, name in found if name not in PLAIN_VALUES] == []


def test_views_presenters_and_shell_open_no_file_and_no_transaction() -> None:
    assert [(str(file), line, name) for file in drawn() for line, name in _calls(file)] == []


def test_the_rule_finds_what_it_forbids() -> None:
    source = (
        "def f(p, s):\n    open(p)\n    p.read_bytes()\n    with s.store.read() as c:\n        c.execute()\n"
    )
    assert [name for _, name in _slow(ast.parse(source))] == ["open", "read_bytes", "store.read"]
    assert not list(_slow(ast.parse("presenter.open(None)\nsession.read(q, f)\ndialog.open()\n")))


def _calls(file: Path) -> list[tuple[int, str]]:
    return list(_slow(tree(file)))


def _slow(module: ast.Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id="open"):
                found.append((node.lineno, "open"))
            case ast.Attribute(attr=name) if name in SLOW_CALLS - {"open"}:
                found.append((node.lineno, name))
            case ast.Attribute(value=ast.Attribute(attr="store" | "_store"), attr="read" | "write" as name):
                found.append((node.lineno, f"store.{name}"))
            case ast.Attribute(value=ast.Name(id="store"), attr="read" | "write" as name):
                found.append((node.lineno, f"store.{name}"))
    return sorted(found)
