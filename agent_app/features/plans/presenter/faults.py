"""All that the domain says against a plan as it is written, by field; the rules themselves are the domain's."""

from collections.abc import Mapping
from typing import Any

from agent_app.actions.plans import Written, definition_of
from agent_app.features.plans.presenter import triggers
from agent_app.ui.definitions.state import Fault
from server_sync.domain.errors import KnownError
from server_sync.domain.model import Trigger
from server_sync.domain.rules.plans.definition import checked_definition

_MOST_ROUNDS = 60
_SOUND: Mapping[str, Any] = {
    "name": "-",
    "label": "-",
    "purpose": "service",
    "channel": "phone",
    "trigger": Trigger.SILENCE.value,
    "due_within": {"amount": 1, "unit": "working_days"},
}
"""What stands for a field that is refused while the others are asked about; the rest may be left out."""


def faults_of(written: Written) -> Mapping[str, Fault]:
    """By the path of the field, such as "name", "params.days" or "steps.2.after"; none: the plan can be saved. Of
    several faults within one audience, assignment or sequence the first."""
    definition = definition_of(written)
    place = f"{written['code']}."
    found: dict[str, Fault] = {}
    for _ in range(_MOST_ROUNDS):
        try:
            checked_definition(definition)
        except KnownError as error:
            path = str(error.values["field"]).removeprefix(place).removeprefix("plan.")
            if path in found:
                break
            found[path] = Fault(error.kind, error.values)
            definition = _without(definition, path)
        else:
            break
    return found


def _without(definition: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The same with something sound in the place of what was refused."""
    name, _, of_params = path.partition(".")
    if name == "params":
        trigger, params = definition["trigger"], definition.get("params")
        sound = triggers.sound(trigger, params if isinstance(params, Mapping) else {})
        param = of_params.split(".")[0]
        if isinstance(params, Mapping) and param in sound:
            return {**definition, "params": {**params, param: sound[param]}}
        return {**definition, "params": sound}
    if name == "trigger":
        trigger = str(_SOUND["trigger"])
        return {**definition, "trigger": trigger, "params": triggers.sound(trigger, {})}
    rest = {key: value for key, value in definition.items() if key != name}
    return {**rest, name: _SOUND[name]} if name in _SOUND else rest
