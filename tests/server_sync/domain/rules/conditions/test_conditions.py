"""Condition trees: one file of vectors asked of Python, SQLite and PostgreSQL, random trees, and faulty ones."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, select

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import attempt, customer, metadata, sales_order, task
from server_sync.domain.model.columns import complete
from server_sync.domain.rules.conditions import (
    EVERYONE,
    FIELDS,
    OPERATORS,
    AsOf,
    Dossier,
    FieldType,
    Operator,
    matches,
    parse,
    where,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
AS_OF = AsOf(**VECTORS["as_of"])
TABLES = [customer, sales_order, task, attempt]


def identity(*numbers: int) -> bytes:
    return bytes(numbers).rjust(16, b"\0")


def moment(text: str | None) -> int | None:
    if text is None:
        return None
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(AS_OF.timezone))
    return round(local.timestamp() * 1000)


def dossier(number: int, key: str, given_rows: Mapping[str, Any]) -> Dossier:
    """The full rows of a customer of the file, in which moments are local times and ids two digits."""
    told = dict(given_rows["customer"])
    for column in ("team_id", "owner_id"):
        told[column] = bytes.fromhex(told[column]) * 16 if column in told else None
    own = complete(customer, {"id": identity(number), "code": key, "created_at": 0} | told)
    own |= {"last_contact_at": moment(told.get("last_contact_at"))}

    def row(table: str, place: int, **values: Any) -> dict[str, Any]:
        return {"id": identity(number, place), "customer_id": identity(number)} | values

    orders = [
        row("o", n, number=f"{key}{n}", line_count=1, **o | {"returned_at": moment(o.get("returned_at"))})
        for n, o in enumerate(given_rows["orders"], start=1)
    ]
    duty = {
        "in_pool": False,
        "purpose": "service",
        "channel": "phone",
        "reason": "by_hand",
        "reason_values": {},
    }
    duty |= {"priority": 50, "available_at": 0, "due_at": 0}
    tasks = [
        row("t", n, dedupe_key=f"{key}{n}", **duty, **t | {"created_at": moment(t["created_at"])})
        for n, t in enumerate(given_rows["tasks"], start=1)
    ]
    person = {"task_id": identity(1), "person_id": identity(1), "channel": "phone"}
    attempts = [
        row("a", n, **person, **a | {"started_at": moment(a["started_at"])})
        for n, a in enumerate(given_rows["attempts"], start=1)
    ]
    return Dossier(own, orders, tasks, attempts)


DOSSIERS = {
    key: dossier(number, key, rows)
    for number, (key, rows) in enumerate(VECTORS["customers"].items(), start=1)
}


def fill(url: str) -> Connection:
    engine = create_engine(url)
    metadata.create_all(engine, TABLES)
    connection = engine.connect()
    for found in DOSSIERS.values():
        connection.execute(insert(customer), found.customer)
        for table, rows in ((sales_order, found.orders), (task, found.tasks), (attempt, found.attempts)):
            if rows:
                connection.execute(insert(table), list(rows))
    return connection


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Connection]:
    connection = fill("sqlite://")
    yield connection
    connection.close()
    connection.engine.dispose()


@pytest.fixture
def postgresql(empty_postgresql_url: str) -> Iterator[Connection]:
    connection = fill(empty_postgresql_url)
    yield connection
    connection.close()
    connection.engine.dispose()


def tree_of(told: Any) -> Any:
    """A vector may give just its rules."""
    return {"combinator": "and", "rules": told} if isinstance(told, list) else told


def by_sql(connection: Connection, tree: Any) -> str:
    statement = select(customer.c.code).where(where(parse(tree, AS_OF), customer)).order_by(customer.c.code)
    return "".join(connection.execute(statement).scalars())


def by_python(tree: Any) -> str:
    condition = parse(tree, AS_OF)
    return "".join(key for key, found in DOSSIERS.items() if matches(condition, found))


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector[0])
def test_python_finds_whom_the_vector_names(vector: list[Any]) -> None:
    assert by_python(tree_of(vector[1])) == vector[2]


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector[0])
def test_sqlite_finds_whom_the_vector_names(vector: list[Any], sqlite: Connection) -> None:
    assert by_sql(sqlite, tree_of(vector[1])) == vector[2]


def test_postgresql_finds_whom_the_vectors_name(postgresql: Connection) -> None:
    found = {name: by_sql(postgresql, tree_of(tree)) for name, tree, _ in VECTORS["vectors"]}
    assert found == {name: keys for name, _, keys in VECTORS["vectors"]}


@pytest.mark.parametrize("fault", VECTORS["faults"], ids=lambda fault: fault[0])
def test_faulty_tree_is_refused_with_the_place_of_the_fault(fault: list[Any]) -> None:
    with pytest.raises(KnownError) as caught:
        parse(fault[1], AS_OF)
    assert caught.value.kind is ErrorKind.CONDITION_INVALID
    assert caught.value.values == fault[2]


def test_every_operator_of_every_way_of_reading_is_in_a_vector() -> None:
    seen: set[tuple[str, str]] = set()

    def walk(node: Any) -> None:
        for rule in node["rules"]:
            if "rules" in rule:
                walk(rule)
            else:
                seen.add((FIELDS[rule["field"]].type, rule["operator"]))

    for _, told, _ in VECTORS["vectors"]:
        walk(tree_of(told))
    # choices and ids are read as texts, money as a number
    ways = (FieldType.TEXT, FieldType.LIST, FieldType.NUMBER, FieldType.DAY)
    assert {(way, operator) for way in ways for operator in OPERATORS[way]} <= seen


def test_bounds_of_size_hold() -> None:
    rule = {"field": "region", "operator": "=", "value": "x"}
    deep: dict[str, Any] = {"combinator": "and", "rules": [rule]}
    for _ in range(12):
        deep = {"combinator": "and", "rules": [deep]}
    many = {"field": "region", "operator": "in", "value": ["x"] * 2501}
    trees = {
        "too_deep": {"combinator": "and", "rules": [deep]},
        "too_many_rules": {"combinator": "and", "rules": [rule] * 201},
        "too_many_values": {"combinator": "and", "rules": [many, many]},
        "value_too_long": {"combinator": "and", "rules": [rule | {"value": "x" * 201}]},
    }
    for problem, tree in trees.items():
        with pytest.raises(KnownError) as caught:
            parse(tree, AS_OF)
        assert caught.value.values["problem"] == problem
    assert by_python(deep) == ""


def test_largest_tree_runs_on_sqlite(sqlite: Connection) -> None:
    values = [f"v{n}" for n in range(24)] + ["华东"]
    rules = [{"field": "region", "operator": "in", "value": values}] * 199
    assert by_sql(sqlite, {"combinator": "and", "rules": rules}) == "A"


# ---- random trees: the three readings agree, and negation is exact

TEXTS = ["华东", "华北", "", "客户 A", "b", "流失", "空调", "家具", "%", "杭州", "客"]
DAYS_ON = ["2026-11-20", "2026-08-22", "2026-08-21", "2026-10-21", "2024-02-01", "1980-02-29"]


def values_of(name: str, operator: Operator) -> st.SearchStrategy[Any]:
    field = FIELDS[name]
    if operator in (Operator.NULL, Operator.NOT_NULL):
        return st.none()
    if operator in (Operator.WITHIN_LAST_DAYS, Operator.OLDER_THAN_DAYS):
        return st.sampled_from([0, 29, 30, 90, 91, 36600])
    one: st.SearchStrategy[Any]
    match field.type:
        case FieldType.CHOICE:
            one = st.sampled_from(field.choices)
        case FieldType.ID:
            one = st.sampled_from([bytes([n] * 16).hex() for n in (1, 2, 3)])
        case FieldType.NUMBER:
            one = st.integers(-1, 4)
        case FieldType.MONEY:
            one = st.sampled_from(["0", 2.5, "100", "99999.99", 100000, "100099.99", "100100"])
        case FieldType.DAY:
            one = st.sampled_from(DAYS_ON)
        case _:
            one = st.sampled_from([text for text in TEXTS if text])
    if operator is Operator.BETWEEN:
        order = (lambda value: float(value)) if field.type is FieldType.MONEY else None
        return st.lists(one, min_size=2, max_size=2).map(lambda pair: sorted(pair, key=order))
    return st.lists(one, min_size=1, max_size=3) if operator in (Operator.IN, Operator.NOT_IN) else one


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(OPERATORS[FIELDS[name].type]))
    rule = {"field": name, "operator": operator.value, "value": draw(values_of(name, operator))}
    return rule | ({"days": draw(st.sampled_from([0, 30, 90, 365, 36600]))} if FIELDS[name].windowed else {})


def groups(members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "combinator": st.sampled_from(["and", "or"]),
            "not": st.booleans(),
            "rules": st.lists(members, min_size=1, max_size=4),
        }
    )


trees = groups(st.recursive(rules(), groups, max_leaves=8))
shared_database = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(shared_database, max_examples=200)
@given(trees)
def test_sqlite_agrees_with_python_on_every_tree(sqlite: Connection, tree: Any) -> None:
    assert by_sql(sqlite, tree) == by_python(tree)


@settings(shared_database, max_examples=100)
@given(trees)
def test_postgresql_agrees_with_python_on_every_tree(postgresql: Connection, tree: Any) -> None:
    assert by_sql(postgresql, tree) == by_python(tree)


@settings(deadline=None)
@given(trees)
def test_negated_tree_finds_exactly_the_others(tree: Any) -> None:
    others = by_python({"combinator": "and", "not": True, "rules": [tree]})
    assert sorted(others + by_python(tree)) == list(DOSSIERS)


def test_empty_tree_is_everyone() -> None:
    assert by_python(EVERYONE) == "".join(DOSSIERS)
