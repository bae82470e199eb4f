"""What happens on the page of the team's computers."""

from collections.abc import Callable, Mapping

from agent_app.actions import devices as actions
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.devices.state import Order
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import devices
from agent_app.store.queries.devices import Computer

_ACTIONS: Mapping[Order, Callable[[Desk, bytes], StoreChanges]] = {
    Order.REVOKE: actions.revoke,
    Order.WIPE: actions.wipe,
    Order.ADMIT: actions.admit,
}


class DevicesPresenter:
    """`render` takes the computers as they stand."""

    def __init__(self, session: DeskSession, render: Callable[[tuple[Computer, ...]], object]) -> None:
        self._session = session
        self._render = render

    def start(self) -> None:
        """Show what there is."""
        self._session.read(devices.load, self._render, key="devices")

    def on_ordered(self, order: Order, device_id: bytes) -> None:
        """The lead has decided, and confirmed what cannot be taken back."""
        self._session.act(lambda desk: _ACTIONS[order](desk, device_id))

    def on_changed(self, changes: StoreChanges) -> None:
        """Show what the store says."""
        if changes.concerns("desk_device", "person", "setting"):
            self.start()
