"""Settings survive a bad file and a bad moment."""

from pathlib import Path

import pytest

from agent_app.host.files import write_atomically
from agent_app.host.settings import Settings, load_settings, save_settings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings("zh_CN", "dark", "https://desk.example", "坐席01", "AdnQywAD")
    save_settings(tmp_path / "settings.json", settings)
    assert load_settings(tmp_path / "settings.json") == settings
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"theme": 3, "other": "x"}'])
def test_an_unreadable_file_means_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert load_settings(tmp_path / "settings.json") == Settings()
    assert load_settings(tmp_path / "missing.json") == Settings()


def test_an_interrupted_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.json"
    write_atomically(file, b"old")

    def torn(handle: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.fsync", torn)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(("name", "value"), [("theme", "sepia"), ("language", "tlh"), ("dialling", "pigeon")])
def test_a_choice_that_this_program_does_not_know_is_its_default(
    tmp_path: Path, name: str, value: str
) -> None:
    file = tmp_path / "settings.json"
    save_settings(file, Settings(server="https://huifang.example", **{name: value}))
    assert load_settings(file) == Settings(server="https://huifang.example")
