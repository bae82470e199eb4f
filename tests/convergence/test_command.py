"""`./run simtest`: what it takes and what it prints last."""

import json

import pytest

from tests.convergence.__main__ import main


def test_the_last_line_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seeds", "7:9", "--steps", "30"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["schedules"] == 2
    assert report["violations"] == 0
    assert report["events"] >= 60


@pytest.mark.parametrize(
    "arguments",
    [["--seeds", "9:7"], ["--seeds", "x"], ["--steps", "0"], ["--planted", "no-such-bug"], ["more"]],
    ids=lambda arguments: " ".join(arguments),
)
def test_what_it_does_not_understand_it_says(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert arguments[-1] in capsys.readouterr().err
