"""Channels as they are configured: from their row's settings to the adapter that sends."""

from collections.abc import Callable, Mapping
from typing import Any

from server_sync.channels.mail import Mail
from server_sync.channels.port import Channel
from server_sync.channels.robots import DingTalk, Feishu, WeCom
from server_sync.channels.sms import SmsGateway
from server_sync.jobs.deliveries import ChannelKind

Adapters = Callable[[ChannelKind, Mapping[str, Any]], Channel]

_MADE: Mapping[ChannelKind, Callable[..., Channel]] = {
    ChannelKind.MAIL: Mail,
    ChannelKind.SMS: SmsGateway,
    ChannelKind.WECOM: WeCom,
    ChannelKind.DINGTALK: DingTalk,
    ChannelKind.FEISHU: Feishu,
}


def adapter(kind: ChannelKind, settings: Mapping[str, Any]) -> Channel:
    """The channel of a kind with its settings, which are the adapter's own fields."""
    return _MADE[kind](**settings)
