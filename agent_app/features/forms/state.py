"""What the forms room shows: the forms with their versions, a file that is imported, a form that is tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.store.queries.forms import FormLine, VersionLine
from agent_app.store.queries.search import Found
from agent_app.ui.forms.state import FormState
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.comparison import FormChange
from server_sync.domain.wire.forms import FindingTold, FormFound, FormPublished


@dataclass(frozen=True)
class Trouble:
    """What went wrong."""

    kind: ErrorKind
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FormsState:
    """`chosen` is a form, `version` one of its versions; `earlier` the version before it, with which it is compared:
    `changes` is None while that is worked out, and for a first version. `saved` names a file just written."""

    forms: tuple[FormLine, ...] = ()
    loaded: bool = False
    chosen: bytes | None = None
    versions: tuple[VersionLine, ...] = ()
    version: bytes | None = None
    earlier: VersionLine | None = None
    changes: tuple[FormChange, ...] | None = None
    fetching: bool = False
    saved: str = ""
    trouble: Trouble | None = None
    now: int = 0

    @property
    def form(self) -> FormLine | None:
        """The form that is shown."""
        return next((one for one in self.forms if one.id == self.chosen), None)

    @property
    def version_line(self) -> VersionLine | None:
        """The version that is shown."""
        return next((one for one in self.versions if one.id == self.version), None)


class Phase(StrEnum):
    """How far an import has come."""

    CHECKING = "checking"
    CHECKED = "checked"
    PUBLISHING = "publishing"
    PUBLISHED = "published"


class Standing(StrEnum):
    """What a checked form is to those that are there."""

    NEW = "new"
    NEXT = "next"
    SAME = "same"
    """A version has this very content already; publishing makes it the current one."""
    TAKEN = "taken"
    """Its version has another content: it needs another name before it can be published."""


@dataclass(frozen=True)
class Waiting:
    """What stays on earlier versions when a new one is published: open tasks, and drafts at this desk."""

    tasks: int = 0
    drafts: int = 0


@dataclass(frozen=True)
class ImportState:
    """A file on its way to be a form's version. `form` is None while it is checked, and when it has errors; `before` is
    the version that `changes` compare it with, "" for a new form."""

    file_name: str
    phase: Phase = Phase.CHECKING
    findings: tuple[FindingTold, ...] = ()
    form: FormFound | None = None
    code: str = ""
    standing: Standing = Standing.NEW
    before: str = ""
    changes: tuple[FormChange, ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    published: FormPublished | None = None
    trouble: Trouble | None = None

    @property
    def errors(self) -> int:
        """How many findings forbid to publish."""
        return sum(one.error for one in self.findings)

    @property
    def may_check_again(self) -> bool:
        """Whether its files may be read once more: a check has come to its end, or could not be made."""
        return self.phase is Phase.CHECKED or (self.phase is Phase.CHECKING and self.trouble is not None)

    @property
    def publishable(self) -> bool:
        """Whether it can be published as it is."""
        return self.form is not None and self.phase is Phase.CHECKED and self.standing is not Standing.TAKEN


@dataclass(frozen=True)
class TrialState:
    """A form that is tried out: nothing of it is recorded. `customer` is whose data fill its texts ("" for nobody's),
    `found` who a search found; `form` is None when it cannot be read."""

    title: str = ""
    form: FormState | None = None
    customer: str = ""
    found: tuple[Found, ...] = ()
    searched: str = ""
    trouble: Trouble | None = None
    now: int = 0
