"""What a form being filled in shows, as plain values for every face of it; no session and no widget here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server_sync.domain.forms.pages import Page, Problem, Progress, Status
from server_sync.domain.forms.promises import Promised


@dataclass(frozen=True)
class Because:
    """The answer that decided something, as the form words it, and the question it was given to."""

    question: str
    answer: str


@dataclass(frozen=True)
class Skipped:
    """Questions left out before this page, and the answer that did it ("" for none) to which question."""

    count: int
    answer: str
    question: str = ""


@dataclass(frozen=True)
class ReadBack:
    """One line of what is read back before the end (M4.8): the question and its answer as the form words them."""

    path: str
    label: str
    answer: str


@dataclass(frozen=True)
class Dropping:
    """An answer that waits for a yes: `lost` are the answers that would no longer count with it."""

    path: str
    typed: str
    because: Because
    lost: tuple[ReadBack, ...]


@dataclass(frozen=True)
class Removing:
    """An instance of a repeat that waits for a yes to go, with how many answers."""

    path: str
    label: str
    position: int
    answered: int


@dataclass(frozen=True)
class InstanceHere:
    """The instance of a repeat that the page belongs to, `position` of `count` from 1."""

    path: str
    label: str
    position: int
    count: int
    removable: bool


@dataclass(frozen=True)
class OutlineRow:
    """One line of the list of all questions; `number` counts those that are asked now, from 1, and `because` tells why
    one is left out."""

    path: str
    label: str
    status: Status
    number: int | None = None
    because: Because | None = None


@dataclass(frozen=True)
class FormState:
    """`page` is None behind the last one: then `read_back` is given, with what was `promised` and `open_ends`, the
    questions still to be answered, as (path, label). `problems` by path; `more`: further pages may come by what is
    answered. `takes_files`: files are taken here at all; `sealing` are the questions whose file is being taken in,
    `refused` tells by path why one was not. `revision` grows with every change of answers or language,
    `outline_revision` only when the list of questions is another one."""

    page: Page | None
    progress: Progress
    more: bool = False
    problems: Mapping[str, Problem] = field(default_factory=dict)
    skipped: Skipped | None = None
    instance: InstanceHere | None = None
    read_back: tuple[ReadBack, ...] = ()
    promised: tuple[Promised, ...] = ()
    open_ends: tuple[tuple[str, str], ...] = ()
    asking: Dropping | Removing | None = None
    languages: tuple[str, ...] = ()
    language: str = ""
    takes_files: bool = False
    sealing: frozenset[str] = frozenset()
    refused: Mapping[str, Problem] = field(default_factory=dict)
    revision: int = 0
    outline_revision: int = 0
