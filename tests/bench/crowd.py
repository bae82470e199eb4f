"""A company of any size for the bench of plans: its customers and orders are made inside the database, in seconds."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, create_engine, text

from server_sync.domain.commands import Insert
from server_sync.domain.ids import Ids
from server_sync.domain.model import KINDS, Role
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.heads import Op
from server_sync.store.partitions import Scope, open_partitions

TEAMS, AGENTS = 10, 200
ORDERS_EACH = 5
TODAY = date(2026, 10, 8)
NOW = int(datetime(2026, 10, 8, 1, 0, tzinfo=UTC).timestamp() * 1000)
"""Nine o'clock in Shanghai on the first working day after the national holiday."""
REGIONS = ("华东", "华北", "华南", "西南", "西北", "东北")
LINES = ("空调", "洗衣机", "冰箱", "电视")
_DAYS_OF_ORDERS = 1_825
PATTERN = 7_300
"""Customers so many apart have bought the same on the same days and are of the same tier: segmentation says the same of
them."""
_FIRST_NUMBER = 10_000_000
"""Codes and numbers are all of one length: as texts they are in the order in which they are made."""
_STANDING = (
    "tier",
    "stage",
    "rfm",
    "activity_index",
    "churn_risk",
    "lifetime_cents",
    "segment_codes",
    "standing_because",
    "portrait",
    "tags",
)
_TEAM, _PERSON, _CUSTOMER, _ORDER = range(1, 5)

_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({tables})"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
}

# What the two databases say differently; a number n becomes an id of a kind, a list's element, a day so many days ago.
_WORDS = {
    "sqlite": {
        "series": "WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < :{count})",
        "from": "s",
        "id": "id_of({kind}, {n})",
        "day": "date('{today}', '-' || ({days}) || ' days')",
    },
    "postgresql": {
        "series": "",
        "from": "generate_series(0, CAST(:{count} AS BIGINT) - 1) AS s (n)",
        "id": "decode(lpad(to_hex({kind}), 8, '0') || lpad(to_hex({n}), 24, '0'), 'hex')",
        "day": "to_char(DATE '{today}' - CAST({days} AS INTEGER), 'YYYY-MM-DD')",
    },
}


def fill(database: Database, ids: Ids, customers: int) -> None:
    """Ten teams with two hundred agents, so many customers, five orders each, all in the feeds of their teams."""
    database.migrate(ids)
    teams = [_id(_TEAM, number) for number in range(TEAMS)]
    people = [_id(_PERSON, number) for number in range(AGENTS)]
    with database.write(NOW) as tx:
        write(tx, [Insert("team", {"id": one, "name": f"{place} 组"}) for place, one in enumerate(teams)])
        write(tx, [_person(place, one, teams) for place, one in enumerate(people)])
        open_partitions(tx, Scope.TEAM, teams)
        open_partitions(tx, Scope.DESK, people)
    with database.write(NOW) as tx:
        if database.is_sqlite:
            tx.connection.execute(text("PRAGMA cache_size = -2000000"))
        _Making(tx.connection, customers).make()
        if database.is_sqlite:
            tx.connection.execute(text("PRAGMA cache_size = -16384"))
    tidy(database)


def repeat_standing(database: Database) -> None:
    """Give every customer what segmentation has said of the one of the pattern who is like him."""
    values = ", ".join(f"{name} = model.{name}" for name in _STANDING)
    with database.write(NOW) as tx:
        number = f"(CAST(substr(customer.code, 2) AS INTEGER) - {_FIRST_NUMBER})"
        model = _WORDS[tx.connection.dialect.name]["id"].format(kind=_CUSTOMER, n=f"({number} % {PATTERN})")
        _know_ids(tx.connection)
        tx.connection.execute(
            text(
                f"UPDATE customer SET {values} FROM customer AS model"
                f" WHERE {number} >= {PATTERN} AND model.id = {model}"
            )
        )


def tidy(database: Database) -> None:
    """What the databases do by themselves when there is time."""
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
    engine.dispose()


def customer_id(number: int) -> bytes:
    """The id of the customer of a number."""
    return _id(_CUSTOMER, number)


def _id(kind: int, number: int) -> bytes:
    return kind.to_bytes(4) + number.to_bytes(12)


def _person(place: int, row_id: bytes, teams: list[bytes]) -> Insert:
    row = {"id": row_id, "login": f"agent{place:03}", "name": f"坐席 {place:03}", "role": Role.AGENT}
    return Insert("person", {**row, "team_id": teams[place % TEAMS], "active": True})


def _know_ids(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.create_function("id_of", 2, _id, deterministic=True)


class _Making:
    """The statements that fill the tables, in the words of one database."""

    def __init__(self, connection: Connection, customers: int) -> None:
        self._connection = connection
        self._customers = customers
        self._words = _WORDS[connection.dialect.name]
        _know_ids(connection)

    def make(self) -> None:
        """Customers, their orders, sums, where their dossiers are, and the feeds; indexes are made at the end, which
        takes a fraction of the time."""
        tables = "'customer', 'sales_order', 'feed', 'dossier'"
        found = text(_INDEXES[self._connection.dialect.name].format(tables=tables))
        indexes = self._connection.execute(found).all()
        for name, _ in indexes:
            self._run(f"DROP INDEX {name}")
        self._fill()
        for _, definition in indexes:
            self._run(definition)

    def _fill(self) -> None:
        self._insert("customer", self._customers, self._customer_columns())
        self._insert("sales_order", self._customers * ORDERS_EACH, self._order_columns())
        self._run(
            "UPDATE customer SET spent_cents = found.spent, order_count = found.orders, last_order_on = found.last"
            " FROM (SELECT customer_id, count(*) AS orders, max(ordered_on) AS last,"
            " CAST(sum(CAST(amount AS NUMERIC)) * 100 AS BIGINT) AS spent FROM sales_order GROUP BY customer_id)"
            " AS found WHERE found.customer_id = customer.id"
        )
        self._run(
            "INSERT INTO dossier (customer_id, partition)"
            " SELECT customer.id, partition.id FROM customer JOIN partition ON partition.subject = customer.team_id"
        )
        self._feed("customer", "id", "code")
        self._feed("sales_order", "customer_id", "number")
        self._run(
            "UPDATE partition SET head = found.last, rows = found.last FROM (SELECT partition AS id, max(seq) AS last"
            " FROM feed GROUP BY partition) AS found WHERE found.id = partition.id AND partition.scope = 'team'"
        )

    def _customer_columns(self) -> dict[str, str]:
        return {
            "id": self._id(_CUSTOMER, "n"),
            "rev": "1",
            "code": f"'K' || ({_FIRST_NUMBER} + n)",
            "kind": "'person'",
            "name": "'客户 ' || n",
            "tier": "CASE WHEN n % 50 = 0 THEN 'vip' ELSE 'normal' END",
            "team_id": self._id(_TEAM, f"n % {TEAMS}"),
            "region": _element(REGIONS, "n"),
            "product_line": _element(LINES, "n / 7"),
            "birthday_on": self._day("7000 + n * 7919 % 14000"),
            "created_at": str(NOW - 86_400_000 * 1_000),
        }

    def _order_columns(self) -> dict[str, str]:
        place = f"(n % {PATTERN * ORDERS_EACH})"
        days = f"3 + ({place} * 1000003) % {_DAYS_OF_ORDERS}"
        return {
            "id": self._id(_ORDER, "n"),
            "rev": "1",
            "customer_id": self._id(_CUSTOMER, f"n / {ORDERS_EACH}"),
            "number": f"'D' || ({_FIRST_NUMBER} + n)",
            "ordered_on": self._day(days),
            "delivered_on": self._day(f"({days}) - 2"),
            "amount": f"CAST(100 + {place} * 31 % 20000 AS TEXT)",
            "line_count": "1",
            "region": _element(REGIONS, f"n / {ORDERS_EACH}"),
            "product_line": _element(LINES, place),
        }

    def _insert(self, table: str, count: int, columns: dict[str, str]) -> None:
        series = self._words["series"].format(count="count")
        source = self._words["from"].format(count="count")
        what = f"INSERT INTO {table} ({', '.join(columns)}) {series} SELECT {', '.join(columns.values())} FROM {source}"
        self._run(what, count=count)

    def _feed(self, table: str, customer: str, order: str) -> None:
        """Every row in the feed of its customer's team, behind what stands there already."""
        self._run(
            "INSERT INTO feed (partition, seq, kind, row_id, op, rev, customer_id)"
            " SELECT dossier.partition, coalesce(known.last, 0)"
            f" + row_number() OVER (PARTITION BY dossier.partition ORDER BY one.{order}),"
            f" {KINDS[table]}, one.id, {Op.LIVE.value}, 1, one.{customer} FROM {table} AS one"
            f" JOIN dossier ON dossier.customer_id = one.{customer}"
            " LEFT JOIN (SELECT partition, max(seq) AS last FROM feed GROUP BY partition) AS known"
            " ON known.partition = dossier.partition"
        )

    def _run(self, statement: str, **values: int) -> None:
        self._connection.execute(text(statement), values)

    def _id(self, kind: int, number: str) -> str:
        return self._words["id"].format(kind=kind, n=number)

    def _day(self, days: str) -> str:
        return self._words["day"].format(today=TODAY, days=days)


def _element(words: tuple[str, ...], number: str) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {cases} END"
