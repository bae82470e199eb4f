"""What holds for every test: no screen, nobody's real key store, nothing left running; the fixtures live in plugins."""

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A test that wants a key store brings its own; none may reach into that of the person who runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Who starts the tests in the background may have Ctrl+C ignored, and programs started by them would ignore it, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more of the machine than of the program.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")

pytest_plugins = ("tests.left_over", "tests.databases", "tests.disk_waits", "tests.servers")


@pytest.fixture(autouse=True)
def _garbage_of_the_main_thread() -> Iterator[None]:
    """As in the program (`runtime.garbage`): the collector does not run on a worker's thread, where Qt's objects must
    not die."""
    gc.disable()
    yield
    gc.disable()
    if any(count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)):
        gc.collect(1)
