"""Group robots by webhook: WeCom, DingTalk and Feishu, as their makers describe message, signature and answer.

WeCom: developer.work.weixin.qq.com, 群机器人配置说明. DingTalk: open.dingtalk.com, 自定义机器人接入, 安全设置. Feishu:
open.feishu.cn, 自定义机器人使用指南, 签名校验.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from server_sync.channels.http_post import post_json
from server_sync.channels.port import SECONDS, Message, NotSent
from server_sync.domain.clock import SECOND
from server_sync.jobs.deliveries import Refusal

# Codes that another try does not turn: the address, the signature or the kind of message is wrong. All others are tried
# again, the makers' own "busy" (-1) and "too many" (45009; 130101, 410100; 11232) among them.
_LASTING = frozenset(
    {
        *(40008, 44004, 93000),  # WeCom
        *(300001, 310000, 400013, 400101, 400102, 400105, 400106),  # DingTalk
        *(9499, 19001, 19021, 19022, 19024),  # Feishu
    }
)


@dataclass(frozen=True)
class WeCom:
    """企业微信群机器人; its address has the key."""

    url: str
    seconds: float = SECONDS

    def send(self, message: Message) -> None:
        """Say it in the group. Raises NotSent."""
        value = {"msgtype": "text", "text": {"content": message.text}}
        _say(self.url, value, message, "errcode", self.seconds)


@dataclass(frozen=True)
class DingTalk:
    """钉钉自定义机器人; `secret` as of 加签, None where it knows its callers otherwise."""

    url: str
    secret: str | None = None
    seconds: float = SECONDS

    def send(self, message: Message) -> None:
        """Say it in the group. Raises NotSent."""
        value = {"msgtype": "text", "text": {"content": message.text}}
        _say(self._signed(message.at), value, message, "errcode", self.seconds)

    def _signed(self, at: int) -> str:
        """The address with the time in milliseconds, and HMAC-SHA256 of time and secret by the secret."""
        if self.secret is None:
            return self.url
        digest = hmac.digest(self.secret.encode(), f"{at}\n{self.secret}".encode(), hashlib.sha256)
        joint = "&" if "?" in self.url else "?"
        return f"{self.url}{joint}timestamp={at}&sign={quote_plus(base64.b64encode(digest))}"


@dataclass(frozen=True)
class Feishu:
    """飞书自定义机器人; `secret` as of 签名校验, None without."""

    url: str
    secret: str | None = None
    seconds: float = SECONDS

    def send(self, message: Message) -> None:
        """Say it in the group. Raises NotSent."""
        value = {"msg_type": "text", "content": {"text": message.text}}
        _say(self.url, {**self._signature(message.at), **value}, message, "code", self.seconds)

    def _signature(self, at: int) -> Mapping[str, str]:
        """The time in seconds, and HMAC-SHA256 of nothing by time and secret."""
        if self.secret is None:
            return {}
        stamp = str(at // SECOND)
        digest = hmac.digest(f"{stamp}\n{self.secret}".encode(), b"", hashlib.sha256)
        return {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}


def _say(url: str, value: Mapping[str, Any], message: Message, result: str, seconds: float) -> None:
    """Post it; these answer 200 with a code, which is 0 when the message was taken."""
    content = post_json(url, value, {"Idempotency-Key": message.key}, seconds)
    try:
        code = json.loads(content)[result]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotSent(Refusal.REFUSED) from error
    if code != 0:
        raise NotSent(Refusal.REFUSED, lasting=isinstance(code, int) and code in _LASTING)
