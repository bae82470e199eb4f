"""New plans, from nothing, a template or another one, and a plan on which two write."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agent_app.actions.plans import NAMED_BY_ID, Written, changed_fields
from agent_app.features.plans.presenter import triggers
from agent_app.store.queries.plans import WRITTEN
from server_sync.domain.model import Channel, Purpose, Trigger, Urgency
from server_sync.domain.rules import conditions
from server_sync.domain.rules.definition_fields import LONGEST_CODE, LONGEST_NAME
from server_sync.domain.rules.plans.definition import checked_definition

_EMPTY: Written = {
    **dict.fromkeys(WRITTEN),
    "name": "",
    "label": "",
    "purpose": Purpose.SERVICE.value,
    "channel": Channel.PHONE.value,
    "trigger": Trigger.SILENCE.value,
    "audience": conditions.EVERYONE,
    "due_within": {"amount": 2, "unit": "working_days"},
    "priority": 50,
    "urgency": Urgency.NORMAL.value,
    "steps": [],
    "control_percent": 0,
    "assignment": {},
    "tags": [],
}


@dataclass(frozen=True)
class Unsaved:
    """What was written on a plan that stood so before, None for a new one. `as_built` is the audience's tree where it
    cannot be taken as it stands; `written` has the last one that could."""

    before: Written | None
    written: Written
    as_built: Mapping[str, Any] | None = None


def new(plan_id: bytes) -> Written:
    """An empty plan with a code of its own."""
    return {**_EMPTY, "code": f"plan_{plan_id.hex()}", "params": triggers.usual(Trigger.SILENCE.value)}


def from_template(
    template: Mapping[str, Any], taken: Collection[str], forms: Mapping[bytes, tuple[str, str]]
) -> Written:
    """A plan as a template has it; its guide is the form of that code, if there is one."""
    made = checked_definition(template)
    form = next((one for one, (code, _) in forms.items() if code == made.form), None)
    return {**made.values, "code": free_code(made.code, taken), "form_id": form, "goal_id": None}


def copy_of(written: Written, name: str, taken: Collection[str]) -> Written:
    """The same once more under another name."""
    return {**written, "name": name[:LONGEST_NAME], "code": free_code(str(written["code"]), taken)}


def free_code(code: str, taken: Collection[str]) -> str:
    """The code, or the next one with a number behind it."""
    number, found = 2, code
    while found in taken:
        end = f"-{number}"
        found, number = f"{code[: LONGEST_CODE - len(end)]}{end}", number + 1
    return found


def met(unsaved: Unsaved, stands: Written) -> Unsaved:
    """What was written, on a plan that stands otherwise now: fields that the writer left alone follow it."""
    before = unsaved.before if unsaved.before is not None else stands
    followed = {name: value for name, value in stands.items() if unsaved.written[name] == before[name]}
    return replace(unsaved, before={**before, **followed}, written={**unsaved.written, **followed})


def lost(unsaved: Unsaved, stands: Written) -> tuple[str, ...]:
    """The fields into which somebody else wrote something else meanwhile."""
    if unsaved.before is None:
        return ()
    mine = set(changed_fields(unsaved.before, unsaved.written))
    theirs = set(changed_fields(unsaved.before, stands))
    return tuple(name for name in changed_fields(stands, unsaved.written) if name in mine & theirs)


def kept(unsaved: Unsaved) -> dict[str, Any]:
    """What was written as the desk keeps it: ids as hexadecimal text."""
    before = None if unsaved.before is None else _with_ids(unsaved.before, bytes.hex)
    written = _with_ids(unsaved.written, bytes.hex)
    return {"before": before, "written": written, "as_built": unsaved.as_built}


def resumed(content: Mapping[str, Any]) -> Unsaved:
    """What was kept; columns that plans did not have then are as in an empty one."""
    before, written = content["before"], content["written"]
    return Unsaved(None if before is None else _of_today(before), _of_today(written), content["as_built"])


def _of_today(values: Written) -> Written:
    return _with_ids({name: values.get(name, empty) for name, empty in _EMPTY.items()}, bytes.fromhex)


def _with_ids(values: Written, convert: Callable[[Any], Any]) -> Written:
    return {
        name: convert(value) if name in NAMED_BY_ID and value is not None else value
        for name, value in values.items()
    }
