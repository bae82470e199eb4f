"""Passphrases of the tests are stretched a little: how much they must be is known to the tests of keys."""

from agent_app.host import key_file
from agent_app.host.key_file import stretch
from agent_app.store import keys

COST = 4


def a_little(passphrase: str, salt: bytes, _: int) -> bytes:
    """In place of `stretch`, at the least cost."""
    return stretch(passphrase, salt, COST)


def stretch_a_little() -> None:
    """From now on, in this process, what the desk stretches. A key that was wrapped so opens nowhere else."""
    for module in (key_file, keys):
        vars(module)["stretch"] = a_little
