"""The import in lines for a person at the command line: its mapping, its counts, what was found, what an undo did."""

from collections import Counter
from collections.abc import Iterator

from server_sync.intake import words
from server_sync.intake.fields import SheetKind
from server_sync.intake.findings import Finding
from server_sync.intake.headers import Header, find_header, find_header_with, header_key
from server_sync.intake.mapping import Mapping, SheetMapping, columns_at
from server_sync.intake.plan import ImportPlan
from server_sync.intake.sheet import Sheet, column_letter
from server_sync.intake.undo import Undone
from server_sync.intake.workbook import Workbook
from server_sync.texts import _
from server_sync.texts.tables import table_words

_SHOWN = 20


def mapping_lines(mapping: Mapping, workbook: Workbook) -> Iterator[str]:
    """Every sheet with its columns by letter and header, and the field that each is; "–" for one left out."""
    by_name = {sheet.sheet: sheet for sheet in mapping.sheets}
    only = mapping.sheets[0] if len(mapping.sheets) == len(workbook.sheets) == 1 else None
    for sheet in workbook.sheets:
        mapped = only or by_name.get(sheet.name)
        if mapped is None or mapped.kind is SheetKind.SKIP:
            yield _("Sheet {sheet}: left out").format(sheet=sheet.name)
            continue
        header = _header(sheet, mapped)
        row = header.row if header else 0
        text = _("Sheet {sheet}: {kind}, header in row {row}")
        yield text.format(sheet=sheet.name, kind=words.sheet_kind(mapped.kind), row=row)
        if header is None:
            continue
        places = columns_at(mapped, header)
        for index, name in enumerate(header.names):
            if name:
                fields = [field for field, place in places.items() if place == index]
                yield f"  {column_letter(index):<3} {name} → {', '.join(fields) or '–'}"


def plan_lines(plan: ImportPlan) -> Iterator[str]:
    """What the file holds, what changes, and the first of what was found."""
    text = _(
        "In the file: {customers} customers, {orders} orders, {lines} lines, sales {sales}, {returns} orders returned"
    )
    yield text.format(
        customers=plan.customers,
        orders=plan.orders,
        lines=plan.order_lines,
        sales=plan.sales,
        returns=plan.returns,
    )
    if plan.contacts or plan.contracts or plan.events:
        text = _("In the file: {contacts} rows of contacts, {contracts} contracts, {events} rows of events")
        yield text.format(contacts=plan.contacts, contracts=plan.contracts, events=plan.events)
    for name, part in plan.draft.tables.items():
        if part.created or part.stored:
            text = _("  {table}: {created} new, {updated} changed, {unchanged} as before")
            yield text.format(
                table=table_words(name), created=part.created, updated=part.updated, unchanged=part.unchanged
            )
    yield from _finding_lines(_("Refused: {count}"), plan.findings.errors)
    yield from _finding_lines(_("To look at: {count}"), plan.findings.notices)


def undone_lines(undone: Undone) -> Iterator[str]:
    """How many rows of each table an undo took back."""
    for name in sorted({*undone.deleted, *undone.restored, *undone.kept}):
        text = _("  {table}: {deleted} deleted, {restored} as before, {kept} kept because of later work")
        deleted, restored, kept = (
            part.get(name, 0) for part in (undone.deleted, undone.restored, undone.kept)
        )
        yield text.format(table=table_words(name), deleted=deleted, restored=restored, kept=kept)


def _header(sheet: Sheet, mapped: SheetMapping) -> Header | None:
    wanted = {header_key(name) for name in mapped.columns.values()}
    return find_header_with(sheet, wanted)[0] if wanted else find_header(sheet)


def _finding_lines(title: str, findings: list[Finding]) -> Iterator[str]:
    """The findings, the first few of each kind in full."""
    yield title.format(count=len(findings))
    shown: Counter[str] = Counter()
    for finding in findings:
        shown[finding.kind] += 1
        if shown[finding.kind] <= _SHOWN:
            yield f"  {words.place(finding)}: {words.reason(finding)} [{finding.kind.value}]"
    for kind, count in shown.items():
        if count > _SHOWN:
            yield _("  … and {count} more of {kind}").format(count=count - _SHOWN, kind=kind)
