"""A form while somebody sits at it: its session with what is measured, what a draft keeps of it, how it goes on from
there; for guides and corrections alike. No store here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from agent_app.actions.answer_files import as_kept, named_by, of_kept
from agent_app.actions.attachments import Sealed
from agent_app.store.drafts import DONE, FILES, RECORDINGS
from server_sync.domain.forms import session
from server_sync.domain.forms.audit import AuditRow
from server_sync.domain.forms.audit_log import AuditLog
from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.session import Session


@dataclass(frozen=True)
class FormDraft:
    """What a draft keeps of a form: the session's answers, the page it stood on, what was known beforehand; since when
    (ms) and in which language it is filled in, its audit so far, by their names the files that answers name, and by
    their questions the recordings that have not come to their end."""

    answers: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    prefill: Mapping[str, str] = field(default_factory=dict)
    started_at: int | None = None
    language: str = ""
    audit: Sequence[AuditRow] = ()
    files: Mapping[str, Sealed] = field(default_factory=dict)
    recordings: Mapping[str, Sealed] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> "FormDraft":
        """From what `kept` gave; an empty one from nothing."""
        if not kept:
            return cls()
        audit = tuple(tuple(row) for row in kept.get("audit", ()))
        named = {name: of_kept(kept.get(name, {})) for name in (FILES, RECORDINGS)}
        return cls(**{**kept, "audit": audit, **named})

    def kept(self) -> dict[str, Any]:
        """As JSON values."""
        maps = {"answers": dict(self.answers), "prefill": dict(self.prefill)}
        named = {FILES: as_kept(self.files), RECORDINGS: as_kept(self.recordings)}
        return {**vars(self), **maps, **named, "audit": [list(row) for row in self.audit]}


def go_on(
    form: FormDefinition, draft: FormDraft, now: int, zone: tzinfo, language: str, seed: str
) -> Session:
    """The filling-in as it was left, on the page where it was left; `language` is a tag such as "zh", for a draft that
    has none yet."""
    filling = session.start(
        form,
        now=now,
        zone=zone,
        answers=draft.answers,
        prefill=draft.prefill,
        language=draft.language or language,
        seed=seed,
    )
    if draft.page == DONE:
        while filling.page is not None:
            filling.next(anyway=True)
    elif draft.page:
        filling.jump(draft.page)
    return filling


def question_number(filling: Session) -> int | None:
    """The number of the question that is on the screen among those that are asked now, from 1; None behind the last."""
    page = filling.page
    if page is None:
        return None
    here = {one.path for one in page.questions}
    number = 1
    for path in filling.shown():
        if path in here:
            break
        entry = filling.entry(path)
        number += entry is not None and entry.kind is not QuestionKind.NOTE
    return number


class Sitting:
    """One sitting at a form for a customer. Its owner says what happened, each time before it saves `draft()`; files
    that answer questions, and recordings under way, come to be held beforehand."""

    def __init__(
        self,
        filling: Session,
        kept: FormDraft,
        version_id: bytes,
        customer_id: bytes,
        now: int,
        monotonic: Callable[[], float],
    ) -> None:
        self.session = filling
        self.version_id = version_id
        self.customer_id = customer_id
        self.files = dict(kept.files)
        self.recordings = dict(kept.recordings)
        self._prefill = kept.prefill
        self._started_at = now if kept.started_at is None else kept.started_at
        self._log = AuditLog(monotonic, kept.audit, now - self._started_at)
        self._log.follow(filling.page)

    def followed(self) -> None:
        """Something was answered, or another page is shown."""
        self._log.follow(self.session.page)

    def jumped(self, path: str) -> None:
        """Somebody asked for a question out of turn."""
        self._log.jumped(path)

    def left(self) -> None:
        """The form goes off the screen for something else."""
        self._log.left()

    def draft(self) -> FormDraft:
        """What is to be kept of it: of the files those that are answers."""
        page, answers = self.session.page, self.session.answers()
        return FormDraft(
            answers,
            DONE if page is None else page.key,
            self._prefill,
            self._started_at,
            self.session.language,
            self._log.rows(),
            {one.file_name: one for one in named_by(answers, self.files)},
            dict(self.recordings),
        )
