"""The command line as it is typed: asks nothing, answers calmly in its user's language, and never with a traceback."""

import json
import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.servers import Caller, ServerProcess, run_command_line
from tests.warm import ROOT


def init(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command_line("init", "--database", database, *arguments)


@pytest.fixture
def ready(tmp_path: Path) -> str:
    """A database that was made by `init`."""
    database = str(tmp_path / "huifang.db")
    assert init(database).returncode == 0
    return database


def calm(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that was refused."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    return line


def test_init_asks_nothing_and_shows_the_first_password_once(empty_database_url: str) -> None:
    first = init(empty_database_url, "--json")
    assert first.returncode == 0, first.stderr
    made = json.loads(first.stdout.splitlines()[-1])
    assert made["administrator"]["login"] == "admin"
    assert len(made["administrator"]["password"]) == 19
    second = init(empty_database_url, "--json")
    assert json.loads(second.stdout)["administrator"] is None
    listed = run_command_line("user", "list", "--json", "--database", empty_database_url)
    assert [(one["login"], one["role"]) for one in json.loads(listed.stdout)] == [("admin", "administrator")]


def test_init_knows_the_public_holidays(ready: str) -> None:
    told = run_command_line("doctor", "--json", "--database", ready)
    assert json.loads(told.stdout)["counts"]["calendar_day"] > 1_000
    with closing(sqlite3.connect(ready)) as connection:
        [(working, name)] = connection.execute(
            "SELECT working, name FROM calendar_day WHERE day = '2026-10-10'"
        )
    assert (working, name) == (True, "国庆节")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_file_with_the_customers_is_its_owners_alone(tmp_path: Path) -> None:
    database = tmp_path / "new folder" / "huifang.db"
    assert init(str(database)).returncode == 0
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_the_database_may_be_named_before_or_after_the_verb_or_by_the_environment(ready: str) -> None:
    for arguments, environment in (
        (("--database", ready, "user", "list"), {}),
        (("user", "--database", ready, "list"), {}),
        (("user", "list", f"--database={ready}"), {}),
        (("user", "list"), {"HUIFANG_DATABASE": ready}),
    ):
        done = run_command_line(*arguments, **environment)
        assert (done.returncode, done.stdout.split("\t")[0]) == (0, "admin"), arguments


def test_without_a_name_the_database_is_a_file_of_the_user(tmp_path: Path) -> None:
    variables = {"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path), "HOME": str(tmp_path)}
    done = run_command_line("init", "--json", HUIFANG_DATABASE="", **variables)
    assert Path(json.loads(done.stdout)["database"]).is_relative_to(tmp_path)


def test_people_are_added_listed_disabled_and_given_passwords(ready: str) -> None:
    named = ("--database", ready)
    arguments = ("--name", "坐席 01", "--team", "华东", "--skill", "language=zh", "--skill", "region=华东")
    added = run_command_line("user", "add", "agent01", *arguments, "--json", *named)
    assert added.returncode == 0, added.stderr
    assert len(json.loads(added.stdout)["password"]) == 19
    lead = ("user", "add", "lead01", "--team", "华东", "--role", "supervisor", "--password-stdin")
    assert run_command_line(*lead, *named, stdin="a password of mine\n").stdout == ""
    assert run_command_line("user", "disable", "agent01", *named).returncode == 0
    assert "Password" in run_command_line("user", "password", "LEAD01", *named).stdout
    listed = json.loads(run_command_line("user", "list", "--json", *named).stdout)
    assert [(one["login"], one["name"], one["role"], one["team"], one["active"]) for one in listed] == [
        ("admin", "Administrator", "administrator", None, True),
        ("agent01", "坐席 01", "agent", "华东", False),
        ("lead01", "lead01", "supervisor", "华东", True),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "admin", "--team", "x"), "exists already"),
        (("add", "two words", "--team", "x"), "not valid: login"),
        (("add", "agent01"), "missing: team"),
        (("add", "agent01", "--team", "x", "--skill", "colour=red"), "not valid: skill"),
        (("add", "agent01", "--team", "x", "--password-stdin"), "not valid: password"),
        (("disable", "nobody"), "no such entry: person nobody"),
        (("disable", "admin"), "may not do that"),
        (("password", "nobody"), "no such entry: person nobody"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(ready: str, arguments: tuple[str, ...], words: str) -> None:
    assert words in calm(run_command_line("user", *arguments, "--database", ready))


@pytest.mark.parametrize("verb", [("user", "list"), ("doctor",), ("serve", "--port", "0")])
def test_a_database_that_is_not_there_is_said_so_and_not_made(verb: tuple[str, ...], tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert "no database yet" in calm(run_command_line(*verb, "--database", str(missing)))
    assert not missing.exists()


def test_a_file_that_is_no_database_is_said_so_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear customer, " * 100)
    assert "cannot be opened" in calm(run_command_line("doctor", "--database", str(file)))
    assert "cannot be opened" in calm(init(str(file)))
    assert file.read_text() == "Dear customer, " * 100


def test_an_address_without_a_server_is_said_so_without_its_password() -> None:
    line = calm(run_command_line("doctor", "--database", "postgresql://someone:secret@127.0.0.1:1/none"))
    assert "cannot be opened or reached" in line
    assert "secret" not in line


def test_a_database_that_fails_at_work_is_said_so(ready: str) -> None:
    with closing(sqlite3.connect(ready)) as other:
        other.execute("DROP TABLE account")
    line = calm(run_command_line("user", "add", "agent01", "--team", "x", "--database", ready))
    assert "cannot be opened or reached" in line
    assert ready in line


def test_an_error_is_the_last_line_of_json_too(ready: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.db")
    for arguments, kind in (
        (("doctor", "--database", missing), "database_missing"),
        (("import", "none.csv", "--guess", "--database", missing), "database_missing"),
        (("import", "none.csv", "--guess", "--database", ready), "file_unreadable"),
        (("user", "add", "admin", "--team", "x", "--database", ready), "already_exists"),
        (("plan", "run", "--plan", "none", "--database", ready), "not_found"),
    ):
        done = run_command_line(*arguments, "--json")
        assert (done.returncode, json.loads(done.stdout)["error"], done.stderr.count("\n")) == (2, kind, 1)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_a_name_that_the_terminal_cannot_show_ends_nothing(ready: str, encoding: str) -> None:
    name = "坐席 \N{GRINNING FACE}"
    arguments = ("agent01", "--name", name, "--team", "x", "--database", ready)
    assert run_command_line("user", "add", *arguments).returncode == 0
    for option in ((), ("--json",)):
        listed = run_command_line("user", "list", *option, "--database", ready, encoding=encoding)
        assert (listed.returncode, listed.stderr) == (0, "")
    assert [one["name"] for one in json.loads(listed.stdout)] == ["Administrator", name]


def test_an_address_that_is_none_is_refused() -> None:
    assert "not valid: database" in calm(run_command_line("doctor", "--database", "mysql://localhost/x"))


def test_the_line_is_in_the_language_of_the_user(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.db")
    assert "尚无数据库" in calm(run_command_line("doctor", "--database", missing, language="zh_CN"))
    assert "用法" in run_command_line("--help", language="zh_CN").stdout


def test_wrong_use_tells_what_there_is() -> None:
    for arguments in ((), ("nonsense",)):
        done = run_command_line(*arguments)
        assert all(
            verb in done.stdout + done.stderr
            for verb in ("init", "serve", "user", "import", "plan", "doctor")
        )
    assert run_command_line("nonsense").returncode == 2


def test_the_server_says_when_it_is_ready_and_ends_cleanly(live_server: ServerProcess) -> None:
    assert Caller(live_server.address).get("/healthz").json["status"] == "ok"
    assert live_server.stop() == 0
    assert "Traceback" not in live_server.log.read_text()


def test_an_open_live_stream_does_not_delay_the_end(live_sqlite_server: ServerProcess) -> None:
    run = (
        "user",
        "add",
        "agent01",
        "--team",
        "x",
        "--password-stdin",
        "--database",
        live_sqlite_server.database_url,
    )
    run_command_line(*run, stdin="correct-horse-1\n")
    caller = Caller(live_sqlite_server.address)
    assert caller.sign_in().status == 200
    with caller.open("GET", "/sync/live") as stream:
        assert stream.readline().startswith(b"data:")
        assert live_sqlite_server.stop() == 0
        assert b"data:" not in stream.read()
    log = [json.loads(line) for line in live_sqlite_server.log.read_text().splitlines()]
    assert {line["level"] for line in log} == {"info"}


def test_a_server_that_was_killed_starts_again_at_its_address(live_sqlite_server: ServerProcess) -> None:
    address = live_sqlite_server.address
    live_sqlite_server.kill()
    live_sqlite_server.start()
    assert live_sqlite_server.address == address
    assert Caller(address).get("/healthz").status == 200


def test_a_port_in_use_is_said_so(ready: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        line = calm(run_command_line("serve", "--port", port, "--database", ready))
    assert f"127.0.0.1:{port}" in line


@pytest.mark.parametrize(("host", "port"), [("256.1.1.1", "0"), ("127.0.0.1", "70000"), ("x" * 300, "0")])
def test_an_address_that_cannot_be_is_said_so(ready: str, host: str, port: str) -> None:
    done = run_command_line("serve", "--host", host, "--port", port, "--database", ready)
    assert done.returncode == 2
    assert "Nobody can be answered" in done.stderr.splitlines()[-1]


def test_certificates_that_cannot_be_read_are_said_so(ready: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----\n")
    for files in (
        ("--tls-cert", str(broken)),
        ("--tls-cert", "none.pem", "--tls-key", "none.key"),
        ("--tls-key", "k"),
    ):
        line = calm(run_command_line("serve", "--port", "0", "--database", ready, *files))
        assert "certificate" in line


def test_the_command_line_works_from_any_folder(ready: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "server_sync", "user", "list", "--database", "huifang.db"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stdout.startswith(b"admin")


def test_help_and_wrong_use_speak_the_language_of_whoever_asks() -> None:
    shown = run_command_line("plan", "--help", LANGUAGE="zh_CN")
    assert (shown.returncode, "用法：" in shown.stdout, "显示本帮助" in shown.stdout) == (0, True, True)
    assert not re.search(r"usage|options|arguments", shown.stdout)
    wrong = run_command_line("plan", "fly", LANGUAGE="zh_CN")
    assert wrong.returncode == 2
    assert "没有 'fly' 这个选项" in wrong.stderr
    assert "缺少必填参数" in run_command_line("plan", LANGUAGE="zh_CN").stderr
    assert "usage: " in run_command_line("plan", LANGUAGE="en").stderr


def test_what_is_not_there_is_called_by_its_name(database_url: str) -> None:
    named = ("--database", database_url)
    refused = run_command_line("segments", "remove", "north", *named, LANGUAGE="zh_CN")
    assert (refused.returncode, refused.stderr) == (2, "找不到客群 north。\n")


def test_a_channel_that_cannot_be_is_refused_with_what_was_given(database_url: str) -> None:
    named = ("--database", database_url)
    for address, told in (
        ("ftp://x", "ftp://x"),
        ("https://hook.example:99999/hook/KEY", "https://hook.example:99999"),
        ("https://[::1/hook?key=KEY", "https://[::1"),
        ("https://hook.example/a b", "https://hook.example"),
    ):
        words = ("channels", "add", "wecom", "g", "--url", address, *named)
        refused = run_command_line(*words, LANGUAGE="en")
        assert (refused.returncode, refused.stderr) == (2, f"url is not valid: {told}.\n")


def test_a_trial_goes_to_one_address_that_can_be(database_url: str) -> None:
    named = ("--database", database_url)
    made = ("channels", "add", "mail", "m", "--host", "127.0.0.1", "--from", "h@example.com", *named)
    assert run_command_line(*made).returncode == 0
    refused = run_command_line("channels", "test", "m", "--to", "a@b.c\nBcc: x@y.z", *named, LANGUAGE="en")
    assert (refused.returncode, refused.stderr) == (2, "This is no e-mail address: a@b.c\nBcc: x@y.z.\n")
