"""The plans at the server, for administrators: whom one would pick as things stand; saving is a command."""

from collections.abc import Mapping
from typing import Any

import msgspec

from agent_app.ports import Net
from agent_app.sync.client import problem_of
from server_sync.domain.wire.plans import AskedPreview, PlanPreview

_PREVIEW = "/api/v1/plans/preview"
_JSON = {"Content-Type": "application/json"}


class PlansOffice:
    """Asks over a desk's connection; every call waits for the network. Raises KnownError: OFFLINE and its like, and
    what the server says of the plan."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def preview(self, definition: Mapping[str, Any]) -> PlanPreview:
        """What a plan of this definition would do if it ran now."""
        return self._ask(AskedPreview(plan=dict(definition)))

    def audience(self, tree: Mapping[str, Any]) -> PlanPreview:
        """How many customers a condition tree holds for, and some of them."""
        return self._ask(AskedPreview(audience=dict(tree)))

    def _ask(self, asked: AskedPreview) -> PlanPreview:
        reply = self._net.send("POST", _PREVIEW, msgspec.json.encode(asked), _JSON)
        try:
            if reply.status == 200:
                return msgspec.json.decode(reply.body, type=PlanPreview)
            content = msgspec.json.decode(reply.body, type=dict)
        except (msgspec.DecodeError, UnicodeDecodeError):
            content = {}
        raise problem_of(reply, content)
