"""Secrets are made in few places; time and ids have their own ban in ruff (TID251, pyproject.toml)."""

from tests.architecture.sources import files, imports, text

# Keys of the store, of ready files, of wrapping; seals of unsent work; the demo's passphrase and passwords; tokens;
# ids.
MAKERS = (
    "agent_app/host/",
    "agent_app/store/keys.py",
    "agent_app/store/unsent_file.py",
    "agent_app/assembly/demo.py",
    "server_sync/accounts/",
    "server_sync/domain/ids.py",
    "server_sync/sync/ready.py",
)


def test_secrets_are_made_only_where_keys_tokens_and_ids_are() -> None:
    users = [
        file.as_posix()
        for file in files("agent_app", "server_sync")
        if any(name.split(".")[0] == "secrets" for name in imports(file)) or "urandom" in text(file)
    ]
    assert [file for file in users if not file.startswith(MAKERS)] == []
