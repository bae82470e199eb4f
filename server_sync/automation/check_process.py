"""Checks a form in a process of its own, which may neither run nor grow for ever: its parent goes on serving."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.checking import check_form
from server_sync.domain.wire.forms import FormChecked, FormFound, told

CHECK_SECONDS = 30
"""Of a core, for one form; and twice as long by the clock."""
CHECK_MEMORY_BYTES = 2 << 30
"""Address space of the process."""

_FAILED, _NO_MEMORY = 1, 3
"""How Python ends with a bug, and how the child ends without memory."""
_ROOT = Path(__file__).parents[2]


def check_apart(data: bytes, name: str, *, seconds: int = CHECK_SECONDS) -> FormChecked:
    """What is found in a file, checked by a child. Raises KnownError FORM_TOO_LARGE {seconds} for what takes too long
    or too much room."""
    command = [sys.executable, "-m", __name__, name, str(seconds), str(CHECK_MEMORY_BYTES)]
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    try:
        child = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=2 * seconds,
            env={**os.environ, "PYTHONPATH": paths},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, seconds=2 * seconds) from error
    if child.returncode == _FAILED:
        raise RuntimeError("the check of a form failed: " + child.stderr.decode(errors="replace")[-2_000:])
    if child.returncode != 0:  # the system ended it, or it had no memory left
        raise KnownError(ErrorKind.FORM_TOO_LARGE, seconds=seconds)
    return msgspec.msgpack.decode(child.stdout, type=FormChecked)


def check(data: bytes, name: str) -> FormChecked:
    """What is found in a file, as it travels."""
    checked = check_form(data, name)
    made = checked.form
    form = (
        None
        if made is None
        else FormFound(code=made.code, title=made.title, version=made.version, xform=made.xform_xml)
    )
    return FormChecked(findings=[told(finding) for finding in checked.findings], form=form)


def _limit_resources(seconds: int, memory: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_resources(int(sys.argv[2]), int(sys.argv[3]))
    try:
        sys.stdout.buffer.write(msgspec.msgpack.encode(check(sys.stdin.buffer.read(), sys.argv[1])))
    except MemoryError:
        sys.exit(_NO_MEMORY)
