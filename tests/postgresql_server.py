"""One PostgreSQL for one run of the tests and its databases; the guardian makes and ends the server."""

import fcntl
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL

GUARDIAN = Path(__file__).with_name("postgresql_guardian.py")
_numbers = itertools.count(1)


class PostgresqlServer:
    """A server in its folder, with so much memory for pages; started when first asked for a database."""

    def __init__(self, folder: Path, buffers: str = "64MB") -> None:
        self.folder = folder
        self._buffers = buffers

    def start(self) -> None:
        """Start the server unless another process of the run has. Raises RuntimeError with the programs' words."""
        with (self.folder / "starting").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self.folder / "ready").exists():
                return
            command = [sys.executable, str(GUARDIAN), str(self.folder), self._buffers]
            start = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if start.returncode != 0:
                output = (self.folder / "output").read_text()
                raise RuntimeError(f"PostgreSQL did not start:\n{output}\n{start.stderr}")

    def url(self, database: str) -> str:
        """The address of a database, for SQLAlchemy."""
        query = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", "postgres", database=database, query=query).render_as_string()

    def create_database(self, name: str, template: str = "template0") -> str:
        """A new database, as a copy of another one that nobody is connected to; returns its name."""
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A database that is dropped afterwards; yields its name."""
        name = self.create_database(f"test_{os.getpid()}_{next(_numbers)}", template)
        try:
            yield name
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)
