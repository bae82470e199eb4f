"""The guide of a task as a filling-in: resumed from the task's draft, started over, handed in with the wrap-up."""

from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from agent_app.actions.answer_files import named_by
from agent_app.actions.calls import Answers
from agent_app.actions.sittings import FormDraft, go_on
from agent_app.store.drafts import GUIDE, GUIDE_BEFORE
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.errors import KnownError
from server_sync.domain.forms import quality
from server_sync.domain.forms.audit import finalised
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.pages import Status
from server_sync.domain.forms.promises import promises
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.scores import scores
from server_sync.domain.forms.session import Session


@lru_cache(maxsize=16)
def read_guide(xform: str) -> FormDefinition:
    """The form of a guide; takes tens of milliseconds the first time. Raises KnownError as `read_form` does."""
    return read_form(xform)


def kept_guide(sheet: TaskSheet) -> FormDraft:
    """The guide's part of the draft; empty when nothing was kept."""
    return FormDraft.of(sheet.draft.content.get(GUIDE) if sheet.draft else None)


def kept_before(sheet: TaskSheet) -> FormDraft | None:
    """The guide as it was before it was started over, which may be brought back until the call is wrapped up."""
    before = sheet.draft.content.get(GUIDE_BEFORE) if sheet.draft else None
    return FormDraft.of(before) if before else None


def content(guide: FormDraft, before: FormDraft | None = None) -> dict[str, Any]:
    """What `save_draft` takes to keep the guide, and what it was `before` it was started over, if it was."""
    return {GUIDE: guide.kept(), GUIDE_BEFORE: before.kept() if before else None}


def resume(
    form: FormDefinition, kept: FormDraft, sheet: TaskSheet, now: int, zone: tzinfo, language: str
) -> Session:
    """The filling-in as it was left, on the page where it was left; `language` is a tag such as "zh"."""
    return go_on(form, kept, now, zone, language, sheet.id.hex())


@dataclass(frozen=True)
class HandedIn:
    """The guide at the wrap-up: the answers to be recorded (None when nothing was answered), how many questions were
    answered, and how many have no answer though they need one, or a wrong one."""

    answers: Answers | None
    answered: int
    unanswered: int


def hand_in(sheet: TaskSheet, now: int, zone: tzinfo) -> HandedIn:
    """What was answered in the guide so far, as it is recorded. Of a guide that cannot be read it is what was kept, as
    it stands and incomplete; without its version nothing can be recorded, and `finish_call` leaves the draft."""
    kept = kept_guide(sheet)
    if sheet.guide is None or not kept.answers:
        return HandedIn(None, 0, 0)
    version_id = sheet.guide.form_version_id
    audit = finalised(kept.audit, now - (kept.started_at or now))
    try:
        form = read_guide(sheet.guide.xform)
    except KnownError:
        as_kept = Answers(version_id, dict(kept.answers), complete=False, started_at=kept.started_at)
        as_kept = replace(as_kept, language=kept.language, audit=audit, files=tuple(kept.files.values()))
        return HandedIn(as_kept, 0, 0)
    filling = resume(form, kept, sheet, now, zone, "")
    answered = sum(one.status is Status.ANSWERED for one in filling.outline())
    unanswered = len(filling.validate())
    if not answered:
        return HandedIn(None, 0, unanswered)
    made = promises(filling, now, zone)
    values = filling.finalise(now)
    found = scores(form, values)
    answers = Answers(
        version_id,
        values,
        not unanswered,
        found.get("csat"),
        found.get("nps"),
        made,
        kept.started_at,
        filling.language,
        audit,
        quality.flags(form, values, audit, sheet.fastest_answer),
        named_by(values, kept.files),
    )
    return HandedIn(answers, answered, unanswered)
