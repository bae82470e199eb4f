"""Where files go: one profile per server and user, however the address was typed, and no name of a person in a path."""

from pathlib import Path

import pytest

from agent_app.host.paths import HOME_VARIABLE, places, server_address
from agent_app.host.resources import resource


def test_the_parameter_goes_before_the_variable_and_that_before_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "data"))
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "variable"))
    assert places(tmp_path / "parameter").root == tmp_path / "parameter"
    assert places().root == tmp_path / "variable"
    assert places().root.stat().st_mode & 0o077 == 0
    monkeypatch.delenv(HOME_VARIABLE)
    assert places().root.is_relative_to(tmp_path / "home")


@pytest.mark.parametrize(
    "spelling",
    ["https://Desk.Example", "desk.example", " https://desk.example:443/ ", "HTTPS://desk.example/"],
)
def test_one_server_has_one_profile_however_its_address_is_written(tmp_path: Path, spelling: str) -> None:
    at = places(tmp_path)
    assert at.profile_dir(spelling, "Agent01 ") == at.profile_dir("https://desk.example", "agent01")


def test_other_users_servers_and_ports_have_profiles_of_their_own(tmp_path: Path) -> None:
    at = places(tmp_path)
    profiles = {
        at.profile_dir(server, user)
        for server in (
            "https://desk.example",
            "http://desk.example",
            "desk.example:8443",
            "desk.example/branch",
        )
        for user in ("agent01", "agent02", "坐席01")
    }
    assert len(profiles) == 12
    assert all(profile.parent == tmp_path / "profiles" for profile in profiles)
    assert not any("agent" in profile.name or "坐席" in profile.name for profile in profiles)


@pytest.mark.parametrize(
    "text", ["", "ftp://x", "https://", "https://a b", "https://me:pw@x", "https://x/?a=1", "http://x:99999"]
)
def test_what_is_no_address_of_a_server_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the standard library has its own words for some of them
        server_address(text)


def test_an_address_of_the_network_layer_keeps_its_brackets() -> None:
    assert server_address("http://[::1]:8080/") == "http://[::1]:8080"


def test_resources_lie_beside_the_packages_or_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resource("i18n").parents[1] == Path(__file__).parents[3]
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resource("samples/form.xlsx") == tmp_path / "resources" / "samples" / "form.xlsx"
