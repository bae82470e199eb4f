"""All that the domain says against a definition as it is written, by field; the rules themselves are the domain's."""

from collections.abc import Callable, Mapping
from typing import Any

from agent_app.ui.definitions.state import Fault
from server_sync.domain.errors import KnownError

_MOST_ROUNDS = 60


def faults_of(
    definition: Mapping[str, Any], check: Callable[[Mapping[str, Any]], object], sound: Mapping[str, Any]
) -> Mapping[str, Fault]:
    """By the path of the field, such as "name" or "steps.2.after"; none: it can be saved. `sound` stands for what is
    refused while the rest is asked about, for what is within a list by its own key."""
    found: dict[str, Fault] = {}
    place = f"{definition['code']}."
    for _ in range(_MOST_ROUNDS):
        try:
            check(definition)
        except KnownError as error:
            path = str(error.values["field"]).removeprefix(place)
            if path in found:
                break
            found[path] = Fault(error.kind, error.values)
            definition = _mended(definition, path.split("."), sound)
        else:
            break
    return found


def _mended(definition: Mapping[str, Any], path: list[str], sound: Mapping[str, Any]) -> dict[str, Any]:
    name, *within = path
    value = definition.get(name)
    if len(within) == 2 and isinstance(value, list):
        number = int(within[0]) - 1  # places are told from one on
        rows = [{**row, within[1]: sound[within[1]]} if at == number else row for at, row in enumerate(value)]
        return {**definition, name: rows}
    rest = {key: kept for key, kept in definition.items() if key != name}
    return {**rest, name: sound[name]} if name in sound else rest
