"""SMS by any gateway that takes a POST: its address, fields and headers are settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from server_sync.channels.http_post import post, post_json
from server_sync.channels.port import SECONDS, Message

ENCODINGS = ("json", "form")
PLACES = ("{to}", "{text}", "{key}")
"""What is filled into `fields`."""


@dataclass(frozen=True)
class SmsGateway:
    """`fields`: name → text with PLACES; `encoding`: one of ENCODINGS."""

    url: str
    fields: Mapping[str, str] = field(default_factory=lambda: {"to": "{to}", "text": "{text}"})
    headers: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "json"
    seconds: float = SECONDS

    def send(self, message: Message) -> None:
        """Hand an SMS over. Raises NotSent."""
        values = {"{to}": message.address or "", "{text}": message.text, "{key}": message.key}
        filled = {name: _filled(text, values) for name, text in self.fields.items()}
        headers = {**self.headers, "Idempotency-Key": message.key}
        if self.encoding == "json":
            post_json(self.url, filled, headers, self.seconds)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
            post(self.url, urlencode(filled).encode(), form, self.seconds)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Each place once: a text that itself has one in it stays as it is."""
    for place in PLACES:
        before, found, after = text.partition(place)
        if found:
            return _filled(before, values) + values[place] + _filled(after, values)
    return text
