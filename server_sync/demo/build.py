"""Makes the demo in a database, once: the company, its customers, the fortnight that lies behind it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from server_sync.automation.segments import Segmentation
from server_sync.demo import company, visits
from server_sync.demo.chance import CountingIds
from server_sync.demo.customers import REPLAYED_DAYS, Customers
from server_sync.demo.guides import publish_guides, publish_others
from server_sync.demo.replay import Replay, today_of
from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import customer
from server_sync.store import articles, changes, public_days
from server_sync.store import company as company_rows
from server_sync.store.database import Database
from server_sync.store.tables import server_state
from server_sync.store.transaction import Transaction

FORMS = company.SAMPLES / "forms"
_KEY = "demo"


@dataclass(frozen=True)
class Demo:
    """What there is: whether it was made just now, with how many customers, as of which moment (ms)."""

    made: bool
    customers: int
    now: int

    def to_json(self) -> dict[str, Any]:
        """As the command prints it, with what one signs in with."""
        people = {"agent": "agent01", "supervisor": "lead01", "administrator": company.ADMINISTRATOR}
        signs_in = {role: {"login": login, "password": company.PASSWORD} for role, login in people.items()}
        return {"made": self.made, "customers": self.customers, "now": self.now, **signs_in}


def make_demo(database: Database, customers: int, now: int) -> Demo:
    """Make the demo as it stands at `now` (ms); a demo that is there already stays as it is.

    The same customers and moment make the same rows. Raises KnownError ALREADY_EXISTS {table, name} when the database
    holds customers that are not this demo's (or those of one that broke off): made-up ones must never mix with them.
    """
    ids = CountingIds(now - (REPLAYED_DAYS + 2) * DAY)
    with database.write(now - (REPLAYED_DAYS + 1) * DAY) as tx:
        known = tx.connection.scalar(select(server_state.c.value).where(server_state.c.key == _KEY))
        if known is not None:
            return Demo(False, known["customers"], known["now"])
        _refuse_a_company(tx)
        staff = company.found(tx, ids)
        guides = publish_guides(tx, ids, FORMS)
        time = company_rows.working_time(tx.connection)
        made = Customers(staff, ids, time.zone, today_of(time, now))
        changes.write(tx, made.rows(customers))
    Replay(database, staff, ids, guides, time, now).run()
    with database.write(now) as tx:
        # After the fortnight: what happens in it goes by ids.
        publish_others(tx, ids, FORMS)
        articles.put_ready(tx, ids)
        visits.hand_out(tx, ids, staff)
        company.set_presences(tx, staff)
        public_days.renew(tx, public_days.published())
        company.add_ladders(tx, ids)
        company.add_segments(tx, ids)  # a server would have done it every night
        segmentation = Segmentation(tx, now)
        segmentation.settle(segmentation.find())
        made_as = {"customers": customers, "now": now}
        tx.connection.execute(insert(server_state).values(key=_KEY, value=made_as))
    return Demo(True, customers, now)


def _refuse_a_company(tx: Transaction) -> None:
    code = tx.connection.scalar(select(func.min(customer.c.code)))
    if code is not None:
        raise KnownError(ErrorKind.ALREADY_EXISTS, table="customer", name=code)
