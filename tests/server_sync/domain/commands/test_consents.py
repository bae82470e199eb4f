"""Consent: given with its evidence, declined, withdrawn at once; what needs it ends with it."""

from typing import Any

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import GiveConsent, Insert, WithdrawConsent
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from server_sync.domain.rules import consent
from server_sync.domain.rules.settings import DEFAULTS, setting_id
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW

WORDING = "您是否同意我们来电介绍新品?(2026-11 版)"
STRICT = {"purposes": ["marketing"], "never_asked": "refused"}


def give(desk: Desk, *, granted: bool = True, **values: Any) -> GiveConsent:
    given: dict[str, Any] = {"purpose": "marketing", "channel": None, "source": "call", "wording": WORDING}
    given |= {"given_at": NOW} | values
    return GiveConsent(desk.world.new(), desk.customer_id, granted=granted, **given)


def withdraw(desk: Desk, channel: str | None = None, purpose: str = "marketing") -> WithdrawConsent:
    return WithdrawConsent(
        desk.world.new(), desk.customer_id, purpose, channel, "call", "以后不要推销", NOW + HOUR
    )


def stands(desk: Desk, channel: str = "phone", at: int = NOW + HOUR) -> str | None:
    entries = desk.world.rows["consent"].values()
    found = consent.refusal(entries, "marketing", channel, at, STRICT)
    return None if found is None else str(found.values["answer"])


def test_consent_is_kept_with_who_when_how_and_what_was_asked(desk: Desk) -> None:
    given = give(desk)
    desk.world.do(given, desk.agent)
    row = desk.world.one("consent", given.consent_id)
    kept = (row["given_to"], row["given_at"], row["source"], row["wording"], row["granted"])
    assert kept == (desk.agent.person_id, NOW, "call", WORDING, True)
    told = {"purpose": "marketing", "channel": None, "source": "call"}
    assert ("consent_given", told) in desk.world.facts()
    assert stands(desk) is None


def test_declining_when_asked_is_on_record_too(desk: Desk) -> None:
    desk.world.do(give(desk, granted=False), desk.agent)
    assert stands(desk) == "declined"
    assert desk.world.facts()[-1][0] == "consent_declined"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"purpose": "parties"}, ErrorKind.FIELD_INVALID),
        ({"channel": "pigeon"}, ErrorKind.FIELD_INVALID),
        ({"source": "rumour"}, ErrorKind.FIELD_INVALID),
        ({"wording": " "}, ErrorKind.FIELD_MISSING),
        ({"wording": "x" * 10_001}, ErrorKind.FIELD_INVALID),
    ],
)
def test_consent_without_its_evidence_is_refused(desk: Desk, values: dict[str, Any], kind: ErrorKind) -> None:
    assert desk.world.refused(give(desk, **values), desk.agent) is kind


def test_who_cannot_see_the_customer_records_nothing_of_him(desk: Desk) -> None:
    assert desk.world.refused(give(desk), desk.other) is ErrorKind.NOT_FOUND
    assert desk.world.refused(withdraw(desk), desk.other) is ErrorKind.NOT_FOUND


def test_an_entry_is_made_once(desk: Desk) -> None:
    given = give(desk)
    desk.world.do(given, desk.agent)
    assert desk.world.refused(given, desk.agent) is ErrorKind.ALREADY_EXISTS


def test_withdrawal_holds_from_its_moment_on_and_not_before(desk: Desk) -> None:
    desk.world.do(give(desk), desk.agent)
    desk.world.do(withdraw(desk), desk.agent, NOW + HOUR)
    assert stands(desk, at=NOW + HOUR - 1) is None
    assert stands(desk) == "withdrawn"


def test_withdrawal_for_one_channel_leaves_the_others(desk: Desk) -> None:
    desk.world.do(give(desk), desk.agent)
    desk.world.do(withdraw(desk, "phone"), desk.agent, NOW + HOUR)
    assert (stands(desk, "phone"), stands(desk, "visit")) == ("declined", None)


def test_withdrawal_for_all_channels_takes_each_consent_back(desk: Desk) -> None:
    desk.world.do(give(desk, channel="phone"), desk.agent)
    desk.world.do(give(desk, channel="visit"), desk.agent)
    desk.world.do(withdraw(desk), desk.agent, NOW + HOUR)
    assert (stands(desk, "phone"), stands(desk, "visit")) == ("withdrawn", "withdrawn")


def test_withdrawal_of_what_was_never_given_is_a_refusal(desk: Desk) -> None:
    desk.world.do(withdraw(desk), desk.agent, NOW + HOUR)
    assert stands(desk) == "declined"


def test_consent_can_be_given_again(desk: Desk) -> None:
    desk.world.do(withdraw(desk), desk.agent, NOW + HOUR)
    desk.world.do(give(desk, given_at=NOW + 2 * HOUR), desk.agent, NOW + 2 * HOUR)
    assert stands(desk, at=NOW + 2 * HOUR) is None


@pytest.mark.parametrize(
    ("channel", "needed", "state"),
    [
        (None, ["marketing"], TaskState.CANCELLED),
        ("phone", ["marketing"], TaskState.CANCELLED),
        ("visit", ["marketing"], TaskState.OPEN),
        (None, ["survey"], TaskState.OPEN),
    ],
)
def test_open_tasks_that_need_the_consent_end_with_it(
    desk: Desk, channel: str | None, needed: list[str], state: TaskState
) -> None:
    desk.task["purpose"] = "marketing"
    value = {**DEFAULTS["consent"], "purposes": needed}
    row_id = setting_id("consent")
    desk.world.put(Insert("setting", {"id": row_id, "key": "consent", "value": value}))
    book = desk.book(NOW + 2 * HOUR)
    desk.world.do(book, desk.agent)
    desk.world.do(withdraw(desk, channel), desk.agent, NOW + HOUR)
    assert desk.task["state"] == state
    ended = state == TaskState.CANCELLED
    assert desk.task["cancelled_because"] == ("consent_withdrawn" if ended else None)
    promise = desk.world.one("callback", book.callback_id)
    assert promise["state"] == ("cancelled" if ended else "open")


def test_withdrawal_of_marketing_leaves_service_alone(desk: Desk) -> None:
    desk.world.do(withdraw(desk), desk.agent, NOW + HOUR)
    assert desk.task["state"] == TaskState.OPEN
