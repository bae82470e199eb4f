"""What holds for every test: no screen, nobody's real key store, nothing left running; the fixtures live in plugins."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A test that wants a key store brings its own; none may reach into that of the person who runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

pytest_plugins = ("tests.left_over", "tests.databases", "tests.servers")
