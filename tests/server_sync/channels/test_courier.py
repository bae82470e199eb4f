"""Deliveries: to whom and by what, once each, in turn, again after a failure, never at night, given up visibly."""

from collections import Counter
from collections.abc import Iterator
from email.message import Message

import pytest

from server_sync.channels import configured
from server_sync.channels.courier import REST
from server_sync.domain.clock import HOUR, MINUTE, SECOND
from server_sync.domain.commands import Update
from server_sync.domain.model import ReminderMeans, ReminderState
from server_sync.jobs.deliveries import ChannelKind
from server_sync.jobs.leases import LEASE, MOST_ATTEMPTS
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.channels.far_sides import HOST, Gateway, hanging, mail_server, write_certificate
from tests.server_sync.channels.outgoing import MAIL, MOBILE, Outgoing
from tests.server_sync.organisation import NOW, Organisation

SMS, ROBOT = ReminderMeans.SMS, ReminderMeans.ROBOT


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway().open() as opened:
        yield opened


@pytest.fixture
def out(database: Database, organisation: Organisation) -> Outgoing:
    return Outgoing(database, organisation, HandClock(NOW))


def test_an_sms_goes_to_the_persons_mobile_with_a_masked_name_and_a_stable_key(
    out: Outgoing, gateway: Gateway
) -> None:
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.remind(SMS)
    gateway.status = 503
    out.courier.run_due()
    gateway.status = 200
    out.clock.move(MINUTE)
    out.courier.run_due()
    first, second = gateway.requests
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert second.json == {"to": MOBILE, "text": "回访提醒：张*的“首访”尚未受理，截止 2026-10-02 10:00。"}
    assert (out.states(), out.deliveries()) == ([("sent", None)], [("sent", None)])


def test_a_mail_goes_to_the_persons_address(out: Outgoing, tmp_path_factory: pytest.TempPathFactory) -> None:
    certificate = tmp_path_factory.mktemp("mail") / "server.pem"
    write_certificate(certificate)
    with mail_server("starttls", certificate, "secret") as server:
        settings = {"host": HOST, "port": server.port, "sender": "h@example.com", "security": "starttls"}
        signed = {"user": "h", "password": "secret", "certificate": str(certificate)}
        out.channel(ChannelKind.MAIL, "mail", {**settings, **signed})
        out.remind(ReminderMeans.MAIL)
        out.courier.run_due()
    mails: list[Message] = server.mails
    assert [mail["To"] for mail in mails] == [MAIL]
    assert out.states() == [("sent", None)]


def test_a_reminder_for_nobody_goes_to_the_leads_of_the_team(out: Outgoing, gateway: Gateway) -> None:
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.remind(SMS, to_lead=True)
    out.courier.run_due()
    assert [request.json["to"] for request in gateway.requests] == [MOBILE]


def test_a_team_with_a_robot_of_its_own_hears_from_that_one_alone(out: Outgoing, gateway: Gateway) -> None:
    out.channel(ChannelKind.WECOM, "all", {"url": f"{gateway.url}?for=all"})
    out.channel(ChannelKind.FEISHU, "north", {"url": f"{gateway.url}?for=north"}, "北区")
    out.channel(ChannelKind.FEISHU, "south", {"url": f"{gateway.url}?for=south"}, "南区")
    out.remind(ROBOT)
    out.courier.run_due()
    assert [request.path for request in gateway.requests] == ["/hook?for=north"]


def test_a_reminder_that_was_cancelled_meanwhile_does_not_go_out(out: Outgoing, gateway: Gateway) -> None:
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    (reminder_id,) = out.remind(SMS)
    with out.database.write(NOW) as tx:
        write(tx, [Update("reminder", reminder_id, {"state": ReminderState.CANCELLED})])
    out.courier.run_due()
    assert (gateway.requests, out.deliveries()) == ([], [("dropped", None)])
    assert out.states() == [("cancelled", None)]


def test_what_is_refused_for_good_fails_at_once_and_says_why(out: Outgoing, gateway: Gateway) -> None:
    gateway.reply = b'{"errcode": 93000}'
    out.channel(ChannelKind.WECOM, "robot", {"url": gateway.url})
    out.remind(ROBOT)
    out.courier.run_due()
    assert (len(gateway.requests), out.states()) == (1, [("failed", "refused")])


def test_what_never_arrives_is_tried_so_often_and_then_fails_visibly(out: Outgoing, gateway: Gateway) -> None:
    gateway.status = 500
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.remind(SMS)
    for _ in range(MOST_ATTEMPTS):
        assert out.states() == [("waiting", None)]
        out.clock.move(max(0, out.next_due() - out.clock.now()))
        assert out.courier.run_due() == 1
    assert len(gateway.requests) == MOST_ATTEMPTS
    assert (out.states(), out.deliveries()) == ([("failed", "refused")], [("failed", "refused")])


def test_a_webhook_that_hangs_rests_and_holds_up_no_other_channel(out: Outgoing, gateway: Gateway) -> None:
    with hanging() as port:
        out.channel(ChannelKind.WECOM, "robot", {"url": f"http://{HOST}:{port}/", "seconds": 0.2})
        out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
        out.remind(ROBOT, count=5)
        out.remind(SMS, count=3)
        for _ in range(3):
            out.courier.run_due()
            out.clock.move(1)
    assert len(gateway.requests) == 3
    found = Counter(out.deliveries())
    assert found == {("sent", None): 3, ("waiting", "timed_out"): 1, ("waiting", None): 4}
    assert out.next_due() == NOW + 10 * SECOND
    out.clock.move(10 * SECOND - 3)
    out.courier.run_due()
    assert out.next_due() == NOW + REST


def test_messages_of_a_channel_keep_their_distance(out: Outgoing, gateway: Gateway) -> None:
    with out.database.write(NOW) as tx:
        settings = {"url": gateway.url}
        configured.add(tx, out.organisation.ids, ChannelKind.WECOM, "robot", settings, None, 20)
    out.remind(ROBOT, count=40)
    sent = []
    for _ in range(3):
        out.courier.run_due()
        sent.append(len(gateway.requests))
        out.clock.move(MINUTE)
    assert sent == [1, 21, 40]


def test_a_retry_waits_for_the_morning_too(out: Outgoing, gateway: Gateway) -> None:
    gateway.status = 503
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.clock.move(11 * HOUR - 5 * SECOND)  # 20:59:55
    out.remind(SMS)
    out.courier.run_due()
    out.clock.move(MINUTE)
    out.courier.run_due()
    assert len(gateway.requests) == 1
    assert out.next_due() == NOW + 22 * HOUR


def test_a_channel_that_was_removed_takes_nothing_more(out: Outgoing, gateway: Gateway) -> None:
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.remind(SMS)
    with out.database.write(NOW) as tx:
        configured.remove(tx, "sms")
    out.courier.run_due()
    assert (gateway.requests, out.states()) == ([], [("failed", "no_channel")])


def test_settings_that_cannot_be_count_as_tries_and_stop_nothing(out: Outgoing, gateway: Gateway) -> None:
    out.channel(ChannelKind.WECOM, "robot", {"url": gateway.url, "unknown": 1})
    out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
    out.remind(ROBOT)
    out.remind(SMS)
    out.courier.run_due()
    assert len(gateway.requests) == 1
    out.clock.move(LEASE)
    assert sorted(out.deliveries()) == [("sent", None), ("waiting", "refused")]
