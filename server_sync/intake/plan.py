"""What an import would do: the sheets set against the store; `batches` does it, `undo` takes it back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from server_sync.domain.ids import Ids
from server_sync.domain.rules.local_time import Zone
from server_sync.intake.amounts import rounded
from server_sync.intake.contacts import plan_contacts
from server_sync.intake.contracts import plan_contracts
from server_sync.intake.customers import plan_customers
from server_sync.intake.draft import Draft
from server_sync.intake.events import plan_events
from server_sync.intake.fields import SheetKind
from server_sync.intake.findings import Findings, NoticeKind
from server_sync.intake.mapping import Mapping, fit
from server_sync.intake.order_rows import FileCustomer, gather
from server_sync.intake.orders import OrdersPlan
from server_sync.intake.records import Records, read_records
from server_sync.intake.returns import plan_returns
from server_sync.intake.stored import StoreView
from server_sync.intake.teams import Teams
from server_sync.intake.workbook import Workbook

COUNTED = ("customer", "sales_order", "order_line", "contract", "event")
"""The tables whose rows `created`, `updated` and `unchanged` count."""


@dataclass(frozen=True)
class ReadImport:
    """A workbook read by a mapping, before the store is asked: all that needs no transaction."""

    workbook: Workbook
    mapping: Mapping
    sheets: list[Records]
    findings: Findings
    buyers: list[FileCustomer]

    def of_kind(self, kind: SheetKind) -> list[Records]:
        """The sheets of a kind, in the mapping's order."""
        return [records for records in self.sheets if records.mapped.mapping.kind is kind]


@dataclass(frozen=True)
class ImportPlan:
    """What a file holds and how the store would change.

    `customers`, `orders`, `order_lines`, `sales` (rounded to cents), `returns` (orders marked) and the rows of
    `contacts`, `contracts` and `events` are the file's own, with refused rows left out; the draft holds the difference.
    """

    read: ReadImport
    draft: Draft
    findings: Findings
    customers: int
    orders: int
    order_lines: int
    sales: str
    returns: int
    contacts: int
    contracts: int
    events: int

    @property
    def counts(self) -> dict[str, int]:
        """Created, updated and unchanged rows of COUNTED together.

        A customer who only gets another number or address is an updated one.
        """
        tables = [self.draft.table(name) for name in COUNTED]
        people = self.draft.table("customer")
        reached = {point["customer_id"] for point in self.draft.table("contact_point").inserts.values()}
        also = sum(1 for row_id in reached if row_id in people.stored and not people.updates.get(row_id))
        return {
            "created": sum(table.created for table in tables),
            "updated": sum(table.updated for table in tables) + also,
            "unchanged": sum(table.unchanged for table in tables) - also,
        }

    def to_json(self) -> dict[str, Any]:
        """The report of an import as plain JSON values; errors are refused rows, notices accepted ones to look at."""
        return {
            "customers": self.customers,
            "orders": self.orders,
            "order_lines": self.order_lines,
            "sales": self.sales,
            "returns": self.returns,
            "contacts": self.contacts,
            "contracts": self.contracts,
            "events": self.events,
            **self.counts,
            "errors": [finding.to_json() for finding in self.findings.errors],
            "notices": [finding.to_json() for finding in self.findings.notices],
        }


def read_import(workbook: Workbook, mapping: Mapping, local: Zone) -> ReadImport:
    """Read the mapped sheets; `local` is the company's time zone. Raises KnownError as `mapping.fit` does."""
    findings = Findings()
    mapped = fit(mapping, workbook)
    taken = {sheet.sheet.name for sheet in mapped}
    for sheet in workbook.sheets:
        if sheet.name not in taken and sheet.rows:
            findings.add(sheet.name, 0, "", NoticeKind.SHEET_SKIPPED, hidden=sheet.hidden)
    sheets = [read_records(sheet, findings, local) for sheet in mapped]
    orders = [records for records in sheets if records.mapped.mapping.kind is SheetKind.ORDERS]
    return ReadImport(workbook, mapping, sheets, findings, gather(orders, findings))


def plan_import(store: StoreView, read: ReadImport, ids: Ids) -> ImportPlan:
    """Set a read workbook against the store. Nothing is written: the same plan serves preview and import."""
    findings = Findings(list(read.findings.errors), list(read.findings.notices))
    draft = Draft(ids)
    teams = Teams(store.connection, draft)
    for records in read.of_kind(SheetKind.MANAGERS):
        teams.take_managers(records)
    listed = plan_customers(store, draft, teams, read.of_kind(SheetKind.CUSTOMERS), findings)
    for records in read.of_kind(SheetKind.ORDERS):
        regions = (record.values["region"] for record in records.rows if "region" in record.values)
        teams.provide(regions, records.sheet, records.title("region"), findings)
    totals = OrdersPlan(store, draft, teams, findings).take(read.buyers)
    returns = plan_returns(store.connection, draft, read.of_kind(SheetKind.RETURNS), findings)
    customers = totals.customers if read.mapping.imports is SheetKind.ORDERS else listed
    further = (
        plan(store, draft, read.of_kind(kind), findings)
        for kind, plan in (
            (SheetKind.CONTACTS, plan_contacts),
            (SheetKind.CONTRACTS, plan_contracts),
            (SheetKind.EVENTS, plan_events),
        )
    )
    return ImportPlan(
        read,
        draft,
        findings,
        customers,
        totals.orders,
        totals.lines,
        rounded(totals.sales),
        returns,
        *further,
    )


def preview(connection: Connection, read: ReadImport, ids: Ids, now: int) -> ImportPlan:
    """The plan as of one snapshot of the store, for looking at."""
    return plan_import(StoreView(connection, now, lambda _: None), read, ids)
