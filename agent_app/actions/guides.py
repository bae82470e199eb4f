"""The guide of a task as a filling-in: read once a version, resumed from its draft, handed in with the wrap-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from agent_app.actions.calls import Answers
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.errors import KnownError
from server_sync.domain.forms import session
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.pages import Status
from server_sync.domain.forms.promises import promises
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.scores import scores
from server_sync.domain.forms.session import Session

PART = "guide"
"""The guide's key in a draft's content."""

DONE = "done"
"""The page of a draft whose guide was gone through to its end."""


@lru_cache(maxsize=16)
def read_guide(xform: str) -> FormDefinition:
    """The form of a guide; takes tens of milliseconds the first time. Raises KnownError as `read_form` does."""
    return read_form(xform)


@dataclass(frozen=True)
class GuideDraft:
    """What a draft keeps of the guide: the session's answers, the page it stood on, what was known beforehand."""

    answers: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    prefill: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """As `save_draft` takes it."""
        kept = {"answers": dict(self.answers), "page": self.page, "prefill": dict(self.prefill)}
        return {PART: kept}


def kept_guide(sheet: TaskSheet) -> GuideDraft:
    """The guide's part of the draft; empty when nothing was kept."""
    kept = sheet.draft.content.get(PART) if sheet.draft else None
    return GuideDraft(**kept) if kept else GuideDraft()


def resume(
    form: FormDefinition, kept: GuideDraft, sheet: TaskSheet, now: int, zone: tzinfo, language: str
) -> Session:
    """The filling-in as it was left, on the page where it was left; `language` is a tag such as "zh"."""
    filling = session.start(
        form,
        now=now,
        zone=zone,
        answers=kept.answers,
        prefill=kept.prefill,
        language=language,
        seed=sheet.id.hex(),
    )
    if kept.page == DONE:
        while filling.page is not None:
            filling.next(anyway=True)
    elif kept.page:
        filling.jump(kept.page)
    return filling


@dataclass(frozen=True)
class HandedIn:
    """The guide at the wrap-up: the answers to be recorded (None when nothing was answered), how many questions were
    answered, and how many have no answer though they need one, or a wrong one."""

    answers: Answers | None
    answered: int
    unanswered: int


def hand_in(sheet: TaskSheet, now: int, zone: tzinfo) -> HandedIn:
    """What was answered in the guide so far, as it is recorded; a guide that cannot be read has no answers."""
    kept = kept_guide(sheet)
    if sheet.guide is None or not kept.answers:
        return HandedIn(None, 0, 0)
    try:
        form = read_guide(sheet.guide.xform)
    except KnownError:
        return HandedIn(None, 0, 0)
    filling = resume(form, kept, sheet, now, zone, "")
    answered = sum(one.status is Status.ANSWERED for one in filling.outline())
    unanswered = len(filling.validate())
    if not answered:
        return HandedIn(None, 0, unanswered)
    made = promises(filling, now, zone)
    values = filling.finalise(now)
    found = scores(form, values)
    answers = Answers(
        sheet.guide.form_version_id, values, not unanswered, found.get("csat"), found.get("nps"), made
    )
    return HandedIn(answers, answered, unanswered)
