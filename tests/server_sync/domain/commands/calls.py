"""A desk in tests: an agent, a task of his, and the verbs of a call on it with sensible arguments."""

from typing import Any

from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.commands import (
    AcceptTask,
    BookCallback,
    FinishAttempt,
    RecordAnswers,
    SetDoNotCall,
    StartAttempt,
)
from tests.server_sync.domain.commands.world import World
from tests.server_sync.organisation import NOW


class Desk:
    """`agent` is the assignee of the task, `other` a colleague in his team, `stranger` somebody of another team."""

    def __init__(self, world: World) -> None:
        organisation = world.organisation
        self.world = world
        self.agent, self.other = organisation.north_agents[:2]
        self.stranger = organisation.south_agents[0]
        self.lead, self.strange_lead = organisation.north_lead, organisation.south_lead
        customer = organisation.customer(organisation.north)
        self.customer_id = customer.row_id
        points = [organisation.contact_point(customer, position=position) for position in (0, 1)]
        self.point_ids = [point.row_id for point in points]
        task = organisation.task(customer, self.agent)
        self.task_id = task.row_id
        world.put(customer, *points, task)

    @property
    def task(self) -> dict[str, Any]:
        """The task as it stands."""
        return self.world.one("task", self.task_id)

    @property
    def customer(self) -> dict[str, Any]:
        """The customer as he stands."""
        return self.world.one("customer", self.customer_id)

    def accept(self, at: int = NOW) -> AcceptTask:
        return AcceptTask(self.task_id, self.customer_id, at)

    def start(self, at: int = NOW, point: int = 0) -> StartAttempt:
        return StartAttempt(
            self.world.new(), self.task_id, self.customer_id, self.point_ids[point], "phone", at
        )

    def answers(self, attempt_id: bytes, **values: Any) -> RecordAnswers:
        given: dict[str, Any] = {
            "answers": {"/data/csat": "5"},
            "complete": True,
            "csat": 5,
            "nps": 9,
            "form_version_id": self.world.organisation.form_version,
            "recorded_at": NOW + MINUTE,
        }
        return RecordAnswers(
            response_id=self.world.new(),
            attempt_id=attempt_id,
            task_id=self.task_id,
            customer_id=self.customer_id,
            **(given | values),
        )

    def finish(
        self, attempt_id: bytes, disposition: str, note: str | None = None, at: int = NOW + 2 * MINUTE
    ) -> FinishAttempt:
        return FinishAttempt(attempt_id, self.task_id, self.customer_id, disposition, note, at, 90 * SECOND)

    def book(self, callback_at: int, at: int = NOW) -> BookCallback:
        return BookCallback(
            self.world.new(),
            self.task_id,
            self.customer_id,
            callback_at,
            "respondent",
            self.point_ids[0],
            None,
            at,
        )

    def refuse(self, scope: str = "all", source: str = "call") -> SetDoNotCall:
        return SetDoNotCall(self.world.new(), self.customer_id, scope, source, "不要再打", NOW)

    def call(self, disposition: str, at: int = NOW, note: str | None = None, point: int = 0) -> bytes:
        """A whole call; returns the attempt's id."""
        start = self.start(at, point)
        self.world.do(start, self.agent, at)
        ended = at + 2 * MINUTE
        self.world.do(self.finish(start.attempt_id, disposition, note, ended), self.agent, ended)
        return start.attempt_id
