"""What a moment on the command line means."""

import pytest

from server_sync.automation.moments import read_moment
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind, KnownError

MIDNIGHT = 1_514_649_600_000  # 2017-12-31 00:00 in Shanghai


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2017-12-31", MIDNIGHT + DAY - 1),
        ("2017-12-31T09:00", MIDNIGHT + 9 * HOUR),
        ("2017-12-31 09:00:00.250", MIDNIGHT + 9 * HOUR + 250),
        ("2017-12-31T09:00+08:00", MIDNIGHT + 9 * HOUR),
        ("2017-12-31T01:00Z", MIDNIGHT + 9 * HOUR),
    ],
)
def test_a_day_means_its_end_and_a_moment_itself(text: str, at: int) -> None:
    assert read_moment(text, "Asia/Shanghai") == at


@pytest.mark.parametrize("text", ["", "yesterday", "2017-13-01", "2017/12/31", "2017-12-31T25:00"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(KnownError) as refusal:
        read_moment(text, "Asia/Shanghai")
    assert (refusal.value.kind, refusal.value.values["field"]) == (ErrorKind.FIELD_INVALID, "as_of")
