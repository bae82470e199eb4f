"""Dialling by hand and by link: what is timed, what is handed over, and which numbers never are."""

from collections.abc import Callable

import pytest

from agent_app.host.dialling import ByHand, ByLink, dialable
from agent_app.ports import CallEvent, CallState, Dialler
from server_sync.domain.errors import ErrorKind

CALL, NEXT = b"1" * 16, b"2" * 16


class Steps:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self) -> None:
        self.at = 0

    def now(self) -> int:
        self.at += 1000
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000


def taking(links: list[str]) -> Callable[[str], bool]:
    """An opener that takes every link."""

    def opener(link: str) -> bool:
        links.append(link)
        return True

    return opener


def test_by_hand_a_call_lasts_from_dialling_to_hanging_up() -> None:
    events: list[CallEvent] = []
    phone: Dialler = ByHand(Steps())
    phone.listen(events.append)
    phone.hang_up()
    phone.dial("138 0013 8000", CALL)
    phone.hang_up()
    phone.hang_up()
    assert events == [CallEvent(CALL, CallState.DIALLING, 1000), CallEvent(CALL, CallState.ENDED, 2000)]


def test_dialling_anew_ends_the_call_before() -> None:
    events: list[CallEvent] = []
    phone: Dialler = ByHand(Steps())
    phone.listen(events.append)
    phone.dial("10086", CALL)
    phone.dial("10086", NEXT)
    assert [(event.call_id, event.state.value) for event in events] == [
        (CALL, "dialling"), (CALL, "ended"), (NEXT, "dialling"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "link"),
    [("tel:{number}", "tel:+8613800138000"), ("sip:{number}@pbx.example", "sip:+8613800138000@pbx.example")],
)
def test_a_link_carries_the_bare_number(template: str, link: str) -> None:
    events: list[CallEvent] = []
    opened: list[str] = []

    phone: Dialler = ByLink(Steps(), taking(opened), template)
    phone.listen(events.append)
    phone.dial("+86 (138) 0013-8000", CALL)
    phone.hang_up()
    assert opened == [link]
    assert [event.state for event in events] == [CallState.DIALLING, CallState.ENDED]


def test_a_link_that_no_program_takes_is_a_failed_call() -> None:
    events: list[CallEvent] = []
    phone: Dialler = ByLink(Steps(), lambda link: False)
    phone.listen(events.append)
    phone.dial("10086", CALL)
    phone.hang_up()
    assert events == [CallEvent(CALL, CallState.FAILED, 1000, ErrorKind.DIAL_FAILED)]


@pytest.mark.parametrize(
    "number", ["", "12", "**21*1#", "*#06#", "tel:110", "138;rm -rf", "1380013800x", "1" * 21]
)
def test_what_is_no_number_is_never_handed_over(number: str) -> None:
    events: list[CallEvent] = []
    opened: list[str] = []
    phone: Dialler = ByLink(Steps(), taking(opened))
    phone.listen(events.append)
    phone.dial(number, CALL)
    assert dialable(number) is None
    assert opened == []
    assert [(event.state, event.kind) for event in events] == [(CallState.FAILED, ErrorKind.FIELD_INVALID)]
