"""The steps that bring an older store up to date, one numbered module each; how they are run is in `runner`.

Schema 1 is what the first release creates; the step at index n turns schema n + 1 into n + 2.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from agent_app.store.migrations import to_schema_2, to_schema_3, to_schema_4

Step = Callable[[Connection], None]
STEPS: tuple[Step, ...] = (to_schema_2.step, to_schema_3.step, to_schema_4.step)
