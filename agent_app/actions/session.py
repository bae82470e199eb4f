"""What a presenter holds of the desk: reading and acting off the main thread, with the effect told to everybody."""

from collections.abc import Callable
from datetime import tzinfo
from typing import TypeVar

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.ports import Lane, Running, Work
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import zone

T = TypeVar("T")


FormMediaReader = Callable[[bytes, str], bytes | None]
"""What gives a file that stands beside the words of a form's version, by the version's id and the file's name, away
from the main thread; None where there is none."""


def nothing_kept(version_id: bytes, name: str) -> bytes | None:
    """Where no such files are."""
    return None


class DeskSession:
    """The signed-in desk for presenters, `timezone` being the company's; every method is called on the
    main thread, and so is every receiver. `form_media` is for `load`."""

    def __init__(
        self,
        desk: Desk,
        work: Work,
        publish: Callable[[StoreChanges], object],
        timezone: tzinfo,
        form_media: FormMediaReader = nothing_kept,
    ) -> None:
        self.desk = desk
        self.form_media = form_media
        self.timezone = timezone
        self._work = work
        self._publish = publish

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return self.desk.clock.now()

    def day_began_at(self) -> int:
        """The company's midnight before now, milliseconds since the epoch."""
        local = zone(str(self.timezone))
        return local.moment(local.day(self.now()) * DAY)

    def new_id(self) -> bytes:
        """The id of a row about to be made."""
        return self.desk.ids.new()

    def read(
        self,
        query: Callable[[Connection], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        key: str = "",
    ) -> Running:
        """Run a query on one snapshot of the store; a newer read with the same key cancels the earlier one."""

        def run() -> T:
            with self.desk.store.read() as connection:
                return query(connection)

        return self._work.run(run, on_done, on_error, lane=Lane.QUERY, key=key)

    def load(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
    ) -> Running:
        """Run what reads or writes files for long, beside the store's thread; it must not touch the store."""
        return self._work.run(fn, on_done, on_error, lane=Lane.NETWORK)

    def act(
        self,
        action: Callable[[Desk], StoreChanges],
        on_done: Callable[[StoreChanges], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
    ) -> Running:
        """Run an action; when `on_done` is called it is on the disk, and the hub has been told."""

        def done(changes: StoreChanges) -> None:
            self._publish(changes)
            if on_done is not None:
                on_done(changes)

        return self._work.run(lambda: action(self.desk), done, on_error, lane=Lane.ACTION)
