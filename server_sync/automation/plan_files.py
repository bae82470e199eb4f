"""Plans as JSON: reading a file, checking every part of it, and storing the plan by its code; running is `plans`'."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from server_sync.automation.triggers import PICKINGS
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import Channel, PlanState, Purpose, Trigger, Urgency, form, plan
from server_sync.domain.rules import conditions
from server_sync.domain.rules.working_time import Span
from server_sync.store import changes
from server_sync.store.transaction import Transaction

STATES = (PlanState.DRAFT.value, PlanState.ACTIVE.value, PlanState.PAUSED.value)
LONGEST_CODE = 60
LONGEST_NAME = 100
LARGEST_FILE = 1024 * 1024
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_ANY_DAY = conditions.AsOf("2000-01-01", "Asia/Shanghai")


class Outcome(StrEnum):
    """What storing did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class PlanDefinition:
    """A checked plan: `values` are columns of `plan`; `form`: the guide's code; `state` None: as it is, or active."""

    code: str
    values: Mapping[str, Any]
    form: str | None
    state: str | None


def read_plans(data: bytes, file: str) -> list[PlanDefinition]:
    """The plans of a JSON text: one object, or a list of them.

    An object has "code", "name", "label", "purpose", "trigger", "params", "due_within" and may have "audience"
    (everyone), "channel" (phone), "form" (none), "priority" (50), "urgency" (normal), "source", "state".

    Raises KnownError FILE_UNREADABLE {file}, FIELD_MISSING {field}, FIELD_INVALID {field, value, choices | least,
    most}, CONDITION_INVALID (with `field`), OUT_OF_RANGE (with `field`); `field` starts with the plan's code.
    """
    try:
        if len(data) > LARGEST_FILE:
            raise ValueError
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=file) from error
    items = found if isinstance(found, list) else [found]
    if not items or not all(isinstance(item, dict) for item in items):
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=file)
    return [_Reader(item).definition() for item in items]


def store_plan(tx: Transaction, ids: Ids, definition: PlanDefinition) -> Outcome:
    """Add the plan, or change the one of that code. Raises KnownError NOT_FOUND {table, name} for an unknown form."""
    values = dict(definition.values)
    values["form_id"] = _form_id(tx.connection, definition.form)
    stored = (
        tx.connection.execute(select(plan).where(plan.c.code == definition.code)).mappings().one_or_none()
    )
    if stored is None:
        row = {**values, "id": ids.new(), "state": definition.state or PlanState.ACTIVE.value}
        changes.write(tx, [Insert("plan", row)])
        return Outcome.CREATED
    if definition.state is not None:
        values["state"] = definition.state
    changed = {name: value for name, value in values.items() if stored[name] != value}
    if not changed:
        return Outcome.UNCHANGED
    changes.write(tx, [Update("plan", stored["id"], changed)])
    return Outcome.UPDATED


def _form_id(connection: Connection, code: str | None) -> bytes | None:
    if code is None:
        return None
    form_id: bytes | None = connection.scalar(select(form.c.id).where(form.c.code == code))
    if form_id is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="form", name=code)
    return form_id


class _Reader:
    """One object of the file; every key that is read is known, any other is a fault."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        self._item = item
        self._read: set[str] = set()
        self._code = "plan"

    def definition(self) -> PlanDefinition:
        code = self._code = self._text("code", LONGEST_CODE)
        if not _CODE.fullmatch(code):
            raise self._invalid("code", value=code)
        trigger = Trigger(self._choice("trigger", tuple(Trigger)))
        values = {
            "code": code,
            "name": self._text("name", LONGEST_NAME),
            "label": self._text("label", LONGEST_NAME),
            "purpose": self._choice("purpose", tuple(Purpose)),
            "channel": self._choice("channel", tuple(Channel), Channel.PHONE),
            "trigger": trigger.value,
            "params": self._params(trigger),
            "audience": self._audience(),
            "due_within": self._due_within(),
            "priority": self._priority(),
            "urgency": self._choice("urgency", tuple(Urgency), Urgency.NORMAL.value),
            "source": self._optional("source"),
        }
        of_form = self._optional("form")
        state = self._choice("state", STATES) if "state" in self._item else None
        for key in self._item:
            if key not in self._read and key != "state":
                raise self._invalid(key)
        return PlanDefinition(code, values, of_form, state)

    def _get(self, key: str) -> Any:
        self._read.add(key)
        if self._item.get(key) is None:
            raise KnownError(ErrorKind.FIELD_MISSING, field=f"{self._code}.{key}")
        return self._item[key]

    def _text(self, key: str, longest: int) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not 0 < len(value.strip()) <= longest or "\0" in value:
            raise self._invalid(key, value=value, most=longest)
        return value.strip()

    def _optional(self, key: str) -> str | None:
        self._read.add(key)
        return None if self._item.get(key) is None else self._text(key, LONGEST_NAME)

    def _choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        self._read.add(key)
        value = self._item.get(key, default)
        if value is None:
            raise KnownError(ErrorKind.FIELD_MISSING, field=f"{self._code}.{key}")
        if value not in choices:
            raise self._invalid(key, value=value, choices=[str(choice) for choice in choices])
        return str(value)

    def _params(self, trigger: Trigger) -> dict[str, Any]:
        given = self._get("params")
        if not isinstance(given, dict):
            raise self._invalid("params", value=given)
        try:
            return PICKINGS[trigger].params(given)
        except KnownError as error:
            raise self._placed(error, str(error.values["field"])) from error

    def _audience(self) -> Any:
        self._read.add("audience")
        tree = self._item.get("audience", conditions.EVERYONE)
        try:
            conditions.parse(tree, _ANY_DAY)
        except KnownError as error:
            raise self._placed(error, "audience") from error
        return tree

    def _due_within(self) -> dict[str, Any]:
        given = self._get("due_within")
        try:
            Span.from_json(given)
        except KnownError as error:
            raise self._placed(error, "due_within") from error
        return {"amount": given["amount"], "unit": given["unit"]}

    def _priority(self) -> int:
        self._read.add("priority")
        value = self._item.get("priority", 50)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
            raise self._invalid("priority", value=value, least=0, most=100)
        return value

    def _invalid(self, key: str, **values: Any) -> KnownError:
        return KnownError(ErrorKind.FIELD_INVALID, field=f"{self._code}.{key}", **values)

    def _placed(self, error: KnownError, key: str) -> KnownError:
        """The same error with the place in the file as its field."""
        about = {name: value for name, value in error.values.items() if name != "field"}
        if error.kind is ErrorKind.CONDITION_INVALID and "field" in error.values:
            about["of"] = error.values["field"]
        return KnownError(error.kind, field=f"{self._code}.{key}", **about)
