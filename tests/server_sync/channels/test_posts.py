"""What goes out by HTTP: the SMS gateway's fields, the robots' payloads and signatures, and what their answers mean."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from server_sync.channels.port import Channel, Message, NotSent
from server_sync.channels.robots import DingTalk, Feishu, WeCom
from server_sync.channels.sms import SmsGateway
from server_sync.jobs.deliveries import Refusal
from tests.server_sync.channels.far_sides import HOST, Gateway, breaking_off, hanging
from tests.server_sync.organisation import NOW

TEXT = "张*的“首访”尚未完成。"
MESSAGE = Message("0a" * 16, "+8613800000000", "回访提醒", TEXT, NOW)
SECRET = "SEC0001"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway().open() as opened:
        yield opened


def test_an_sms_has_the_fields_and_headers_of_its_gateway_and_the_key(gateway: Gateway) -> None:
    fields = {"mobile": "{to}", "content": "【回访】{text}", "uid": "{key}", "sign": "A1"}
    SmsGateway(gateway.url, fields, {"Authorization": "Bearer T"}).send(MESSAGE)
    (got,) = gateway.requests
    assert got.json == {
        "mobile": MESSAGE.address,
        "content": f"【回访】{TEXT}",
        "uid": MESSAGE.key,
        "sign": "A1",
    }
    assert (got.headers["Authorization"], got.headers["Idempotency-Key"]) == ("Bearer T", MESSAGE.key)


def test_an_sms_as_a_form_is_read_back_as_it_was(gateway: Gateway) -> None:
    SmsGateway(gateway.url, {"m": "{to}", "t": "{text}"}, {}, "form").send(MESSAGE)
    (got,) = gateway.requests
    assert parse_qs(got.body) == {"m": [MESSAGE.address], "t": [TEXT]}
    assert got.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_text_that_looks_like_a_place_is_not_filled_in_again(gateway: Gateway) -> None:
    strange = Message("key", "to", "", "{to} {key}", NOW)
    SmsGateway(gateway.url, {"t": "{text}|{to}|{text}"}).send(strange)
    assert gateway.requests[0].json == {"t": "{to} {key}|to|{to} {key}"}


def test_wecom_gets_a_text(gateway: Gateway) -> None:
    WeCom(f"{gateway.url}?key=K").send(MESSAGE)
    (got,) = gateway.requests
    assert (got.path, got.json) == ("/hook?key=K", {"msgtype": "text", "text": {"content": TEXT}})


def test_dingtalk_gets_a_text_signed_by_time_and_secret(gateway: Gateway) -> None:
    DingTalk(f"{gateway.url}?access_token=T", SECRET).send(MESSAGE)
    (got,) = gateway.requests
    assert got.json == {"msgtype": "text", "text": {"content": TEXT}}
    query = parse_qs(urlsplit(got.path).query)
    digest = hmac.new(SECRET.encode(), f"{NOW}\n{SECRET}".encode(), hashlib.sha256).digest()
    signed = [base64.b64encode(digest).decode()]
    assert query == {"access_token": ["T"], "timestamp": [str(NOW)], "sign": signed}


def test_feishu_gets_a_text_signed_by_seconds_and_secret(gateway: Gateway) -> None:
    Feishu(gateway.url, SECRET).send(MESSAGE)
    stamp = str(NOW // 1000)
    digest = hmac.new(f"{stamp}\n{SECRET}".encode(), digestmod=hashlib.sha256).digest()
    sign = base64.b64encode(digest).decode()
    assert gateway.requests[0].json == {
        "timestamp": stamp,
        "sign": sign,
        "msg_type": "text",
        "content": {"text": TEXT},
    }


@pytest.mark.parametrize("robot", [DingTalk, Feishu])
def test_without_a_secret_nothing_is_signed(gateway: Gateway, robot: Callable[[str], Channel]) -> None:
    robot(gateway.url).send(MESSAGE)
    assert "sign" not in gateway.requests[0].path + gateway.requests[0].body


@pytest.mark.parametrize(
    ("robot", "reply", "lasting"),
    [
        (WeCom, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', True),
        (WeCom, b'{"errcode": 45009, "errmsg": "api freq out of limit"}', False),
        (DingTalk, b'{"errcode": 310000, "errmsg": "sign not match"}', True),
        (DingTalk, b'{"errcode": 130101, "errmsg": "send too fast"}', False),
        (Feishu, b'{"code": 19021, "msg": "sign match fail"}', True),
        (Feishu, b'{"code": 11232, "msg": "frequency limited"}', False),
        *((robot, b'{"errcode": -1, "code": -1}', False) for robot in (WeCom, DingTalk, Feishu)),
        *((robot, b'{"errcode": 7, "code": 7}', False) for robot in (WeCom, DingTalk, Feishu)),
        (DingTalk, b'{"errcode": 410100, "errmsg": "send too fast"}', False),
        (Feishu, b'{"code": {}}', False),
        (Feishu, b"[" * 60_000, False),
        (Feishu, b"<html>", False),
        (Feishu, b"[]", False),
    ],
)
def test_a_robots_answer_of_200_may_still_be_a_refusal(
    gateway: Gateway, robot: Callable[[str], Channel], reply: bytes, lasting: bool
) -> None:
    gateway.reply = reply
    with pytest.raises(NotSent) as refused:
        robot(gateway.url).send(MESSAGE)
    assert (refused.value.refusal, refused.value.lasting) == (Refusal.REFUSED, lasting)


@pytest.mark.parametrize(
    ("status", "lasting"), [(302, True), (400, True), (404, True), (408, False), (429, False), (503, False)]
)
def test_a_status_says_whether_another_try_may_help(gateway: Gateway, status: int, lasting: bool) -> None:
    gateway.status = status
    with pytest.raises(NotSent) as refused:
        SmsGateway(gateway.url).send(MESSAGE)
    assert (refused.value.refusal, refused.value.lasting) == (Refusal.REFUSED, lasting)


@pytest.mark.parametrize("drip", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
@pytest.mark.parametrize("made", [WeCom, DingTalk, Feishu, SmsGateway])
def test_a_webhook_that_hangs_or_drips_is_left_in_time(made: Callable[..., Any], drip: bytes) -> None:
    with hanging(drip) as port, pytest.raises(NotSent) as refused:
        made(f"http://{HOST}:{port}/hook", seconds=0.2).send(MESSAGE)
    assert refused.value.refusal is Refusal.TIMED_OUT


@pytest.mark.parametrize("made", [WeCom, DingTalk, Feishu, SmsGateway])
def test_an_answer_that_breaks_off_is_no_answer(made: Callable[[str], Channel]) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b'{"errcode": 0, "code": 0}'
    with breaking_off(start) as port, pytest.raises(NotSent) as refused:
        made(f"http://{HOST}:{port}/hook").send(MESSAGE)
    assert (refused.value.refusal, refused.value.lasting) == (Refusal.UNREACHABLE, False)


def test_an_address_that_nobody_listens_at_is_unreachable() -> None:
    with hanging() as port:
        pass
    with pytest.raises(NotSent) as refused:
        WeCom(f"http://{HOST}:{port}/hook").send(MESSAGE)
    assert refused.value.refusal is Refusal.UNREACHABLE
