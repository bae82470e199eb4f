"""What stands beside a plan's conditions: how many customers they hold for, as the server counts, and what the company
has to choose from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from agent_app.actions.session import DeskSession
from agent_app.ports import Running
from agent_app.sync.plans import PlansOffice
from agent_app.ui.conditions.state import Counted, CountStage, Known, Sample
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import person, segment, team
from server_sync.domain.wire.plans import PlanPreview


class AudiencePresenter:
    """Counts one tree at a time; the answer to an earlier one is forgotten."""

    def __init__(
        self,
        session: DeskSession,
        office: PlansOffice,
        render: Callable[[Counted], object],
        tell: Callable[[Known], object],
    ) -> None:
        self._session, self._office = session, office
        self._render, self._tell = render, tell
        self._running: Running | None = None
        self._counted = Counted()

    def on_opened(self, tree: Mapping[str, Any] | None) -> None:
        """Another plan, whose conditions are these; None for such as cannot be counted."""
        self._counted = Counted()
        self._session.read(_known, self._tell, key="plan conditions")
        if tree is not None:
            self.on_count_wanted(tree)
        else:
            self._cancel()
            self._draw(self._counted)

    def on_count_wanted(self, tree: Mapping[str, Any]) -> None:
        """Count whom this tree holds for."""
        self._cancel()
        self._draw(replace(self._counted, stage=CountStage.RUNNING))

        def done(found: PlanPreview) -> None:
            sample = tuple(_sample(one.customer) for one in found.sample)
            self._draw(Counted(CountStage.COUNTED, found.audience, sample=sample))

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            self._draw(self._failed(error))

        self._running = self._session.load(lambda: self._office.audience(tree), done, failed)

    def on_broken(self) -> None:
        """The conditions cannot be counted as they stand."""
        self._cancel()
        if self._counted.number is not None:
            self._draw(replace(self._counted, stage=CountStage.STALE))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _failed(self, error: KnownError) -> Counted:
        if error.kind is ErrorKind.OFFLINE:
            return replace(self._counted, stage=CountStage.OFFLINE, error=None)
        return replace(
            self._counted, stage=CountStage.FAILED, error=error.kind, error_values=dict(error.values)
        )

    def _draw(self, counted: Counted) -> None:
        self._counted = counted
        self._render(counted)


def _sample(customer: Mapping[str, Any]) -> Sample:
    return Sample(
        str(customer["code"]),
        str(customer["name"]),
        str(customer["tier"]),
        customer.get("city"),
        customer.get("last_contact_at"),
    )


def _known(connection: Connection) -> Known:
    teams = connection.execute(select(team.c.id, team.c.name).order_by(team.c.name))
    people = connection.execute(select(person.c.id, person.c.name).order_by(person.c.name))
    segments = connection.execute(select(segment.c.code, segment.c.name).order_by(segment.c.position))
    return Known(
        {
            "team": [(row.id.hex(), row.name) for row in teams],
            "owner": [(row.id.hex(), row.name) for row in people],
            "segments": [(row.code, row.name) for row in segments],
        }
    )
