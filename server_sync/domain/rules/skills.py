"""Who can do a task (M3.1): what a person's skills say about the customer and about what the task asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

ABOUT_CUSTOMER = {"regions": "region", "languages": "language", "product_lines": "product_line"}
"""Key of `person.skills` → what it is held against; an empty or missing list fits all, and so does an unknown value."""

TRAINED = "trained"
"""Key of `person.skills`: a list of what only those can do who have it; a task names what it asks for in `skills`."""
EXPERIENCE = "experience"
"""Key of `person.skills`: 1 for somebody new to 5; a missing one is BASIC. A task asks for a least one by the
skill "experience:N"."""
REFUSAL = "refusal"
"""The skill of a refusal converter: he calls again who declined, but not for good."""
BASIC, HIGHEST = 1, 5
_LEAST = f"{EXPERIENCE}:"


class Wanted(Protocol):
    """What a task asks of a person."""

    @property
    def region(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def product_line(self) -> str | None: ...
    @property
    def skills(self) -> Iterable[str]: ...


@dataclass(frozen=True)
class Asked:
    """What a row of a task, and of its customer, asks of a person."""

    region: str | None
    language: str | None
    product_line: str | None
    skills: tuple[str, ...]

    @classmethod
    def of(cls, task: Mapping[str, Any], customer: Mapping[str, Any]) -> "Asked":
        """By the columns of both rows."""
        region, language, product_line = (customer[name] for name in ABOUT_CUSTOMER.values())
        return cls(region, language, product_line, tuple(task["skills"]))


def experience(skills: Mapping[str, Any]) -> int:
    """A person's level, BASIC to HIGHEST."""
    given = skills.get(EXPERIENCE, BASIC)
    return min(max(given, BASIC), HIGHEST) if isinstance(given, int) else BASIC


def least_experience(wanted: Iterable[str]) -> int:
    """The level that a task asks for."""
    asked = (name.removeprefix(_LEAST) for name in wanted if name.startswith(_LEAST))
    return max((int(level) for level in asked if level.isdecimal()), default=BASIC)


def missing(skills: Mapping[str, Any], wanted: Wanted) -> str | None:
    """What keeps a person from a task: the key of `skills` that does not fit, None where all do."""
    for kind, name in ABOUT_CUSTOMER.items():
        value = getattr(wanted, name)
        if value is not None and skills.get(kind) and value not in skills[kind]:
            return kind
    trained = skills.get(TRAINED, ())
    if any(name not in trained for name in wanted.skills if not name.startswith(_LEAST)):
        return TRAINED
    return EXPERIENCE if experience(skills) < least_experience(wanted.skills) else None
