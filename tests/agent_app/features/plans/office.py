"""A server that tells what plans would do, without a server: for tests and pictures."""

from collections.abc import Mapping
from typing import Any

import msgspec

from agent_app.ports import Reply
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.plans import AskedPreview, Picked, PlanPreview
from tests.server_sync.organisation import NOW

DAY = 86_400_000


def picked(number: int, **values: Any) -> Picked:
    """A customer of a sample, silent for 16 days."""
    customer = {
        "code": f"C{number:05}",
        "name": f"客户 {number}",
        "tier": "vip",
        "city": "上海",
        "last_contact_at": NOW - 16 * DAY,
        "last_order_on": None,
        "spent_cents": 0,
    }
    reason: dict[str, Any] = {"reason": "silence", "reason_values": {"days": 16, "label": "VIP客户关怀"}}
    window = {"available_at": NOW, "due_at": NOW + 2 * DAY}
    return Picked(customer=customer, **{**reason, **window, **values})


class PlansNet:
    """`ports.Net` of a server that knows previews alone; `away` is one that cannot be reached, `refuses` what it
    says instead of an answer."""

    def __init__(self) -> None:
        self.away = False
        self.refuses: KnownError | None = None
        self.asked: list[AskedPreview] = []
        self.plan = PlanPreview(
            audience=120,
            picked=43,
            decided=43,
            made=36,
            merged=4,
            skipped={"contact_too_often": 3},
            sample=[picked(1), picked(2, skipped="contact_too_often", due_at=None)],
        )
        self.audience = PlanPreview(audience=120, sample=[picked(1), picked(2)])

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if self.away:
            raise KnownError(ErrorKind.OFFLINE)
        if self.refuses is not None:
            raise self.refuses
        assert (method, path) == ("POST", "/api/v1/plans/preview")
        asked = msgspec.json.decode(body, type=AskedPreview)
        self.asked.append(asked)
        return Reply(200, msgspec.json.encode(self.audience if asked.plan is None else self.plan))
