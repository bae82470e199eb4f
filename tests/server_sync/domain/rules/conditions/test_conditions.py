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
from sqlalchemy import Connection, Table, case, create_engine, false, insert, select, true

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import (
    EventKind,
    attempt,
    commitment,
    consent,
    contact_point,
    contract,
    customer,
    do_not_call,
    event,
    metadata,
    response,
    sales_order,
    task,
)
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
    where_at_once,
)
from server_sync.domain.rules.conditions.expressions import Own
from server_sync.domain.rules.conditions.kinds import Asked

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
AS_OF = AsOf(**VECTORS["as_of"])
# What of the other tables' rows a vector need not say: by the table's key in the file.
LEFT_OUT: dict[str, tuple[Table, dict[str, Any]]] = {
    "orders": (sales_order, {"line_count": 1}),
    "tasks": (
        task,
        {
            "in_pool": False,
            "purpose": "service",
            "channel": "phone",
            "reason": "by_hand",
            "reason_values": {},
            "priority": 50,
            "available_at": 0,
            "due_at": 0,
        },
    ),
    "attempts": (attempt, {"task_id": bytes(16), "person_id": bytes(16), "channel": "phone"}),
    "contracts": (contract, {}),
    "events": (event, {}),
    "responses": (
        response,
        {name: bytes(16) for name in ("task_id", "attempt_id", "person_id", "form_version_id")}
        | {"answers": {}, "complete": True},
    ),
    "commitments": (commitment, {"owner_id": bytes(16), "text": "x", "promised_at": 0}),
    "consents": (consent, {"source": "call", "given_at": 0}),
    "do_not_call": (do_not_call, {"source": "call", "set_at": 0}),
    "contact_points": (contact_point, {"position": 0}),
}
TABLES = [customer, *(table for table, _ in LEFT_OUT.values())]


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

    def row(name: str, place: int, given: Mapping[str, Any]) -> dict[str, Any]:
        table, left_out = LEFT_OUT[name]
        keys: dict[str, Any] = {"id": identity(number, len(name), place), "customer_id": identity(number)}
        unique = {"number": f"{key}{place}", "dedupe_key": f"{key}{place}"}
        keys |= {column: value for column, value in unique.items() if column in table.c}
        moments = {column: moment(value) for column, value in given.items() if column.endswith("_at")}
        return complete(table, {**left_out, **keys, **given, **moments})

    rows = {
        table.name: [row(name, place, given) for place, given in enumerate(given_rows.get(name, ()), start=1)]
        for name, (table, _) in LEFT_OUT.items()
    }
    return Dossier(own, rows)


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
        for table, _ in LEFT_OUT.values():
            if rows := found.of(table.name):
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


def by_sql_at_once(connection: Connection, trees: list[Any]) -> list[str]:
    """Whom each of several trees finds, all asked by one statement."""
    joined, clauses = where_at_once([parse(tree, AS_OF) for tree in trees], customer)
    holds = [case((clause, true()), else_=false()) for clause in clauses]
    found = connection.execute(
        select(customer.c.code, *holds).select_from(joined).order_by(customer.c.code)
    ).all()
    return ["".join(row[0] for row in found if row[place]) for place in range(1, len(trees) + 1)]


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


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_all_trees_asked_at_once_find_whom_the_vectors_name(
    database: str, request: pytest.FixtureRequest
) -> None:
    connection: Connection = request.getfixturevalue(database)
    for start in range(0, len(VECTORS["vectors"]), 40):
        some = VECTORS["vectors"][start : start + 40]
        found = by_sql_at_once(connection, [tree_of(tree) for _, tree, _ in some])
        assert dict(zip((name for name, _, _ in some), found, strict=True)) == {
            name: keys for name, _, keys in some
        }


@pytest.mark.parametrize("fault", VECTORS["faults"], ids=lambda fault: fault[0])
def test_faulty_tree_is_refused_with_the_place_of_the_fault(fault: list[Any]) -> None:
    with pytest.raises(KnownError) as caught:
        parse(fault[1], AS_OF)
    assert caught.value.kind is ErrorKind.CONDITION_INVALID
    assert caught.value.values == fault[2]


def rules_of_vectors() -> Iterator[dict[str, Any]]:
    waiting = [tree_of(told) for _, told, _ in VECTORS["vectors"]]
    while waiting:
        for rule in waiting.pop()["rules"]:
            if "rules" in rule:
                waiting.append(rule)
            else:
                yield rule


def test_every_operator_of_every_way_of_reading_is_in_a_vector() -> None:
    seen = {(FIELDS[rule["field"]].type, rule["operator"]) for rule in rules_of_vectors()}
    # choices and ids are read as texts, money and decimals as a number
    ways = (FieldType.TEXT, FieldType.LIST, FieldType.NUMBER, FieldType.DAY)
    assert {(way, operator) for way in ways for operator in OPERATORS[way]} <= seen


def test_every_field_that_is_more_than_a_column_is_in_a_vector() -> None:
    seen = {rule["field"] for rule in rules_of_vectors()}
    seen |= {f"event_{kind}_{what}" for kind in EventKind for what in ("within", "last_on")}
    asked = Asked(AS_OF, 30, "/data/intent")
    assert {name for name, field in FIELDS.items() if not isinstance(field.of(asked), Own)} <= seen


def test_fields_are_listed_with_what_they_take() -> None:
    for name, field in FIELDS.items():
        listed = json.loads(json.dumps(field.to_json()))
        assert listed["name"] == name
        assert listed["operators"] == list(field.operators)
        assert bool(listed["choices"]) or listed["type"] != "choice"
        assert ("days" in listed["takes"]) == name.endswith("_within")


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
    if operator.endswith("_days"):
        return st.sampled_from([0, 29, 30, 90, 91, 36600])
    one: st.SearchStrategy[Any]
    match field.type:
        case FieldType.CHOICE:
            one = st.sampled_from(field.choices)
        case FieldType.ID:
            one = st.sampled_from([bytes([n] * 16).hex() for n in (1, 2, 3)])
        case FieldType.NUMBER:
            one = st.integers(-1, 4)
        case FieldType.MONEY | FieldType.DECIMAL:
            one = st.sampled_from(["0", 2.5, 8, "4.5", "100", "99999.99", 100000, "100099.99", "100100"])
        case FieldType.DAY:
            one = st.sampled_from(DAYS_ON)
        case _:
            one = st.sampled_from(list(field.choices) or [text for text in TEXTS if text])
    if operator is Operator.BETWEEN:
        decimal = field.type in (FieldType.MONEY, FieldType.DECIMAL)
        order = (lambda value: float(value)) if decimal else None
        return st.lists(one, min_size=2, max_size=2).map(lambda pair: sorted(pair, key=order))
    return st.lists(one, min_size=1, max_size=3) if operator in (Operator.IN, Operator.NOT_IN) else one


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(FIELDS[name].operators))
    rule = {"field": name, "operator": operator.value, "value": draw(values_of(name, operator))}
    if FIELDS[name].asks:
        rule["question"] = draw(st.sampled_from(["/data/intent", "/data/other"]))
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
    assert by_sql_at_once(sqlite, [tree, tree]) == [by_python(tree)] * 2


@settings(shared_database, max_examples=100)
@given(trees)
def test_postgresql_agrees_with_python_on_every_tree(postgresql: Connection, tree: Any) -> None:
    assert by_sql(postgresql, tree) == by_python(tree)
    assert by_sql_at_once(postgresql, [tree]) == [by_python(tree)]


@settings(deadline=None)
@given(trees)
def test_negated_tree_finds_exactly_the_others(tree: Any) -> None:
    others = by_python({"combinator": "and", "not": True, "rules": [tree]})
    assert sorted(others + by_python(tree)) == list(DOSSIERS)


def test_empty_tree_is_everyone() -> None:
    assert by_python(EVERYONE) == "".join(DOSSIERS)
