"""Pages of the feed on this desk (SYNC L1, L2): what comes in, and that what leaves leaves no trace."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.store import cursors, drafts, replica, staging
from agent_app.store.search_terms import index_portion
from agent_app.store.tables import base_row, conflict, held, staged_cursor
from server_sync.domain.commands import Insert
from server_sync.domain.model import TABLES, Scope
from server_sync.domain.wire.messages import Held, PullReply, Removed, TableRows
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

MINE, TEAM = "desk:" + "ab" * 16, "team:" + "cd" * 16
DOSSIER = sorted(name for name, table in TABLES.items() if table.info["scope"] is Scope.DOSSIER)


def page(
    *,
    lost: Sequence[str] = (),
    removed: Sequence[Removed] = (),
    held: Sequence[Held] = (),
    tables: Mapping[str, TableRows] | None = None,
) -> PullReply:
    return PullReply(
        request=1,
        epoch=bytes(16),
        from_cursor={},
        gained=[],
        lost=list(lost),
        removed=list(removed),
        held=list(held),
        tables=dict(tables or {}),
        cursor={},
        more=False,
        server_now=NOW,
    )


def apply(company: Company, reply: PullReply) -> tuple[set[str], bool]:
    with company.store.write() as connection:
        return replica.apply(connection, reply)


def leaves(partition: str, *customers: Insert, **rows: list[bytes]) -> Removed:
    return Removed(partition=partition, customers=[one.row_id for one in customers], rows=rows)


def customer_rows(*rows: Mapping[str, Any], **more: Any) -> TableRows:
    """A page's customers with only the columns that are needed here."""
    columns = ["id", "rev", "code", "kind", "name", "tier", "created_at", *more]
    values = [tuple([row[name] for name in columns[:7]] + list(more.values())) for row in rows]
    return TableRows(columns=columns, rows=values)


def row(company: Company, name: str, rev: int = 1, row_id: bytes | None = None) -> dict[str, Any]:
    made = company.organisation.customer(None, name=name)
    return {**made.row, "id": row_id or made.row_id, "code": name, "rev": rev}


def hold(company: Company, customer: Insert, *partitions: str) -> None:
    with company.store.write() as connection:
        rows = [{"customer_id": customer.row_id, "partition": one} for one in partitions]
        connection.execute(insert(held), rows)


def test_rows_come_in_and_replace_their_earlier_version_whole(company: Company) -> None:
    first = row(company, "客户 A")
    tables, left = apply(company, page(tables={"customer": customer_rows(first, city="杭州")}))
    assert (tables, left) == ({"customer"}, False)
    apply(company, page(tables={"customer": customer_rows(row(company, "客户 B", 2, first["id"]))}))
    assert company.rows("SELECT name, rev, city FROM customer") == [("客户 B", 2, None)]


def test_a_newer_servers_tables_and_columns_are_passed_over(company: Company) -> None:  # SYNC V2
    newer = customer_rows(row(company, "客户 A"), colour="red")
    strange = TableRows(columns=["id", "x"], rows=[(bytes(16), 1)])
    tables, _ = apply(company, page(tables={"customer": newer, "hologram": strange}))
    assert "customer" in tables
    assert company.rows("SELECT name FROM customer") == [("客户 A",)]


def test_single_rows_go_at_once(company: Company) -> None:
    agent = company.organisation.north_agents[0].person_id
    assert agent is not None
    tables, left = apply(company, page(removed=[leaves("ref", person=[agent], hologram=[agent])]))
    assert (tables, left) == ({"person"}, False)
    assert company.rows("SELECT 1 FROM person WHERE id = ?", agent) == []


# ---- dossiers


@pytest.fixture
def dossier(company: Company) -> Insert:
    """A customer with a row in every table of a dossier, a draft, an edit under way and search terms."""
    organisation = company.organisation
    customer = organisation.customer(organisation.north, name="客户 A")
    agent = organisation.north_agents[0]
    task = organisation.task(customer, agent)
    his = {"customer_id": customer.row_id}
    call = {**his, "task_id": task.row_id, "person_id": agent.person_id}
    order = organisation.order(customer)
    call_id = company.ids.new()
    company.put(
        customer,
        task,
        order,
        organisation.contact_point(customer),
        Insert("attempt", {"id": call_id, **call, "channel": "phone", "started_at": NOW}),
        Insert(
            "response",
            {
                "id": company.ids.new(),
                **call,
                "attempt_id": call_id,
                "form_version_id": organisation.form_version,
                "answers": {},
                "complete": True,
                "recorded_at": NOW,
            },
        ),
    )
    filled(company, customer, task.row_id, agent.person_id or b"", order.row_id)
    with company.store.write() as connection:
        drafts.merge(connection, task.row_id, customer.row_id, None, None, {}, NOW)
        packed = {"kind": "task", "row_id": task.row_id, "customer_id": customer.row_id, "row": None}
        connection.execute(insert(base_row), [packed])
        index_portion(connection)
    return customer


def filled(company: Company, customer: Insert, task: bytes, person: bytes, order: bytes) -> None:
    """One row in every table of the dossier that has none yet."""
    values: dict[str, Any] = {
        "customer_id": customer.row_id,
        "task_id": task,
        "order_id": order,
        "owner_id": person,
        "person_id": person,
        "ordered_on": "2026-09-28",
    }
    for name in DOSSIER:
        if company.rows(f'SELECT 1 FROM "{name}"'):
            continue
        table = TABLES[name]
        made: dict[str, Any] = {"id": company.ids.new()}
        for column in table.c:
            if column.name in made or column.nullable or column.server_default is not None:
                continue
            plain = {"BIGINT": NOW, "INTEGER": 1, "BOOLEAN": True}.get(str(column.type), "x")
            made[column.name] = values.get(column.name, {} if column.name == "details" else plain)
        company.put(Insert(name, made))


def traces(company: Company, customer: Insert) -> list[str]:
    """Every table of the whole store that still names the customer."""
    names = [str(name) for (name,) in company.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for name in names:
        columns = [str(row[1]) for row in company.rows(f'PRAGMA table_info("{name}")')]
        if any(company.rows(f'SELECT 1 FROM "{name}" WHERE "{one}" = ?', customer.row_id) for one in columns):
            found.append(name)
    return sorted(found)


def test_l2_a_dossier_leaves_with_its_last_partition_and_leaves_no_trace(
    company: Company, dossier: Insert
) -> None:
    hold(company, dossier, MINE)
    here = {*DOSSIER, "held", "draft", "base_row", "customer_term", "customer_indexed", "response_words"}
    assert set(traces(company, dossier)) == here, "the test must have something of everything"
    tables, left = apply(company, page(removed=[leaves(MINE, dossier)]))
    assert left
    assert tables >= set(DOSSIER)
    assert traces(company, dossier) == []


def test_l2_a_dossier_stays_while_another_partition_has_it(company: Company, dossier: Insert) -> None:
    hold(company, dossier, MINE, TEAM)
    _, left = apply(company, page(removed=[leaves(MINE, dossier)]))
    assert not left
    assert company.rows("SELECT name FROM customer") == [("客户 A",)]
    _, left = apply(company, page(removed=[leaves(TEAM, dossier)]))
    assert left


def test_l2_a_dossier_that_changes_its_partition_within_a_page_stays(
    company: Company, dossier: Insert
) -> None:
    hold(company, dossier, MINE)
    moved = Held(partition=TEAM, customers=[dossier.row_id])
    _, left = apply(company, page(removed=[leaves(MINE, dossier)], held=[moved]))
    assert not left
    assert company.rows("SELECT partition FROM held") == [(TEAM,)]


def test_l2_a_removal_from_a_partition_that_never_held_it_takes_nothing_else(
    company: Company, dossier: Insert
) -> None:
    hold(company, dossier, MINE)
    _, left = apply(company, page(removed=[leaves(TEAM, dossier)]))
    assert not left
    assert company.rows("SELECT partition FROM held") == [(MINE,)]


def test_l2_a_lost_partition_takes_what_it_alone_held(company: Company, dossier: Insert) -> None:
    both = company.organisation.customer(None, name="客户 B")
    company.put(both)
    hold(company, dossier, TEAM)
    hold(company, both, TEAM, MINE)
    _, left = apply(company, page(lost=[TEAM]))
    assert left
    assert company.rows("SELECT name FROM customer") == [("客户 B",)]


def test_l2_refusals_that_were_dealt_with_leave_too_and_open_ones_wait_for_somebody(
    company: Company, dossier: Insert
) -> None:
    hold(company, dossier, MINE)
    entry = {"status": "rejected", "command": "add_note@1", "args": b"x", "kind": "not_found", "values": {}}
    with company.store.write() as connection:
        for mid, settled_at in ((1, None), (2, NOW)):
            times = {"recorded_at": NOW, "answered_at": NOW, "settled_at": settled_at}
            connection.execute(insert(conflict).values(mid=mid, customer_id=dossier.row_id, **entry, **times))
    apply(company, page(removed=[leaves(MINE, dossier)]))
    assert company.rows("SELECT mid FROM conflict") == [(1,)]


def test_a_lost_team_takes_its_own_rows_and_no_other_teams(company: Company) -> None:
    north, south = company.organisation.north, company.organisation.south
    for number, team in enumerate((north, south)):
        row_id = bytes([number]) * 16
        company.put(Insert("presence", {"id": row_id, "team_id": team, "state": "ready", "since_at": NOW}))
    people = company.rows("SELECT id FROM person ORDER BY id")
    tables, _ = apply(company, page(lost=[f"team:{north.hex()}"]))
    assert tables == {name for name, table in TABLES.items() if table.info["scope"] is Scope.TEAM}
    assert company.rows("SELECT team_id FROM presence") == [(south,)]
    assert company.rows("SELECT id FROM person ORDER BY id") == people != [], "what all desks have stays"


def test_l2_ones_own_row_stays_when_the_team_that_one_led_is_lost(company: Company) -> None:
    north, mine = company.organisation.north, b"\x01" * 16
    company.put(Insert("presence", {"id": mine, "team_id": north, "state": "ready", "since_at": NOW}))
    with company.store.write() as connection:
        cursors.save(connection, {f"desk:{mine.hex()}": 1, f"team:{north.hex()}": 1}, {})
    apply(company, page(lost=[f"team:{north.hex()}"]))
    assert company.rows("SELECT id FROM presence") == [(mine,)]


def test_l4_ones_own_row_stays_also_while_the_replica_is_put_together_anew(company: Company) -> None:
    north, mine = company.organisation.north, b"\x01" * 16
    company.put(Insert("presence", {"id": mine, "team_id": north, "state": "ready", "since_at": NOW}))
    with company.store.write() as connection:
        cursors.save(connection, {f"desk:{mine.hex()}": 1}, {}, staged_cursor)
    apply(company, page(lost=[f"team:{north.hex()}"]))
    assert company.rows("SELECT id FROM presence") == [(mine,)]


def test_l2_what_leaves_staging_before_its_customers_row_has_come_leaves_no_rows(
    company: Company, dossier: Insert
) -> None:
    names = [column.name for column in TABLES["sales_order"].columns]
    came = TableRows(columns=names, rows=company.rows(f"SELECT {', '.join(names)} FROM sales_order"))
    with company.store.write() as connection:
        staging.begin(connection, from_replica=False)
        holding = Held(partition=MINE, customers=[dossier.row_id])
        staging.apply(connection, page(held=[holding], tables={"sales_order": came}))
        staging.apply(connection, page(removed=[leaves(MINE, dossier)]))
        assert staging.exchange(connection)
    for name in DOSSIER:
        assert company.rows(f'SELECT 1 FROM "{name}"') == []


def test_a_lost_company_takes_everything_that_all_desks_have(company: Company) -> None:
    tables, _ = apply(company, page(lost=["ref"]))
    shared = [name for name, table in TABLES.items() if table.info["scope"] is Scope.REF]
    assert tables == set(shared)
    assert {name: company.rows(f'SELECT 1 FROM "{name}"') for name in shared} == {name: [] for name in shared}


def test_held_twice_is_held_once(company: Company, dossier: Insert) -> None:
    holding = Held(partition=MINE, customers=[dossier.row_id])
    apply(company, page(held=[holding]))
    apply(company, page(held=[holding]))
    assert company.rows("SELECT partition FROM held") == [(MINE,)]


# ---- searching, and whose edits a page disturbs


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [("contact_point", "value", "+8613900000000"), ("sales_order", "number", "CN-9")],
)
def test_new_numbers_and_orders_are_found_after_the_next_indexing(
    company: Company, dossier: Insert, table: str, field: str, value: str
) -> None:
    ((stored,),) = company.rows(f'SELECT id FROM "{table}"')
    assert isinstance(stored, bytes)
    names = [column.name for column in TABLES[table].columns]
    (earlier,) = company.rows(f'SELECT {", ".join(names)} FROM "{table}"')
    changed = [value if name == field else old for name, old in zip(names, earlier, strict=True)]
    apply(company, page(tables={table: TableRows(columns=names, rows=[tuple(changed)])}))
    with company.store.write() as connection:
        assert index_portion(connection) == 1
    terms = company.rows("SELECT term FROM customer_term WHERE customer_id = ?", dossier.row_id)
    assert ("#0000000093168" if table == "contact_point" else "cn-9",) in terms


def test_a_page_names_the_dossiers_that_it_touches(company: Company) -> None:
    first, second = row(company, "客户 A"), row(company, "客户 B")
    order = TableRows(columns=["id", "customer_id"], rows=[(bytes(16), second["id"])])
    reply = page(
        removed=[Removed(partition=MINE, customers=[b"r" * 16], rows={})],
        held=[Held(partition=MINE, customers=[b"h" * 16])],
        tables={"customer": customer_rows(first), "sales_order": order},
    )
    assert replica.dossiers(reply) == {first["id"], second["id"], b"r" * 16, b"h" * 16}
    assert not replica.beyond_dossiers(reply)


@pytest.mark.parametrize(
    "reply",
    [
        page(lost=["ref"]),
        page(removed=[Removed(partition="ref", customers=[], rows={"person": [bytes(16)]})]),
        page(tables={"plan": TableRows(columns=["id"], rows=[])}),
    ],
    ids=["lost", "removed", "shared"],
)
def test_a_page_beyond_dossiers_disturbs_every_edit(reply: PullReply) -> None:
    assert replica.beyond_dossiers(reply)
