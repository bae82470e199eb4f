"""A desk whose agent has a customer with a number, an order, and a task with a guide; for tests of features."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from agent_app.actions.session import DeskSession
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import CallEvent, CallState, Route
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.publishing import publish
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.positions import ToldPositions
from tests.server_sync.organisation import NOW

SAMPLES = Path(__file__).parents[3] / "resources" / "samples" / "forms"
FORM_VERSION = b"guide-version-01"

GUIDE = Path(__file__).with_name("guide.md")


@cache
def guide_xform() -> str:
    """The small guide beside this file as an XForm."""
    return publish(GUIDE, "guide.md").xform_xml


@cache
def sample_xform(name: str) -> str:
    """One of the shipped samples as an XForm."""
    return publish(SAMPLES / f"{name}.md", f"{name}.md").xform_xml


class Phone:
    """A telephone that does what it is told; `dialled` are the numbers."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._on_event: Callable[[CallEvent], object] = lambda event: None
        self._current: bytes | None = None
        self.dialled: list[str] = []
        self.broken = False

    def listen(self, on_event: Callable[[CallEvent], object]) -> None:
        self._on_event = on_event

    def dial(self, number: str, call_id: bytes) -> None:
        self.dialled.append(number)
        if self.broken:
            self._on_event(CallEvent(call_id, CallState.FAILED, self._now(), ErrorKind.DIAL_FAILED))
            return
        self._current = call_id
        self._on_event(CallEvent(call_id, CallState.DIALLING, self._now()))

    def hang_up(self) -> None:
        if self._current is not None:
            ended, self._current = self._current, None
            self._on_event(CallEvent(ended, CallState.ENDED, self._now()))


@dataclass
class Workplace:
    """One agent's desk with one customer to call; `routes` are the wishes to be elsewhere."""

    company: Company
    agent: Actor
    session: DeskSession
    phone: Phone
    customer: Insert
    number: Insert
    task: Insert
    routes: list[Route] = field(default_factory=list)
    positions: ToldPositions = field(default_factory=ToldPositions)

    @property
    def files(self) -> SealedFolder:
        """The sealed files beside the store."""
        return SealedFolder(self.company.store.file.parent / "attachments")

    def move(self, ms: int) -> None:
        """Let time pass."""
        self.company.clock.at += ms

    def another_desk(self) -> "Workplace":
        """The same store after the program was killed and started again."""
        session = self.company.session(self.agent, ImmediateWork())
        return Workplace(
            self.company,
            self.agent,
            session,
            Phone(self.company.clock.now),
            self.customer,
            self.number,
            self.task,
        )

    def one(self, sql: str, *values: object) -> Any:
        """The one row that the store has."""
        (row,) = self.company.rows(sql, *values)
        return row

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(str(self.company.rows(f"select count(*) from {table}")[0][0]))


def open_workplace(folder: Path, xform: str) -> Workplace:
    """A desk with a task whose guide is this XForm."""
    company = open_company(folder)
    organisation = company.organisation
    agent = organisation.north_agents[0]
    customer = organisation.customer(
        organisation.north, name="客户 A", title="女士", tier="vip", province="河北", city="石家庄"
    )
    number = organisation.contact_point(customer, value="+8613812341234")
    task = organisation.task(customer, agent, form_version_id=FORM_VERSION)
    order = organisation.order(customer, amount="58320.00")
    line = {
        "id": b"order-line-00001",
        "customer_id": customer.row_id,
        "order_id": order.row_id,
        "source_row": "1",
        "subcategory": "椅子",
        "amount": "58320.00",
    }
    version = {
        "id": FORM_VERSION,
        "form_id": b"form-of-guide-01",
        "version": "1",
        "xform": xform,
        "published_at": NOW,
    }
    form = {"id": b"form-of-guide-01", "code": "guide", "title": "首访", "current_version_id": FORM_VERSION}
    company.put(
        Insert("form", form),
        Insert("form_version", version),
        customer,
        number,
        task,
        order,
        Insert("order_line", line),
    )
    session = company.session(agent, ImmediateWork())
    return Workplace(company, agent, session, Phone(company.clock.now), customer, number, task)
