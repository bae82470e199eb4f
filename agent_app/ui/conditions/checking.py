"""What the domain says against the lines of a tree, line by line; the rules themselves are the domain's."""

from collections.abc import Mapping

from agent_app.ui.conditions.lines import GroupLine, at, written
from agent_app.ui.conditions.state import Fault
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions import AsOf

_ANY_DAY = AsOf("2026-01-01", "UTC")
"""Whether a tree is right does not depend on the day it is asked for."""


def faults_of(root: GroupLine) -> Mapping[int, Fault]:
    """By line id; none says that the domain takes the tree. Of several faults in one line its first."""
    found: dict[int, Fault] = {}
    for error in conditions.faults(written(root), _ANY_DAY):
        values = {name: value for name, value in error.values.items() if name not in ("problem", "path")}
        line = at(root, error.values["path"])
        found.setdefault(line.id, Fault(error.values["problem"], values))
    return found
