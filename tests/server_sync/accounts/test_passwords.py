"""Passwords are kept as argon2id hashes, and nothing tells who exists."""

import pytest

from server_sync.accounts import passwords
from server_sync.domain.errors import ErrorKind, KnownError


def test_a_password_is_kept_as_argon2id_of_19_mib_two_passes_one_lane() -> None:
    assert passwords.hash_password("long enough").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert passwords.hash_password("long enough") != passwords.hash_password("long enough")


@pytest.mark.parametrize(
    ("tried", "expected"), [("回访 2026 回访", True), ("回访 2026 回访 ", False), ("", False)]
)
def test_only_the_very_password_matches(tried: str, expected: bool) -> None:
    assert passwords.matches(tried, passwords.hash_password("回访 2026 回访")) is expected


def test_nobody_has_no_password_that_matches() -> None:
    assert not passwords.matches("", None)
    assert not passwords.matches("anything at all", None)


def test_an_endless_password_is_not_even_hashed() -> None:
    kept = passwords.hash_password("long enough")
    assert not passwords.matches("x" * 10_000_000, kept)


@pytest.mark.parametrize("text", ["", "short 1", "x" * 201])
def test_too_short_and_too_long_passwords_are_refused(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        passwords.hash_password(text)
    assert caught.value.kind is ErrorKind.FIELD_INVALID
    assert caught.value.values["field"] == "password"


def test_made_up_passwords_are_readable_and_never_the_same() -> None:
    made = {passwords.generate() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        groups = password.split("-")
        assert [len(group) for group in groups] == [4, 4, 4, 4]
        assert not set("".join(groups)) & set("il1o0")
