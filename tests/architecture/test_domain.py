"""The domain runs at both ends, so importing it must cost little and bring neither end with it."""

import subprocess
import sys

from tests.architecture.sources import ROOT, files

HEAVY = {
    "PySide6", "alembic", "calamine", "fastapi", "keyring", "openpyxl", "psycopg", "pyqtgraph", "python_calamine",
    "pyxform", "requests", "starlette", "uvicorn", "zstandard",
}  # fmt: skip
PROGRAM = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_importing_the_whole_domain_loads_nothing_heavy() -> None:
    modules = [
        ".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files("server_sync/domain")
    ]
    command = [sys.executable, "-W", "error", "-c", PROGRAM, *modules]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split())
    assert "sqlalchemy" in loaded
    assert loaded & HEAVY == set()
    assert "agent_app" not in loaded
