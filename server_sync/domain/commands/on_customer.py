"""What all verbs on a customer have in common: he exists, and the actor may see him."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from server_sync.domain.commands.decision import Actor, Decision, Need, Rejected, Row, Rows, rejected
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.permissions import may_see_customer


def visible_customer(rows: Rows, actor: Actor, customer_id: bytes) -> Row | Rejected:
    """The customer, if he exists and the actor may see him; a customer out of sight is "not found", never
    "forbidden"."""
    customer = rows.get("customer", customer_id)
    if customer is None or not may_see_customer(
        actor, customer, rows.where("task", "customer_id", customer_id)
    ):
        return rejected(ErrorKind.NOT_FOUND, table="customer")
    return customer


def customer_needs(customer_id: bytes) -> tuple[Need, ...]:
    """What `visible_customer` reads."""
    return Need("customer", customer_id), Need("task", customer_id, "customer_id")


class OnCustomer(ABC):
    """A verb on one customer: decided only where the actor may see him."""

    name: ClassVar[str]
    customer_id: bytes

    def reads(self) -> Iterable[Need]:
        return (*customer_needs(self.customer_id), *self.reads_besides())

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        customer = visible_customer(rows, actor, self.customer_id)
        return customer if isinstance(customer, Rejected) else self.decide_on(customer, rows, actor, now)

    def reads_besides(self) -> Iterable[Need]:
        """The rows it needs besides the customer and his tasks."""
        return ()

    @abstractmethod
    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        """What it does to this customer, or why not."""
